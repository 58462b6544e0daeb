"""The signature of a client system in `client_secret` as v2 and v3 take it: 64 bytes of GOST.

Source: esia-protocol.md §2.2. A client that is not `strict` may sign with RSA, or
with the PKCS#7 of v1, which ESIA refuses here.
"""

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from esia_sim import gost
from esia_sim.client_keys import key_of
from esia_sim.signatures import SignatureError, check_in_force, check_signature, decode


def check_raw(secret: str, message: str, certificate: x509.Certificate, now: datetime) -> None:
    """Check a raw GOST signature.

    Raises:
        SignatureError: it does not prove that the owner of the certificate wrote this message.
    """
    check_in_force(certificate, now)
    key = key_of(certificate)
    if not isinstance(key, gost.PublicKey):
        raise SignatureError("the certificate is not of GOST")
    if not key.verify(message.encode(), decode(secret)):
        raise SignatureError("another key, another message, or not 64 bytes")


def check_lenient(secret: str, message: str, certificate: x509.Certificate, now: datetime) -> None:
    """Check a signature of any kind: raw by GOST or RSA, or PKCS#7.

    Raises:
        SignatureError: it does not prove that the owner of the certificate wrote this message.
    """
    try:
        check_signature(secret, message, certificate, now)
    except SignatureError:
        key = key_of(certificate)
        if isinstance(key, gost.PublicKey):
            check_raw(secret, message, certificate, now)
            return
        _check_rsa(key, decode(secret), message.encode())


def _check_rsa(key: rsa.RSAPublicKey, signature: bytes, message: bytes) -> None:
    try:
        key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise SignatureError("another key or another message") from error

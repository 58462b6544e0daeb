"""Signs requests to ESIA the way its version 1 wants: a detached PKCS#7 in place of a password."""

import base64
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs7

from zdrav29_app.values import local


def timestamp(moment: datetime) -> str:
    """A moment as ESIA reads it: `2025.09.02 13:00:29 +0300`."""
    return local(moment).strftime("%Y.%m.%d %H:%M:%S %z")


def client_secret(key: Path, certificate: Path, *, message: str) -> str:
    """The signature of a message, DER in base64url without padding."""
    # v1 signs scope + timestamp + client_id + state, joined without separators
    signed = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(message.encode())
        .add_signer(_certificate(certificate), _key(key), hashes.SHA256())
        .sign(
            serialization.Encoding.DER,
            [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary],
        )
    )
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()


@cache
def _key(file: Path) -> RSAPrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("version 1 of ESIA is signed with an RSA key")
    return key


@cache
def _certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())

"""The certificates of client systems: their keys, RSA or GOST, and the hash that names them."""

from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from esia_sim import gost, gost_certificates

_KNOWN: Final = 256
Key = rsa.RSAPublicKey | gost.PublicKey


@lru_cache(_KNOWN)
def key_of(certificate: x509.Certificate) -> Key:
    """Return the public key in a certificate.

    Raises:
        ValueError: it is neither RSA nor GOST of 256 bits, or damaged.
    """
    if certificate.public_key_algorithm_oid.dotted_string == gost_certificates.KEY_OID:
        return gost_certificates.public_key_of(certificate.public_bytes(Encoding.DER))
    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError("the key is of an unknown kind") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("the key is neither RSA nor GOST")  # noqa: TRY004 - a value from outside
    return key


@lru_cache(_KNOWN)
def hash_of(certificate: x509.Certificate) -> str:
    """Return what v2 calls a certificate by: Streebog-256 of its DER, 64 capital hex digits."""
    return gost.streebog256(certificate.public_bytes(Encoding.DER)).hex().upper()

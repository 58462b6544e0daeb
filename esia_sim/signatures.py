"""The signature of a client system in `client_secret`: PKCS#7, as ESIA's v1 endpoints take it.

Detached or attached, with or without signed attributes, with or without certificates inside, by a
key of RSA or of GOST.
Source: esia-protocol.md §2.2 and (d); RFC 5652 §5.4.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from esia_sim import gost, pkcs7
from esia_sim.client_keys import Key, key_of
from esia_sim.gost_certificates import DIGEST_OID, KEY_OID, SIGNATURE_OID

_LONGEST: Final = 32_768
_BASE64: Final = re.compile(r"[A-Za-z0-9_-]+={0,2}|[A-Za-z0-9+/]+={0,2}")
_URL_ALPHABET: Final = str.maketrans("+/", "-_")
_Digest = Callable[[bytes], bytes]
_CONTENT_TYPE: Final = pkcs7.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST: Final = pkcs7.oid("1.2.840.113549.1.9.4")
_SHA256, _SHA384, _SHA512 = (pkcs7.oid(f"2.16.840.1.101.3.4.2.{n}") for n in (1, 2, 3))
_STREEBOG: Final = pkcs7.oid(DIGEST_OID)
_HASHES: Final[dict[bytes, hashes.HashAlgorithm]] = {
    _SHA256: hashes.SHA256(),
    _SHA384: hashes.SHA384(),
    _SHA512: hashes.SHA512(),
}
_DIGESTS: Final[dict[bytes, _Digest]] = {
    _SHA256: lambda message: hashlib.sha256(message).digest(),
    _SHA384: lambda message: hashlib.sha384(message).digest(),
    _SHA512: lambda message: hashlib.sha512(message).digest(),
    _STREEBOG: gost.streebog256,
}
# a signer names its key, or its key and digest together
_RSA_METHODS: Final = {
    digest: frozenset(pkcs7.oid(f"1.2.840.113549.1.1.{n}") for n in (1, both))
    for digest, both in ((_SHA256, 11), (_SHA384, 12), (_SHA512, 13))
}
_GOST_METHODS: Final = frozenset(pkcs7.oid(name) for name in (KEY_OID, SIGNATURE_OID))


class SignatureError(Exception):
    """The signature does not prove that this client wrote this message."""


def check_signature(
    secret: str, message: str, certificate: x509.Certificate, now: datetime
) -> None:
    """Check `client_secret` over a message against the registered certificate.

    Raises:
        SignatureError: for every reason; damaged input of any kind is one of them.
    """
    check_in_force(certificate, now)
    try:
        _check(decode(secret), message.encode(), certificate)
    except SignatureError:
        raise
    except Exception as error:
        # Damaged DER is found lazily, anywhere, as whatever error the parser trips over.
        raise SignatureError(type(error).__name__) from error


def check_in_force(certificate: x509.Certificate, now: datetime) -> None:
    """Check that a certificate has begun and not ended.

    Raises:
        SignatureError: it is not in force now.
    """
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise SignatureError("the certificate is not in force")


def decode(secret: str) -> bytes:
    """Return the bytes of a secret in either alphabet of base64, padded or not.

    Raises:
        SignatureError: it is not base64.
    """
    if len(secret) > _LONGEST or not _BASE64.fullmatch(secret):
        raise SignatureError("not base64")
    bare = secret.rstrip("=").translate(_URL_ALPHABET)
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise SignatureError("not base64") from error


def _check(der: bytes, message: bytes, certificate: x509.Certificate) -> None:
    signed, key = pkcs7.read_signed(der), key_of(certificate)
    content, digest = signed.content, _DIGESTS.get(signed.digest)
    _require(content is None or hmac.compare_digest(content, message), "another content")
    _require(digest is not None, "digest not supported")
    _require(
        signed.method in _methods(key, signed.digest),
        "signed with another kind of key, or two digests",
    )
    signed_bytes = message
    if signed.attributes:
        kinds, digests = signed.values_of(_CONTENT_TYPE, _MESSAGE_DIGEST)
        _require(kinds == [signed.kind], "content_type attribute")
        _require(digests == [cast("_Digest", digest)(message)], "message_digest attribute")
        signed_bytes = signed.attributes
    _require(_verifies(key, signed, signed_bytes), "another key or another message")


def _methods(key: Key, digest: bytes) -> frozenset[bytes]:
    if isinstance(key, gost.PublicKey):
        return _GOST_METHODS if digest == _STREEBOG else frozenset()
    return _RSA_METHODS.get(digest, frozenset())


def _verifies(key: Key, signed: pkcs7.Signed, signed_bytes: bytes) -> bool:
    if isinstance(key, gost.PublicKey):
        return key.verify(signed_bytes, signed.signature)
    try:
        key.verify(signed.signature, signed_bytes, padding.PKCS1v15(), _HASHES[signed.digest])
    except InvalidSignature:
        return False
    return True


def _require(condition: bool, reason: str) -> None:  # noqa: FBT001 - reads as a claim
    if not condition:
        raise SignatureError(reason)

"""The signature of a client system in `client_secret`: PKCS#7, as ESIA's v1 endpoints take it.

Detached or attached, with or without signed attributes, with or without certificates inside, by a
key of RSA or of GOST.
Source: shared/reference/esia-protocol.md §2.2 and (d); RFC 5652 §5.4.
"""

# asn1crypto ships no types: what it returns is unknown to the checker until it is cast here.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, cast

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from esia_sim import gost
from esia_sim.client_keys import Key, key_of
from esia_sim.gost_certificates import DIGEST_OID, KEY_OID, SIGNATURE_OID

_LONGEST: Final = 32_768
_BASE64: Final = re.compile(r"[A-Za-z0-9_-]+={0,2}|[A-Za-z0-9+/]+={0,2}")
_URL_ALPHABET: Final = str.maketrans("+/", "-_")
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_DIGESTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "sha256": lambda message: hashlib.sha256(message).digest(),
    "sha384": lambda message: hashlib.sha384(message).digest(),
    "sha512": lambda message: hashlib.sha512(message).digest(),
    DIGEST_OID: gost.streebog256,
}


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
    content_info: Any = cms.ContentInfo.load(der, strict=True)
    _require(content_info["content_type"].native == "signed_data", "not SignedData")
    signed: Any = content_info["content"]
    signers: Any = signed["signer_infos"]
    _require(len(signers) == 1, "exactly one signer is expected")

    content: bytes | None = signed["encap_content_info"]["content"].native
    _require(content is None or hmac.compare_digest(content, message), "another content")
    kind: str = signed["encap_content_info"]["content_type"].native
    _check_signer(signers[0], message, kind, certificate)


def _check_signer(
    signer: Any,
    message: bytes,
    kind: str,
    certificate: x509.Certificate,
) -> None:
    key = key_of(certificate)
    digest: str = signer["digest_algorithm"]["algorithm"].native
    method: str = signer["signature_algorithm"]["algorithm"].native
    _require(digest in _DIGESTS, "digest not supported")
    _require(method in _methods(key, digest), "signed with another kind of key, or two digests")
    signed_bytes = _signed_bytes(signer, message, kind, digest)
    signature: bytes = signer["signature"].native
    _require(_verifies(key, signature, signed_bytes, digest), "another key or another message")


def _methods(key: Key, digest: str) -> frozenset[str]:
    if isinstance(key, gost.PublicKey):
        return frozenset({KEY_OID, SIGNATURE_OID} if digest == DIGEST_OID else ())
    return frozenset({"rsassa_pkcs1v15", f"{digest}_rsa"} if digest in _HASHES else ())


def _verifies(key: Key, signature: bytes, signed: bytes, digest: str) -> bool:
    if isinstance(key, gost.PublicKey):
        return key.verify(signed, signature)
    try:
        key.verify(signature, signed, padding.PKCS1v15(), _HASHES[digest])
    except InvalidSignature:
        return False
    return True


def _signed_bytes(
    signer: Any,
    message: bytes,
    kind: str,
    digest: str,
) -> bytes:
    attributes: Any = signer["signed_attrs"]
    if isinstance(attributes, core.Void) or len(attributes) == 0:
        return message
    values: dict[str, list[object]] = {"content_type": [], "message_digest": []}
    for attribute in attributes:
        # the others, such as the list of ciphers that openssl adds, take longer to read than all
        # the rest of the signature
        if (name := attribute["type"].native) in values:
            values[name].extend(attribute["values"].native)
    _require(values["content_type"] == [kind], "content_type attribute")
    _require(values["message_digest"] == [_DIGESTS[digest](message)], "message_digest attribute")
    # What is signed is the SET itself (first byte 0x31), not its [0] tag in SignerInfo.
    return cast("bytes", attributes.untag().dump())


def _require(condition: bool, reason: str) -> None:  # noqa: FBT001 - reads as a claim
    if not condition:
        raise SignatureError(reason)

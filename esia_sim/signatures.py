"""The signature of a client system in `client_secret`: PKCS#7, as ESIA's v1 endpoints take it.

Detached or attached, with or without signed attributes, with or without certificates inside.
Source: shared/reference/esia-protocol.md §2.2 and (d); RFC 5652 §5.4.
"""

# asn1crypto ships no types: what it returns is unknown to the checker until it is cast here.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
import base64
import hashlib
import hmac
import re
from datetime import datetime
from typing import Any, Final, cast

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_LONGEST: Final = 32_768
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
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
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        msg = "the certificate is not in force"
        raise SignatureError(msg)
    try:
        _check(_decode(secret), message.encode(), certificate)
    except SignatureError:
        raise
    except Exception as error:
        # Damaged DER is found lazily, anywhere, as whatever error the parser trips over.
        raise SignatureError(type(error).__name__) from error


def _decode(secret: str) -> bytes:
    if len(secret) > _LONGEST or not _BASE64URL.fullmatch(secret):
        msg = "not base64url"
        raise SignatureError(msg)
    bare = secret.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


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
    digest: str = signer["digest_algorithm"]["algorithm"].native
    _require(digest in _HASHES, "digest not supported")
    _require(signer["signature_algorithm"].signature_algo == "rsassa_pkcs1v15", "not RSA")
    named = cast("str", signer["signature_algorithm"]["algorithm"].native)
    _require(named in {"rsassa_pkcs1v15", f"{digest}_rsa"}, "two digests named")

    public = certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        msg = "the registered key is not RSA"
        raise SignatureError(msg)
    signed_bytes = _signed_bytes(signer, message, kind, digest)
    try:
        public.verify(signer["signature"].native, signed_bytes, padding.PKCS1v15(), _HASHES[digest])
    except InvalidSignature as error:
        msg = "another key or another message"
        raise SignatureError(msg) from error


def _signed_bytes(
    signer: Any,
    message: bytes,
    kind: str,
    digest: str,
) -> bytes:
    attributes: Any = signer["signed_attrs"]
    if not attributes.native:
        return message
    values: dict[str, list[object]] = {}
    for attribute in attributes:
        values.setdefault(attribute["type"].native, []).extend(attribute["values"].native)
    _require(values.get("content_type") == [kind], "content_type attribute")
    _require(
        values.get("message_digest") == [hashlib.new(digest, message).digest()],
        "message_digest attribute",
    )
    # What is signed is the SET itself (first byte 0x31), not its [0] tag in SignerInfo.
    return cast("bytes", attributes.untag().dump())


def _require(condition: bool, reason: str) -> None:  # noqa: FBT001 - reads as a claim
    if not condition:
        raise SignatureError(reason)

"""Checks what a token has signed: chain, times, revocation, and that it is our challenge."""

# asn1crypto ships no types: what it returns is unknown to the checker until it is cast here.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
import base64
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from esia_sim.authority import SNILS
from esia_sim.signatures import SignatureError, check_signature


class Flaw(StrEnum):
    """Why a signature lets nobody in."""

    DAMAGED = "damaged"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USAGE = "usage"
    FORGED = "forged"


class Refused(Exception):
    """A signature is refused; `certificate` is there when one could be read."""

    def __init__(self, flaw: Flaw, certificate: x509.Certificate | None = None) -> None:
        """Refuse for a reason."""
        super().__init__(flaw.value)
        self.flaw = flaw
        self.certificate = certificate


def check(
    signed: bytes,
    challenge: str,
    *,
    root: x509.Certificate,
    crl: x509.CertificateRevocationList,
    now: datetime,
) -> str:
    """Return the СНИЛС (digits) of who signed this very challenge.

    Raises:
        Refused: for the first flaw that is found.
    """
    certificate = _certificate(signed)
    _check_certificate(certificate, root, crl, now)
    secret = base64.urlsafe_b64encode(signed).decode()
    try:
        check_signature(secret, challenge, certificate, now)
    except SignatureError as error:
        raise Refused(Flaw.FORGED, certificate) from error
    names = certificate.subject.get_attributes_for_oid(SNILS)
    if len(names) != 1:
        raise Refused(Flaw.FOREIGN, certificate)
    return str(names[0].value)


def _certificate(signed: bytes) -> x509.Certificate:
    try:
        info: Any = cms.ContentInfo.load(signed, strict=True)
        inside: Any = info["content"]["certificates"]
        [only] = inside
        return x509.load_der_x509_certificate(only.chosen.dump())
    except Exception as error:  # damaged DER is found lazily, as whatever the parser trips over
        raise Refused(Flaw.DAMAGED) from error


def _check_certificate(
    certificate: x509.Certificate,
    root: x509.Certificate,
    crl: x509.CertificateRevocationList,
    now: datetime,
) -> None:
    try:
        certificate.verify_directly_issued_by(root)
    except (InvalidSignature, ValueError, TypeError) as error:
        raise Refused(Flaw.FOREIGN, certificate) from error
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise Refused(Flaw.EXPIRED, certificate)
    if crl.get_revoked_certificate_by_serial_number(certificate.serial_number):
        raise Refused(Flaw.REVOKED, certificate)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound as error:
        raise Refused(Flaw.USAGE, certificate) from error
    if not usage.digital_signature:
        raise Refused(Flaw.USAGE, certificate)

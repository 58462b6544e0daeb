"""Whether a request really comes from the client system that it names."""

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from esia_sim.client_keys import hash_of
from esia_sim.clients import Client, Kind
from esia_sim.errors import Code, EsiaError
from esia_sim.raw_signatures import check_lenient, check_raw
from esia_sim.signatures import SignatureError, check_signature
from esia_sim.store import World
from esia_sim.versions import Version, signed_messages

HASH: Final = "client_certificate_hash"
_TIMESTAMP: Final = re.compile(r"\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4}", re.ASCII)
_LOG: Final = logging.getLogger("esia_sim")


def check_client(world: World, params: Mapping[str, str], version: Version) -> Client:
    """Return the client that signed this request as its version of the protocol wants it.

    Raises:
        EsiaError: ESIA-007014 for a timestamp of another form, as ESIA says it; ESIA-007005 for an
            unknown client or a wrong signature of v1; ESIA-007053 for a wrong one of v2;
            ESIA-007002 when no certificate is registered; ESIA-007015 for a time too far from now.
    """
    signed_at = _read_timestamp(params["timestamp"])
    client = world.clients.get(params["client_id"])
    if client is None or client.kind is not Kind.ESIA:
        raise EsiaError(Code.CLIENT_REFUSED)
    if not client.certificates:
        raise EsiaError(Code.NO_CERTIFICATE)
    try:
        _check_signed(client, params, version, world.clock.now())
    except SignatureError as error:
        _LOG.info("signature of client %s refused: %s", client.client_id, error)
        wrong = Code.CLIENT_REFUSED if version is Version.V1 else Code.WRONG_SECRET
        raise EsiaError(wrong) from error
    skew = timedelta(seconds=world.config.limits.request_skew_seconds)
    if abs(world.clock.now() - signed_at) > skew:
        raise EsiaError(Code.WRONG_TIME)
    return client


def _check_signed(
    client: Client, params: Mapping[str, str], version: Version, now: datetime
) -> None:
    check = check_signature
    certificates: Sequence[x509.Certificate] = client.certificates
    if version is Version.V2:
        check = check_raw if client.strict else check_lenient
        certificates = _named(client, params.get(HASH))
    problem = SignatureError("no registered certificate has this hash")
    for certificate in certificates:
        for message in signed_messages(version, params, strict=client.strict):
            try:
                check(params["client_secret"], message, certificate, now)
            except SignatureError as error:
                problem = error
            else:
                return
    raise problem


def _named(client: Client, given: str | None) -> Sequence[x509.Certificate]:
    """Return the certificates that a hash names; without a hash (at a refresh) all of them."""
    if given is None:
        return client.certificates
    return [one for one in client.certificates if given.upper() in _names(one, client)]


def _names(certificate: x509.Certificate, client: Client) -> set[str]:
    if client.strict:
        return {hash_of(certificate)}
    # whoever has no GOST tools cannot compute Streebog either
    plain = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest().upper()
    return {hash_of(certificate), plain}


def _read_timestamp(text: str) -> datetime:
    if not _TIMESTAMP.fullmatch(text):
        raise EsiaError(Code.MISSING, names=("timestamp",))
    try:
        # the same as ISO 8601 but for the dots of its date; strptime is ten times as slow
        return datetime.fromisoformat(
            text.replace(".", "-").replace(" +", "+").replace(" -", "-")
        ).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise EsiaError(Code.MISSING, names=("timestamp",)) from error

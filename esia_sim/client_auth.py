"""Whether a request really comes from the client system that it names."""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from esia_sim.clients import Client
from esia_sim.errors import Code, EsiaError
from esia_sim.signatures import SignatureError, check_signature
from esia_sim.store import World

_TIMESTAMP: Final = re.compile(r"\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4}", re.ASCII)
_LOG: Final = logging.getLogger("esia_sim")


def check_client(world: World, params: Mapping[str, str]) -> Client:
    """Return the client that signed `scope + timestamp + client_id + state`.

    Raises:
        EsiaError: ESIA-007014 for a timestamp of another form, as ESIA says it; ESIA-007005 for an
            unknown client or a wrong signature; ESIA-007015 for a time too far from now.
    """
    signed_at = _read_timestamp(params["timestamp"])
    client = world.clients.get(params["client_id"])
    if client is None:
        raise EsiaError(Code.CLIENT_REFUSED)
    message = "".join(params.get(name, "") for name in ("scope", "timestamp", "client_id", "state"))
    try:
        check_signature(params["client_secret"], message, client.certificate, now=world.clock.now())
    except SignatureError as error:
        _LOG.info("signature of client %s refused: %s", client.client_id, error)
        raise EsiaError(Code.CLIENT_REFUSED) from error
    skew = timedelta(seconds=world.config.limits.request_skew_seconds)
    if abs(world.clock.now() - signed_at) > skew:
        raise EsiaError(Code.WRONG_TIME)
    return client


def _read_timestamp(text: str) -> datetime:
    if not _TIMESTAMP.fullmatch(text):
        raise EsiaError(Code.MISSING, names=("timestamp",))
    try:
        return datetime.strptime(text, "%Y.%m.%d %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise EsiaError(Code.MISSING, names=("timestamp",)) from error

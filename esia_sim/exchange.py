"""What went over the wire with one request of the tape, for HAR; nothing secret is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from esia_sim.masks import Pairs, masked_headers, masked_json, masked_pairs

RawHeaders = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer.

    `form` is None when no form was sent, `text` the answer's body when it was JSON; `size` is that
    of the body in bytes.
    """

    http_version: str
    query: Pairs
    form: Pairs | None
    asked: Pairs
    answered: Pairs
    size: int
    text: str | None


def exchange(
    scope: Mapping[str, Any],
    query: Iterable[tuple[str, str]],
    answered: RawHeaders,
    *,
    size: int,
    body: bytes,
) -> Exchange:
    """Keep a request that was answered; `body` is empty unless it is JSON."""
    form = scope.get("state", {}).get("form")
    return Exchange(
        http_version=f"HTTP/{scope.get('http_version', '1.1')}",
        query=masked_pairs(query),
        form=None if form is None else masked_pairs(form),
        asked=masked_headers(scope["headers"]),
        answered=masked_headers(answered),
        size=size,
        text=masked_json(body) if body else None,
    )

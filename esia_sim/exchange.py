"""What went over the wire with one request of the tape, for HAR; nothing secret comes out of it.

Secrets are masked when somebody asks: masking every request would slow down all of them, and most
of a tape is never looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from esia_sim.masks import Pairs, masked_headers, masked_json, masked_pairs

_LARGEST: Final = 16 * 1024
RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer; `size` is that of the answer's body in bytes."""

    http_version: str
    size: int
    _query: Pairs = field(repr=False)
    _form: Pairs | None = field(repr=False)
    _asked: RawHeaders = field(repr=False)
    _answered: RawHeaders = field(repr=False)
    _body: bytes = field(repr=False)

    @property
    def query(self) -> Pairs:
        """The parameters of the address, in their order."""
        return masked_pairs(self._query)

    @property
    def form(self) -> Pairs | None:
        """The fields of the form; None when none was sent."""
        return None if self._form is None else masked_pairs(self._form)

    @property
    def asked(self) -> Pairs:
        """The headers of the request."""
        return masked_headers(self._asked)

    @property
    def answered(self) -> Pairs:
        """The headers of the answer."""
        return masked_headers(self._answered)

    @property
    def text(self) -> str | None:
        """The body of the answer when it is JSON and not very long."""
        return masked_json(self._body) if self._body else None


def exchange(
    scope: Mapping[str, Any], query: Pairs, answered: RawHeaders, *, size: int, body: bytes
) -> Exchange:
    """Keep a request that was answered; `body` is empty unless it is JSON."""
    return Exchange(
        http_version=f"HTTP/{scope.get('http_version', '1.1')}",
        size=size,
        _query=query,
        _form=scope.get("state", {}).get("form"),
        _asked=scope["headers"],
        _answered=answered,
        _body=body if len(body) <= _LARGEST else b"",
    )

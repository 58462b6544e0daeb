"""Expectations: what a test or a trainer wants to go wrong, at which call, and how often.

A call asks `meet` (over HTTP) or `take` (for messages) before it does its work.
"""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from esia_sim.errors import Code, EsiaError, RestError

if TYPE_CHECKING:
    from esia_sim.store import World

OAUTH: Final = ("authorize", "token")
REST: Final = (
    "person", "contacts", "documents", "addresses", "kids", "vehicles", "organizations", "roles",
)  # fmt: skip
MESSAGES: Final = ("sms", "email", "push")
ENDPOINTS: Final = (*OAUTH, *REST, "login", "logout", *MESSAGES)
SPOILS: Final = ("signature", "audience", "issuer", "expired")
_MOST: Final = 500


@dataclass(slots=True, kw_only=True)
class Expectation:
    """One thing to go wrong. `nth` counts calls from 1; `left` is how often it still happens.

    Of `error`, `status`, `delay` (seconds), `drop` and `spoil` exactly one says what happens.
    """

    id: str
    endpoint: str
    person: str | None = None
    client: str | None = None
    nth: int | None = None
    error: str | None = None
    status: int | None = None
    delay: float | None = None
    drop: bool = False
    spoil: str | None = None
    left: int = 1
    seen: int = 0
    consumed: int = 0


class Broken(Exception):
    """Answer as a broken proxy does: an HTML page with this status."""

    def __init__(self, status: int) -> None:
        """Break with an HTTP status."""
        super().__init__(str(status))
        self.status = status


class Dropped(Exception):
    """Close the connection without an answer."""


@dataclass(slots=True)
class Expectations:
    """All expectations of a world, in the order in which they were set."""

    all: list[Expectation] = field(default_factory=list[Expectation])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def add(self, expectation: Expectation) -> None:
        """Keep one more; the oldest are forgotten beyond some hundreds."""
        expectation.id = f"expectation-{next(self._numbers)}"
        self.all.append(expectation)
        del self.all[:-_MOST]

    def forget(self, identifier: str | None = None) -> None:
        """Forget one, or all of them."""
        self.all = [one for one in self.all if identifier and one.id != identifier]

    def take(
        self, endpoint: str, *, person: str | None = None, client: str | None = None
    ) -> Expectation | None:
        """Use up the first expectation that is about this call."""
        for one in self.all:
            is_about = (
                one.endpoint == endpoint
                and one.person in {None, person}
                and one.client in {None, client}
            )
            if not is_about or one.left <= 0:
                continue
            one.seen += 1
            if one.nth is None or one.seen == one.nth:
                one.left -= 1
                one.consumed += 1
                return one
        return None


async def meet(
    world: "World", endpoint: str, *, person: str | None = None, client: str | None = None
) -> Expectation | None:
    """Let a call meet what is expected of it; a `spoil` is left to the caller.

    Raises:
        EsiaError, RestError: an error in ESIA's form.
        Broken, Dropped: something no protocol knows.
    """
    expected = world.expectations.take(endpoint, person=person, client=client)
    if expected is None:
        return None
    if expected.delay:
        await asyncio.sleep(expected.delay)
    if expected.drop:
        raise Dropped
    if expected.status:
        raise Broken(expected.status)
    if expected.error:
        raise _error(endpoint, expected.error)
    return expected


def _error(endpoint: str, code: str) -> Exception:
    if endpoint in REST:
        return RestError(401, code, "SecurityErrorEnum.expected")
    return EsiaError(Code(code))

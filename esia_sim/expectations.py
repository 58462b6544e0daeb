"""Expectations: what a test or a trainer wants to go wrong, at which call, and how often.

A call asks `meet` (over HTTP) or `take` (for messages) before it does its work.
"""

import asyncio
import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from esia_sim.chance import Chance
from esia_sim.errors import Code, ControlError, EsiaError, RestError

if TYPE_CHECKING:
    from esia_sim.store import World

OAUTH: Final = ("authorize", "token")
REST: Final = (
    "person", "contacts", "documents", "addresses", "kids", "vehicles", "organizations", "roles",
)  # fmt: skip
MESSAGES: Final = ("sms", "email", "push")
PAGES: Final = (
    "login", "letter", "code", "login_sms", "login_app", "login_signature", "consent", "logout",
    "registration", "recovery", "link", "profile", "support", "portal", "authority",
)  # fmt: skip
EXTENSIONS: Final = ("discovery", "keys", "userinfo", "revoke", "introspect")
ANY: Final = "any"
ENDPOINTS: Final = (*OAUTH, *REST, *PAGES, *EXTENSIONS, *MESSAGES, ANY)
USUAL_TTL: Final = 24 * 3600
_MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How late, in seconds: `least` to `most` evenly, or around a median (log-normal)."""

    least: float = 0
    most: float = 0
    median: float | None = None
    sigma: float = 0.5

    @property
    def typical(self) -> float:
        """What to tell a person, in seconds."""
        return (self.least + self.most) / 2 if self.median is None else self.median

    def draw(self, chance: Chance) -> float:
        """Draw one delay."""
        if self.median is not None:
            return chance.lognormal(self.median, self.sigma)
        return self.least if self.least == self.most else chance.uniform(self.least, self.most)

    def as_json(self) -> object:
        """Describe the delay as a control call takes it."""
        if self.median is not None:
            return {"median": self.median, "sigma": self.sigma}
        if self.least == self.most:
            return int(self.least) if self.least.is_integer() else self.least
        return {"from": self.least, "to": self.most}


def fixed(seconds: float) -> Delay:
    """Return a delay that is always the same."""
    return Delay(least=float(seconds), most=float(seconds))


@dataclass(slots=True, kw_only=True)
class Expectation:
    """One thing to go wrong. `nth` counts calls from 1; `left` is how often it still happens.

    Of `error`, `status`, `delay`, `drop`, `spoil` and `hold` (a gate) exactly one says what
    happens. `share` is the part of the calls that it happens to. `ends_at` is in seconds of the
    machine's monotonic clock. One of a `profile` need not be met.
    """

    id: str = ""
    endpoint: str
    person: str | None = None
    client: str | None = None
    nth: int | None = None
    share: float = 1
    error: str | None = None
    status: int | None = None
    delay: Delay | None = None
    drop: bool = False
    spoil: str | None = None
    hold: str | None = None
    left: int = 1
    seen: int = 0
    consumed: int = 0
    profile: str | None = None
    ends_at: float = field(default_factory=lambda: time.monotonic() + USUAL_TTL)

    def is_about(self, endpoint: str, person: str | None, client: str | None) -> bool:
        """Tell whether a call is one of those meant."""
        everywhere = self.endpoint == ANY and endpoint not in MESSAGES
        return (
            (everywhere or self.endpoint == endpoint)
            and self.person in {None, person}
            and self.client in {None, client}
        )


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

    chance: Chance = field(default_factory=Chance)
    _all: list[Expectation] = field(default_factory=list[Expectation])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def all(self) -> list[Expectation]:
        """Those whose time is not over."""
        now = time.monotonic()
        self._all = [one for one in self._all if one.ends_at > now]
        return self._all

    @property
    def unmet(self) -> list[Expectation]:
        """Those that did not happen as often as they should have."""
        return [one for one in self.all if one.left and not one.profile]

    def add(self, expectation: Expectation) -> None:
        """Keep one more.

        Raises:
            ControlError: there are some hundreds already.
        """
        if len(self.all) >= _MOST:
            raise ControlError(429, f"at most {_MOST} expectations: forget some")
        expectation.id = f"expectation-{next(self._numbers)}"
        self._all.append(expectation)

    def forget(self, identifier: str | None = None) -> None:
        """Forget one, or all of them."""
        self._all = [one for one in self._all if identifier and one.id != identifier]

    def take(
        self, endpoint: str, *, person: str | None = None, client: str | None = None
    ) -> Expectation | None:
        """Use up the first expectation that is about this call."""
        for one in self.all:
            if one.left <= 0 or not one.is_about(endpoint, person, client):
                continue
            one.seen += 1
            lucky = one.share < 1 and self.chance.uniform(0, 1) >= one.share
            if not lucky and (one.nth is None or one.seen == one.nth):
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
        await asyncio.sleep(expected.delay.draw(world.chance))
    if expected.drop:
        raise Dropped
    if expected.hold and not await world.gates.at(expected.hold).hold():
        raise Dropped
    if expected.status:
        raise Broken(expected.status)
    if expected.error:
        error = _error(endpoint, expected.error)
        error.add_note(expected.id)  # for whoever explains the refusal
        raise error
    return expected


def _error(endpoint: str, code: str) -> Exception:
    if endpoint in REST:
        return RestError(401, code, "SecurityErrorEnum.expected")
    return EsiaError(Code(code))

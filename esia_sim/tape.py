"""The tape: what was asked, answered, sent and claimed, per sign-in; secrets are masked.

It keeps the newest entries of a world only, and nothing of it is ever written to a log.
"""

from collections import deque
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from esia_sim.clock import Clock
from esia_sim.exchange import Exchange
from esia_sim.inbox import Message
from esia_sim.masks import MASK

_MOST: Final = 2000
_LONGEST: Final = 500


@dataclass(slots=True)
class Trail:
    """Whose request is being answered: known from its cookies, code or token."""

    sign_in: str | None = None
    person: str | None = None


CURRENT: Final[ContextVar[Trail | None]] = ContextVar("trail", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened; `kind` is `request`, `message`, `claims` or `clock`.

    A request has its `exchange`: what HAR shows beside the facts.
    """

    at: datetime
    kind: str
    sign_in: str | None
    person: str | None
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    exchange: Exchange | None = None

    def as_json(self) -> dict[str, object]:
        """Describe the entry to a control call."""
        about = {"sign_in": self.sign_in, "person": self.person}
        return {"at": self.at.isoformat(), "kind": self.kind, **about, **self.facts}


class Tape:
    """The newest entries of a world, and which sign-in an attempt or a session belongs to."""

    def __init__(self, clock: Clock) -> None:
        """Start empty."""
        self._clock = clock
        self._entries: deque[Entry] = deque(maxlen=_MOST)
        self._late: deque[Callable[[], None]] = deque(maxlen=_MOST // 2)
        self._trails: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._begun = 0

    def sign_in_of(self, key: str) -> str:
        """Return the sign-in that an attempt's token belongs to, beginning one for a new token."""
        if key not in self._trails:
            self._begun += 1
            self.link(key, f"sign-in-{self._begun}")
        return self._trails[key]

    def known(self, key: str) -> str | None:
        """Return the sign-in that a session's id belongs to, if any."""
        return self._trails.get(key)

    def link(self, key: str, sign_in: str) -> None:
        """Let a key lead to a sign-in; the oldest keys are forgotten."""
        _remember(self._trails, key, sign_in)

    def later(self, keep: Callable[[], None]) -> None:
        """Let something be kept when the tape is next read or added to.

        Token requests are: to read each of their tokens again would take as long as half of all
        that the endpoint does beside signing, and under load nobody ever looks at most of them.
        """
        self._late.append(keep)

    def add(
        self,
        kind: str,
        trail: Trail,
        exchange: Exchange | None = None,
        /,
        *,
        at: datetime | None = None,
        **facts: object,
    ) -> None:
        """Keep one more entry, of now unless `at` says when."""
        self._catch_up()
        if trail.sign_in and trail.person:
            _remember(self._people, trail.sign_in, trail.person)
        self._entries.append(
            Entry(
                at=at or self._clock.now(),
                kind=kind,
                sign_in=trail.sign_in,
                person=trail.person,
                facts=facts,
                exchange=exchange,
            )
        )

    def add_message(self, message: Message, person: str | None) -> None:
        """Keep what was sent; the code in it is masked."""
        now = CURRENT.get()
        text = message.text.replace(message.code, MASK) if message.code else message.text
        for link in message.links:
            text = text.replace(link, MASK)
        trail = Trail(now.sign_in if now else None, person)
        self.add("message", trail, channel=message.channel, to=message.to, text=text)

    def entries(self, person: str | None = None) -> list[Entry]:
        """Return all entries, or those of a person's sign-ins, with the moves of the clock."""
        self._catch_up()
        if person is None:
            return list(self._entries)
        return [
            one
            for one in self._entries
            if one.kind == "clock"
            or person == one.person
            or (one.sign_in and self._people.get(one.sign_in) == person)
        ]

    def _catch_up(self) -> None:
        late, self._late = self._late, deque(maxlen=self._late.maxlen)
        for keep in late:
            keep()


def _remember(known: dict[str, str], key: str, value: str) -> None:
    known.pop(key, None)
    known[key] = value
    while len(known) > _MOST:
        del known[next(iter(known))]

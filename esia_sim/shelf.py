"""A place for things that end: a dead one is as good as absent, and their number is bounded."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

from esia_sim.clock import Clock

_MOST: Final = 20_000


class Expiring(Protocol):
    """Something with an end."""

    @property
    def expires_at(self) -> datetime:
        """When it is as good as absent."""
        ...


Thing = TypeVar("Thing", bound=Expiring)


class Shelf(Generic[Thing]):
    """Things by key, each until its `expires_at`."""

    def __init__(self, clock: Clock) -> None:
        """Start empty; the clock says what is dead."""
        self._clock = clock
        self._things: dict[str, Thing] = {}

    def put(self, key: str, thing: Thing) -> None:
        """Keep a thing; a full shelf drops the dead and then the oldest."""
        if len(self._things) >= _MOST:
            now = self._clock.now()
            self._things = {one: it for one, it in self._things.items() if it.expires_at > now}
            while len(self._things) >= _MOST:
                del self._things[next(iter(self._things))]
        self._things[key] = thing

    def get(self, key: str | None) -> Thing | None:
        """Return the living thing with this key."""
        thing = self._things.get(key) if key is not None else None
        return thing if thing and thing.expires_at > self._clock.now() else None

    def take(self, key: str | None) -> Thing | None:
        """Return the living thing with this key and forget it."""
        thing = self.get(key)
        if key is not None:
            self._things.pop(key, None)
        return thing

    def drop_where(self, **facts: str) -> None:
        """Forget the things whose attributes have these values."""
        self._things = {
            key: thing
            for key, thing in self._things.items()
            if any(getattr(thing, name) != value for name, value in facts.items())
        }

    def is_dead(self, key: str) -> bool:
        """Tell whether a thing with this key was here and its time is over."""
        return key in self._things and self.get(key) is None

    def dead_between(self, before: datetime, after: datetime) -> list[tuple[str, Thing]]:
        """Return the things, with their keys, that a move of the clock killed."""
        return [one for one in self._things.items() if before < one[1].expires_at <= after]

    def everything(self) -> list[Thing]:
        """Return the living and the dead, as far as they are kept."""
        return list(self._things.values())

    def __iter__(self) -> Iterator[Thing]:
        """Go through the living things."""
        now = self._clock.now()
        return (thing for thing in self._things.values() if thing.expires_at > now)

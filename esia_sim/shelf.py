"""A place for things that end: a dead one is as good as absent, and their number is bounded."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final, Generic, Protocol, TypeVar

from esia_sim.clock import Clock

_FEW: Final = 1_000
_MOST: Final = 20_000


class Expiring(Protocol):
    """Something with an end."""

    @property
    def expires_at(self) -> datetime:
        """When it is as good as absent."""
        ...


Thing = TypeVar("Thing", bound=Expiring)


class Shelf(Generic[Thing]):
    """Things by key, each until its `expires_at`.

    Some are kept beyond that, because a test may move the clock back. A crowded shelf forgets
    those that would be dead by the time of the machine too, and then, beyond `most`, the oldest.
    """

    def __init__(self, clock: Clock, *, most: int = _MOST) -> None:
        """Start empty; the clock says what is dead."""
        self._clock = clock
        self._things: dict[str, Thing] = {}
        self._most = most
        self._crowd = min(_FEW, most)

    def put(self, key: str, thing: Thing) -> None:
        """Keep a thing."""
        self._things[key] = thing
        if len(self._things) > self._crowd:
            self._tidy()

    def _tidy(self) -> None:
        gone = self._clock.earliest()
        kept = {key: thing for key, thing in self._things.items() if thing.expires_at > gone}
        if len(kept) > self._most:  # a tenth at once, so that not every next one tidies again
            kept = dict(islice(kept.items(), len(kept) - self._most * 9 // 10, None))
        self._things = kept
        self._crowd = min(max(_FEW, 2 * len(kept)), self._most)

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


class Owned(Shelf[Thing]):
    """Things that belong to somebody: of each owner the newest so many are kept."""

    def __init__(self, clock: Clock, owner: Callable[[Thing], str], *, each: int) -> None:
        """Start empty."""
        super().__init__(clock)
        self._owner, self._each = owner, each
        self._keys: dict[str, list[str]] = {}

    def put(self, key: str, thing: Thing) -> None:
        """Keep a thing, and forget the oldest of an owner who has too many."""
        super().put(key, thing)
        keys = self._keys.setdefault(self._owner(thing), [])
        keys.append(key)
        if len(keys) > self._each:
            keys[:] = [one for one in keys if one in self._things]
            for old in keys[: -self._each]:
                self.take(old)
            del keys[: -self._each]

    def _tidy(self) -> None:
        super()._tidy()
        self._keys = {
            owner: kept
            for owner, keys in self._keys.items()
            if (kept := [key for key in keys if key in self._things])
        }

"""Worlds: states of their own in one process, so that tests that run side by side never meet.

A world is a `World` with the application built over it; door.py leads requests into it.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from starlette.applications import Starlette

from esia_sim.chance import Chance, number_of
from esia_sim.config import Config
from esia_sim.errors import ControlError
from esia_sim.store import World

MOST: Final = 64
USUAL_TTL, LONGEST_TTL = 3600, 24 * 3600
PREFIX: Final = "/w/"
# People made at run time are numbered from another thousand in each world, so that a login, a
# phone or an oid tells whose they are.
_FIRST, _STEP, _PLACES = 10_000, 1_000, 480
Build = Callable[[World, "Worlds"], Starlette]


@dataclass(slots=True)
class Place:
    """A world beside the first one; `ends_at` is in seconds of the machine's monotonic clock."""

    world: World
    app: Starlette
    ends_at: float

    def as_json(self) -> dict[str, object]:
        """Describe the world to a control call."""
        config = self.world.config
        return {
            "id": config.world,
            "url": config.base_url,
            "seed": config.seed,
            "ttl": max(0, round(self.ends_at - time.monotonic())),
            "people": len(self.world.people),
        }


class Worlds:
    """The worlds beside the first one, by id; a world whose time is over is gone."""

    def __init__(self, first: World, build: Build) -> None:
        """Start with none; `build` makes an application over a world."""
        self.first = first
        self._build = build
        self._places: dict[str, Place] = {}
        self._names = Chance(first.config.seed, of="worlds")

    def add(self, *, seed: str | None, ttl: int) -> Place:
        """Make a world that lives for `ttl` seconds of real time.

        Raises:
            ControlError: there are too many.
        """
        self._bury()
        if len(self._places) >= MOST:
            raise ControlError(429, f"at most {MOST} worlds at once: delete one, or let it end")
        name = self._names.hexadecimal(4)
        world = World(self._config(name, seed))
        place = Place(world, self._build(world, self), time.monotonic() + ttl)
        self._places[name] = place
        return place

    def get(self, name: str) -> Place | None:
        """Return a living world."""
        self._bury()
        return self._places.get(name)

    def remove(self, name: str) -> bool:
        """End a world; whoever waits in it is let go. False when there is none of this id."""
        place = self._places.pop(name, None)
        if place:
            place.world.close()
        return place is not None

    def close(self) -> None:
        """Let everybody who waits in any world go, because the server stops."""
        for world in (self.first, *(place.world for place in self._places.values())):
            world.close()

    def __iter__(self) -> Iterator[Place]:
        """Go through the living worlds, the oldest first."""
        self._bury()
        return iter(list(self._places.values()))

    def _bury(self) -> None:
        now = time.monotonic()
        for name in [name for name, place in self._places.items() if place.ends_at <= now]:
            self.remove(name)

    def _config(self, name: str, seed: str | None) -> Config:
        config = self.first.as_given
        place = number_of(seed if seed is not None else name, _PLACES)
        return replace(
            config,
            public_url=f"{config.base_url}{PREFIX}{name}",
            world=name,
            seed=seed,
            stand=config.stand or str(config.port),
            first_invented=_FIRST + _STEP * place,
            data_dir=None,
        )

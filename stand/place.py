"""One place of a room: a stand, and how it does."""

import os
from enum import StrEnum

import httpx

from stand.stand import Stand, StandError

MOST = 40


class PlaceState(StrEnum):
    """How the stand of a place does."""

    WAITING = "запускается"
    RUNNING = "работает"
    FAILED = "не запустился"
    DEAD = "остановился"


class Place:
    """A numbered stand; a fault of it is shown and stops no other one."""

    def __init__(self, number: int, stand: Stand) -> None:
        self.number = number
        self.stand = stand
        self._has_started: bool | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return f"Стенд {self.number}"

    @property
    def state(self) -> PlaceState:
        """How it does at this moment."""
        if self._has_started is None:
            return PlaceState.WAITING
        if not self._has_started:
            return PlaceState.FAILED
        return PlaceState.RUNNING if self.stand.is_running else PlaceState.DEAD

    def start(self) -> None:
        """Start it, or keep in its log folder why it did not start."""
        try:
            self.stand.start()
            self._has_started = True
        except (StandError, OSError) as error:
            print(f"  {self.name}: {error}", flush=True)
            self._has_started = False
            self.stand.stop()

    def stop(self) -> None:
        """Stop it."""
        self.stand.stop()

    def reset(self) -> None:
        """Make its data as new while it runs.

        Raises:
            httpx.HTTPError: it does not answer, or refuses.
        """
        key = os.environ.get("ESIA_SIM_KEY")
        httpx.post(
            f"{self.stand.cabinet_url}/_demo/reset",
            headers={"X-Sim-Key": key} if key else {},
            timeout=60,
        ).raise_for_status()

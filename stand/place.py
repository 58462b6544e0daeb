"""One place of a room: a stand, and how it does."""

import os
from enum import StrEnum

import httpx

from stand.stand import Stand, StandError

MOST = 40
MOST_RESTARTS = 5  # a stand that dies again and again would take the machine from the others


class PlaceState(StrEnum):
    """How the stand of a place does."""

    WAITING = "запускается"
    RUNNING = "работает"
    RESTARTING = "перезапускается"
    FAILED = "не запустился"
    DEAD = "остановился"


class Place:
    """A numbered stand; a fault of it is shown and stops no other one."""

    def __init__(self, number: int, stand: Stand) -> None:
        self.number = number
        self.stand = stand
        self._has_started: bool | None = None
        self._is_restarting = False
        self._restarts = 0

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
        if not self._is_restarting and self.stand.is_running:
            return PlaceState.RUNNING
        is_over = self._restarts == MOST_RESTARTS and not self._is_restarting
        return PlaceState.DEAD if is_over else PlaceState.RESTARTING

    def start(self) -> None:
        """Start it, or keep in its log folder why it did not start."""
        try:
            self.stand.start()
            self._has_started = True
        except (StandError, OSError) as error:
            print(f"  {self.name}: {error}", flush=True)
            self._has_started = False
            self.stand.stop()

    def mend(self) -> None:
        """Start again what has died of it; a stand that keeps dying stays dead."""
        is_over = self._restarts == MOST_RESTARTS
        if not self._has_started or is_over or self.stand.is_running:
            return
        self._is_restarting = True
        self._restarts += 1
        try:
            self.stand.restart()
            print(f"  {self.name}: a server of it died and was started again", flush=True)
        except (StandError, OSError) as error:
            print(f"  {self.name}: {error}", flush=True)
        finally:
            self._is_restarting = False

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

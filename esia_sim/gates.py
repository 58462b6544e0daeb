"""Gates: requests that an expectation holds until a test releases or drops them.

A double click, two tabs or a stampede of refreshes become certain: the test waits until so many
stand at the gate, and then opens it.
"""

import asyncio
from collections.abc import Callable
from typing import Final

_MOST: Final = 100
LONGEST_SECONDS: Final = 60.0  # of real time; then a held request goes on by itself


class Gate:
    """Requests that wait at one gate."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.held = 0
        self._waiting: list[asyncio.Future[bool]] = []
        self._changed = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many wait now; `held` is how many ever came."""
        return len(self._waiting)

    async def hold(self) -> bool:
        """Wait at the gate; False when the request is to be dropped."""
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self.held += 1
        self._tell()
        try:
            return await asyncio.wait_for(place, LONGEST_SECONDS)
        except TimeoutError:
            return True
        finally:
            if place in self._waiting:
                self._waiting.remove(place)
                self._tell()

    def open(self, *, lets_through: bool) -> int:
        """Let all go on, or drop them all; returns how many."""
        gone, self._waiting = self._waiting, []
        for place in gone:
            if not place.done():
                place.set_result(lets_through)
        self._tell()
        return len(gone)

    async def wait_for(self, count: int, seconds: float) -> None:
        """Wait until at least `count` stand at the gate, no longer than `seconds`."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while self.waiting < count and (left := deadline - loop.time()) > 0:
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return

    def _tell(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


class Gates:
    """The gates of a world, by name; the oldest empty ones are forgotten beyond a hundred."""

    def __init__(self) -> None:
        """Start with none."""
        self._gates: dict[str, Gate] = {}

    def at(self, name: str) -> Gate:
        """Return the gate of this name."""
        if name not in self._gates:
            self._forget(lambda gate: not gate.waiting)
            self._gates[name] = Gate()
        return self._gates[name]

    def open_all(self) -> None:
        """Let everybody go on: the world is reset or ends."""
        for gate in self._gates.values():
            gate.open(lets_through=True)

    def _forget(self, is_idle: Callable[[Gate], bool]) -> None:
        idle = [name for name, gate in self._gates.items() if is_idle(gate)]
        for name in idle[: max(0, len(self._gates) - _MOST + 1)]:
            del self._gates[name]

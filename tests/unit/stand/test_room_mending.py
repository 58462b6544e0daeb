"""A stand of a room that died is started again, and the page says so meanwhile."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from stand import room_page
from stand.place import MOST_RESTARTS, Place, PlaceState
from stand.processes import Process
from stand.stand import Stand, StandError
from tests.conftest import run
from tests.waiting import wait_until

SPEAKS_AND_WAITS = "import time; print('begun', flush=True); time.sleep(600)"


class SlowStand(Stand):
    """A stand whose one server is a sleeper; it comes back when the test lets it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.may_come_back = threading.Event()
        self.comes_back = True

    def start(self) -> None:
        self._start("sleeper", ["-c", SPEAKS_AND_WAITS])

    def _wait_for_both(self) -> None:
        assert self.may_come_back.wait(20)
        if not self.comes_back:
            self.kill()
            raise StandError("no answer")

    def kill(self) -> None:
        [server] = self._processes
        server.stop()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(1, SlowStand(tmp_path))
    made.start()
    yield made
    made.stop()


def stand_of(place: Place) -> SlowStand:
    assert isinstance(place.stand, SlowStand)
    return place.stand


def shown(place: Place) -> str:
    async def ask() -> str:
        line = httpx.ASGITransport(room_page.create_app([place]))
        async with httpx.AsyncClient(transport=line, base_url="http://localhost") as client:
            return (await client.get("/")).text

    return run(ask())


def test_the_page_says_that_a_dead_stand_is_being_started_again(place: Place):
    assert PlaceState.RUNNING in shown(place)
    stand_of(place).kill()
    before = shown(place)

    with ThreadPoolExecutor(1) as room:
        mending = room.submit(place.mend)
        wait_until(lambda: place.stand.is_running)
        meanwhile = shown(place)
        stand_of(place).may_come_back.set()
        mending.result()

    for page in (before, meanwhile):
        assert PlaceState.RESTARTING in page
        assert "Сбросить данные" not in page
    assert PlaceState.RUNNING in shown(place)


def test_a_stand_that_keeps_dying_is_left_dead(place: Place):
    stand_of(place).may_come_back.set()
    stand_of(place).comes_back = False
    stand_of(place).kill()

    for _ in range(MOST_RESTARTS):
        assert place.state is PlaceState.RESTARTING
        place.mend()
    stand_of(place).comes_back = True
    place.mend()

    assert place.state is PlaceState.DEAD
    assert not place.stand.is_running


def test_a_living_stand_is_left_alone(place: Place):
    place.mend()

    assert place.state is PlaceState.RUNNING


def test_the_log_of_a_process_goes_on_after_a_restart(tmp_path: Path):
    process = Process("speaker", ["-c", "print('begun')"], {}, tmp_path / "log")
    wait_until(lambda: not process.is_running)

    process.restart()
    wait_until(lambda: not process.is_running)

    assert process.log_text().split() == ["begun", "begun"]

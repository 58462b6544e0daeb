"""Row Q5: several stands side by side for a class, and the one page that says where they are."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect

from esia_sim.remote import Esia
from stand.build import build_if_stale
from tests.waiting import answers, wait_until

STOP_SECONDS = 40


class Room:
    """A running `make room N=2`; `cabinets` and `url` are addresses it has printed."""

    def __init__(self, data_dir: Path) -> None:
        own = {"ZDRAV29_DATA_DIR": str(data_dir), "N": "2", "ROOM_PORT": "0"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stand.room"],
            env={**os.environ, **own, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        said = ""
        while "Ctrl-C stops all" not in said:
            line = self.process.stdout.readline()
            assert line, f"the room ended before it was ready:\n{said}"
            said += line
        self.url, *self.cabinets = re.findall(r"http://localhost:\d+", said)
        self.started = psutil.Process(self.process.pid).children(recursive=True)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(STOP_SECONDS)

    def cabinets_of_the_second(self) -> list[psutil.Process]:
        """The server of that cabinet, unless it is dead."""
        port = self.cabinets[1].rpartition(":")[2]
        return [one for one in self._servers() if _is_cabinet_at(one, port)]

    def _servers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


def _is_cabinet_at(server: psutil.Process, port: str) -> bool:
    try:
        return server.environ().get("ZDRAV29_PORT") == port and "granian" in server.cmdline()
    except psutil.Error:  # it died meanwhile
        return False


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        build_if_stale()
    running = Room(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()
    assert running.process.stdout
    running.process.stdout.close()


def test_q5_two_stands_of_a_room_share_nothing_and_one_that_died_is_started_again(
    room: Room, open_page: Callable[[], Page]
):
    leader, page = open_page(), open_page()
    leader.goto(room.url)
    places = leader.get_by_role("listitem")
    expect(places).to_have_count(2)
    for place, cabinet in zip(places.all(), room.cabinets, strict=True):
        expect(place).to_contain_text("работает")
        expect(place.get_by_role("link", name=cabinet)).to_be_visible()
        expect(place.locator("svg")).to_have_count(2)

    simulator = places.first.get_by_role("link").last.inner_text()
    with Esia(simulator) as esia:
        cookie = esia.sign_in("anna")
    page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": simulator}])
    page.goto(f"{room.cabinets[0]}/auth/esia/login")
    expect(page.get_by_role("link", name="Выйти")).to_be_visible()
    page.goto(f"{room.cabinets[1]}/home")
    expect(page.get_by_role("link", name="Войти через ЕСИА")).to_be_visible()
    page.goto(f"{room.cabinets[1]}/auth/esia/login")
    expect(page.get_by_label("Пароль", exact=True)).to_be_visible()
    page.goto(f"{room.cabinets[0]}/home")
    expect(page.get_by_role("link", name="Выйти")).to_be_visible()

    places.first.get_by_role("button", name="Сбросить данные").click()
    expect(leader.get_by_role("status")).to_contain_text("Данные стенда сброшены")
    [killed] = room.cabinets_of_the_second()
    killed.kill()
    wait_until(lambda: [one for one in room.cabinets_of_the_second() if one != killed] != [])
    wait_until(lambda: answers(f"{room.cabinets[1]}/readyz"))
    wait_until(lambda: "работает" in _state(leader, places.nth(1)))
    page.goto(f"{room.cabinets[1]}/status")
    expect(page.get_by_role("heading", level=1, name="Состояние сервисов")).to_be_visible()
    expect(places.first).to_contain_text("работает")

    started = {*room.started, *psutil.Process(room.process.pid).children(recursive=True)}
    room.stop()
    assert room.process.returncode == 0
    assert [one for one in started if one.is_running()] == []


def _state(leader: Page, place: Locator) -> str:
    leader.get_by_role("link", name="Обновить состояние").click()
    return place.inner_text()

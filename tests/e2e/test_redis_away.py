"""Row O1: Redis goes and comes back: the proxy is told, and pages go on where they were."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.proxy import free_ports
from tests.waiting import wait_until

PATIENCE = 30_000
FEW = 10
"""Acts and signs of life of one page; a refusal that failed as well would soon be hundreds."""


class OwnRedis:
    """A Redis of this test, which may be killed."""

    def __init__(self, folder: Path) -> None:
        self._program = shutil.which("redis-server") or ""
        if not self._program:
            pytest.skip("no redis-server on this machine: its going away was not tried")
        self._folder = folder
        [self._port] = free_ports(1)
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, with nothing of what was there before."""
        port = ["--port", str(self._port), "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen([self._program, *port], stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """Go without a word."""
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    made = OwnRedis(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def stand_on_redis(
    redis: OwnRedis, tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    """A cabinet that keeps the state of pages in that Redis."""
    monkeypatch.setenv("ZDRAV29_REDIS_URL", redis.url)
    with Stand(tmp_path / "stand", template=seeded) as running:
        yield running


def _ready(stand: Stand) -> str:
    return httpx.get(f"{stand.cabinet_url}/readyz", timeout=10).text


def test_o1_redis_goes_and_comes_back_and_a_page_goes_on(
    stand_on_redis: Stand, redis: OwnRedis, new_context: Callable[..., BrowserContext]
):
    page = new_context().new_page()  # its console may complain of the line
    sign_in(page.context, stand_on_redis)
    page.goto(f"{stand_on_redis.cabinet_url}/booking?speciality=therapist&show=1")
    booking = BookingScreen(page).arrived()
    booking.choose_time()

    redis.kill()
    assert _ready(stand_on_redis) == "redis"
    booking.confirm_button.click()

    alert = page.get_by_role("alert").filter(visible=True)
    expect(alert).to_have_attribute("data-code", "SYS-503")
    expect(alert).to_contain_text("Ваши записи и документы целы")
    failures = stand_on_redis.log_text("cabinet").count("state silent")
    assert 0 < failures < FEW
    redis.start()
    wait_until(lambda: _ready(stand_on_redis) == "ok")
    booking.confirm_button.click()
    expect(page).to_have_url(re.compile(r"/appointments/29-\d{8}"), timeout=PATIENCE)
    page.goto(f"{stand_on_redis.cabinet_url}/appointments")
    mine = AppointmentsScreen(page)
    # what was under way when Redis went may hold the tab's state for some seconds still
    expect(mine.main).to_have_attribute("data-ready", "true", timeout=PATIENCE)
    expect(mine.main.get_by_role("link", name=re.compile("Открыть талон"))).to_have_count(1)

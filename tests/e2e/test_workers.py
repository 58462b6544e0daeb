"""Row O1: two processes of the cabinet over Redis and PostgreSQL behave as one."""

import re
from collections.abc import Callable, Iterator

import httpx
import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests import servers
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.simulator import wait_until

PATIENCE = 30_000
ASKED = 12
"""New connections: with two processes, all of them reach one by chance once in two thousand."""


@pytest.fixture(scope="module")
def stand_of_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Two workers that share PostgreSQL and Redis."""
    with servers.database() as database, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZDRAV29_REDIS_URL", servers.redis())
        patch.setenv("ZDRAV29_WORKERS", "2")
        address = database.url.render_as_string(hide_password=False)
        patch.setenv("ZDRAV29_DATABASE_URL", address)
        with Stand(tmp_path_factory.mktemp("two")) as stand:
            wait_until(lambda: len(_workers(stand)) == 2)
            yield stand


@pytest.fixture
def enter(stand_of_two: Stand, open_page: Callable[[], Page]) -> Callable[[str], Page]:
    """Signs a fresh person in and opens an address."""

    def make(address: str) -> Page:
        page = open_page()
        sign_in(page.context, stand_of_two)
        page.goto(stand_of_two.cabinet_url + address)
        return page

    return make


def _workers(stand: Stand) -> list[psutil.Process]:
    """The processes that serve, as they were started."""
    children = psutil.Process(stand.pid_of("cabinet")).children(recursive=True)
    return [one for one in children if "resource_tracker" not in " ".join(one.cmdline())]


def _asks(stand: Stand, path: str) -> list[dict[str, object]]:
    return [httpx.get(f"{stand.cabinet_url}/_demo/{path}").json() for _ in range(ASKED)]


def test_o1_the_demo_clock_moves_in_every_process(stand_of_two: Stand):
    address = f"{stand_of_two.cabinet_url}/_demo/clock"

    httpx.post(address, json={"advance": "26h"}).raise_for_status()
    moved = _asks(stand_of_two, "clock")
    httpx.post(address, json={"reset": True}).raise_for_status()

    assert all(one["moved"] for one in moved)
    assert not any(one["moved"] for one in _asks(stand_of_two, "clock"))


def test_o1_what_is_expected_once_is_met_in_one_process_only(
    stand_of_two: Stand, enter: Callable[[str], Page]
):
    pages = [enter("/booking") for _ in range(4)]
    address = f"{stand_of_two.cabinet_url}/_demo/expectations"
    expected = {"when": {"endpoint": "booking_state.search"}, "then": {"error": "SYS-503"}}
    httpx.post(address, json=expected).raise_for_status()

    for page in pages:
        BookingScreen(page).main.get_by_role("button", name="Показать свободное время").click()
    for page in pages:
        expect(page.get_by_role("alert").or_(BookingScreen(page).times).first).to_be_visible()

    refused = [page for page in pages if page.get_by_role("alert").filter(visible=True).count()]
    [known] = httpx.get(address).json()["expectations"]
    httpx.delete(address).raise_for_status()
    assert (known["left"], known["consumed"], len(refused)) == (0, 1, 1)


def test_o1_a_time_taken_through_one_process_leaves_the_pages_of_the_other(
    enter: Callable[[str], Page],
):
    pages = [enter("/booking?speciality=ent&show=1") for _ in range(4)]
    watching = [BookingScreen(page).arrived() for page in pages[1:]]
    times = BookingScreen(pages[0]).arrived().times
    name = times.last.inner_text()
    begin = len(watching[0].times.all())
    assert begin > 1

    BookingScreen(pages[0]).choose_time()

    for each in watching:
        expect(each.times).to_have_count(begin - 1)
        assert name not in each.times.all_inner_texts()


def test_o1_processes_that_are_killed_lose_nothing_and_double_nothing(
    stand_of_two: Stand, new_context: Callable[..., BrowserContext]
):
    page = new_context().new_page()  # its console may complain of the line
    sign_in(page.context, stand_of_two)
    page.goto(f"{stand_of_two.cabinet_url}/booking?speciality=therapist&show=1")
    booking = BookingScreen(page).arrived()
    booking.choose_time()

    for worker in _workers(stand_of_two):  # whichever of them serves this page
        worker.kill()
    away = page.get_by_text("Нет связи с сервером")
    expect(away).to_be_visible(timeout=PATIENCE)
    expect(away).to_be_hidden(timeout=PATIENCE)
    booking.confirm_button.click()

    expect(page).to_have_url(re.compile(r"/appointments/29-\d{8}"), timeout=PATIENCE)
    page.goto(f"{stand_of_two.cabinet_url}/appointments")
    mine = AppointmentsScreen(page).arrived()
    expect(mine.main.get_by_role("link", name=re.compile("Открыть талон"))).to_have_count(1)
    wait_until(lambda: len(_workers(stand_of_two)) == 2)

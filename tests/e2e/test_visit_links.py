"""Rows B2 and B3 from a letter: links of a reminder that confirm or cancel without a sign-in."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.conftest import CabinetLog
from tests.e2e.screens.appointments import TalonScreen
from tests.e2e.simulator import SimPerson, Simulator
from tests.e2e.test_talon import book
from zdrav29_app.rules.notices import NOT_LATER_THAN


@pytest.fixture
def demo(cabinet_url: str) -> Iterator[httpx.Client]:
    """The demo controls; the clock is put back."""
    with httpx.Client(base_url=f"{cabinet_url}/_demo", timeout=10) as client:
        yield client
        client.post("/clock", json={"reset": True}).raise_for_status()


@pytest.fixture
def person(simulator: Simulator) -> SimPerson:
    return simulator.new_person()


@pytest.fixture
def talon(open_page: Callable[[], Page], simulator: Simulator, person: SimPerson) -> TalonScreen:
    """The talon of a visit on another day."""
    page = open_page()
    simulator.put_session(page.context, person)
    page.goto("/auth/esia/login")
    return book(page)


def _links(
    talon: TalonScreen, person: SimPerson, simulator: Simulator, demo: httpx.Client
) -> tuple[str, str]:
    """Wait by the clock for the reminder; its links to confirm and to cancel."""
    file = talon.page.request.get(f"/appointments/{talon.number}.ics").text()
    [starts] = re.findall(r"DTSTART:(\d{8}T\d{6})Z", file)
    moment = datetime.strptime(starts, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    latest = moment - NOT_LATER_THAN  # of an early visit, the one that the night put off
    demo.post("/clock", json={"set": latest.isoformat()})
    letter = simulator.letter_about(person, f"Напоминание о приёме № {talon.number}")
    [confirm] = [link for link in letter["links"] if "/visit/confirm/" in link]
    [cancel] = [link for link in letter["links"] if "/visit/cancel/" in link]
    return confirm, cancel


def test_b2_a_link_of_the_reminder_confirms_the_visit_and_names_nobody(
    talon: TalonScreen,
    person: SimPerson,
    simulator: Simulator,
    demo: httpx.Client,
    cabinet: Page,
    cabinet_log: CabinetLog,
):
    doctor = talon.main.locator(".ticket-body p").first.inner_text()
    confirm, _ = _links(talon, person, simulator, demo)
    assert httpx.get(confirm).text == httpx.get(confirm).text  # scanners open links, too

    cabinet.goto(confirm)
    words = cabinet.get_by_role("main").inner_text()
    for private in (person.last_name, doctor, "Терапевт", "терапевт", talon.number):
        assert private not in words
    expect_accessible(cabinet)
    cabinet.get_by_role("button", name="Приду").click()

    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Спасибо, ждём вас")
    expect_accessible(cabinet)
    demo.post("/clock", json={"reset": True}).raise_for_status()
    talon.open()
    expect(talon.main).to_contain_text("Вы подтвердили, что придёте")
    assert confirm.rpartition("/")[2] not in cabinet_log.text()


def test_b3_a_link_of_the_reminder_cancels_the_visit_once(
    talon: TalonScreen,
    person: SimPerson,
    simulator: Simulator,
    demo: httpx.Client,
    cabinet: Page,
):
    cabinet.set_viewport_size({"width": 390, "height": 844})
    _, cancel = _links(talon, person, simulator, demo)
    cabinet.goto(cancel)
    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Отменить запись?")
    expect_accessible(cabinet)

    cabinet.get_by_role("button", name="Отменить запись").click()
    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Запись отменена")

    cabinet.goto(cancel)
    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Эта ссылка больше не действует")
    expect(cabinet.get_by_role("alert")).to_have_attribute("data-code", "LINK-404")
    expect(cabinet.get_by_role("link", name="Открыть мои записи")).to_be_visible()
    expect_accessible(cabinet)
    demo.post("/clock", json={"reset": True}).raise_for_status()
    talon.open().expect_status("Отменён вами")


def test_links_that_never_were_are_answered_alike_whatever_they_ask(cabinet_url: str):
    def answer(address: str, method: str) -> tuple[int, str]:
        got = httpx.request(method, f"{cabinet_url}{address}")
        return got.status_code, re.sub(r"[0-9a-f]{12}|\d\d(:|%3A)\d\d(:|%3A)\d\d", "", got.text)

    unknown = answer(f"/visit/confirm/{'x' * 43}", "GET")

    assert unknown[0] == 404
    assert unknown == answer("/visit/cancel/short", "GET") == answer("/visit/steal/x", "POST")

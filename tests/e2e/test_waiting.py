"""Rows B1 and B3: freed times reach who waits for them, and a clinic that calls off makes good."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.appointments import AppointmentsScreen, TalonScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.waiting import WaitingScreen, arrived_at_talon, called_off
from tests.e2e.simulator import SimPerson, Simulator

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
FULL = (
    {"speciality": "general", "branch": "Амбулатория на острове Кего"},
    {"speciality": "surgeon", "branch": "Поликлиника на Троицком"},
)
"""Doctors of whose times none is free."""
TAKE = re.compile("^Записаться: ")
NOWHERE_FREE = "/booking?speciality=general&district=Архангельск&show=1"
"""The only general practitioner of the town has every time taken."""


@pytest.fixture
def enter(open_page: Callable[[], Page], simulator: Simulator):
    """Signs a person in, in a browser of its own with a window of this size."""

    def make(person: SimPerson, size: Any = DESKTOP) -> Page:
        page = open_page()
        page.set_viewport_size(size)
        simulator.put_session(page.context, person)
        page.goto("/auth/esia/login")
        page.wait_for_selector('main[data-ready="true"]')
        return page

    return make


@pytest.fixture
def demo(cabinet_url: str):
    """The demo controls; the clock and who has no free time are put back."""
    with httpx.Client(base_url=f"{cabinet_url}/_demo", timeout=10) as client:
        yield client
        client.post("/clock", json={"reset": True}).raise_for_status()
        for each in FULL:
            client.post("/clinic", json={"take": each}).raise_for_status()


def _give_visit(demo: httpx.Client, simulator: Simulator, person: SimPerson, **visit: Any) -> None:
    oid = simulator.esia.person(person.key)["oid"]
    demo.put(f"/people/{oid}", json={"visits": [visit]}).raise_for_status()


def _never_quiet(page: Page) -> None:
    """Let messages come at any hour, so that the test may run at night."""
    page.goto("/settings")
    Screen(page).wait_ready()
    page.get_by_label("Не присылать напоминания в тихие часы").uncheck()
    page.get_by_role("button", name="Сохранить настройки").click()
    expect(page.get_by_role("status").filter(has_text="сохранены")).to_be_visible()


def _no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("size", "in_days"), [(PHONE, 3), (DESKTOP, 4)], ids=["phone", "desktop"])
def test_b1_a_freed_time_goes_to_who_waits_and_is_booked_from_the_offer(
    enter: Callable[..., Page],
    simulator: Simulator,
    demo: httpx.Client,
    size: dict[str, int],
    in_days: int,
):
    patient, other = simulator.new_person(), simulator.new_person()
    _give_visit(demo, simulator, other, speciality="general", in_days=in_days)
    page = enter(patient, size)
    _never_quiet(page)
    page.goto(NOWHERE_FREE)
    BookingScreen(page).arrived().main.get_by_role("link", name="Встать в лист ожидания").click()
    waiting = WaitingScreen(page).arrived()
    expect(waiting.main.get_by_label("Специальность")).to_have_value("general")
    expect_accessible(page)
    waiting.join()
    expect(waiting.main).to_contain_text("Перед вами никого нет")
    since = simulator.cursor()

    AppointmentsScreen(enter(other)).open().cancel(re.compile("^Отменить"))

    message = simulator.next_message(patient, "sms", since=since)
    assert "есть время из листа ожидания" in message["text"]
    page.goto("/home")
    page.get_by_role("link", name="Посмотреть предложение").click()
    waiting.arrived()
    expect(waiting.offer).to_contain_text(re.compile("закреплён за вами на (29|30):"))
    expect_accessible(page)
    _no_sideways_scroll(page)
    talon = waiting.take_offer()
    talon.expect_status("Подтверждён")
    expect(waiting.open().main).to_contain_text("Вы записались")


def test_b1_an_offer_without_an_answer_goes_to_the_next_by_itself(
    enter: Callable[..., Page], simulator: Simulator, demo: httpx.Client
):
    first, second, other = (simulator.new_person() for _ in range(3))
    _give_visit(demo, simulator, other, speciality="surgeon", in_days=10)
    lists = [_wait_for_surgeon(enter(person)) for person in (first, second)]
    since = simulator.cursor()
    AppointmentsScreen(enter(other)).open().cancel(re.compile("^Отменить"))
    assert "есть время" in simulator.next_message(first, "sms", since=since)["text"]

    demo.post("/clock", json={"advance": "31m"}).raise_for_status()

    assert "есть время" in simulator.next_message(second, "sms", since=since)["text"]
    demo.post("/clock", json={"reset": True}).raise_for_status()
    for waiting in lists:
        waiting.open().leave()
        expect(waiting.main).to_contain_text("Вы пока никого не ждёте")


def _wait_for_surgeon(page: Page) -> WaitingScreen:
    _never_quiet(page)
    page.goto("/waiting?speciality=surgeon")
    waiting = WaitingScreen(page).arrived()
    waiting.join()
    return waiting


def test_b1_no_to_an_offer_keeps_the_place_and_leaving_is_asked_twice(
    enter: Callable[..., Page], simulator: Simulator, demo: httpx.Client
):
    patient, other = simulator.new_person(), simulator.new_person()
    _give_visit(demo, simulator, other, speciality="surgeon", in_days=5)
    page = enter(patient)
    waiting = _wait_for_surgeon(page)
    AppointmentsScreen(enter(other)).open().cancel(re.compile("^Отменить"))
    waiting.open()

    waiting.decline_offer()

    expect(page.get_by_role("status").filter(has_text="место в листе сохранилось")).to_be_visible()
    page.get_by_text("Что происходило").click()
    expect(waiting.main).to_contain_text("Вы отказались от времени")
    waiting.leave()
    expect(waiting.main).to_contain_text("Вы пока никого не ждёте")
    expect_accessible(page)


def test_b1_who_may_not_book_there_cannot_wait_there_and_hears_why(
    enter: Callable[..., Page], simulator: Simulator
):
    page = enter(simulator.new_person())
    page.goto("/waiting?speciality=cardiologist")
    waiting = WaitingScreen(page).arrived()

    waiting.main.get_by_role("button", name="Встать в лист ожидания").click()

    waiting.expect_refusal("BOOK-203", "нужно направление")


def test_b1_a_period_that_makes_no_sense_is_said_and_nothing_is_lost(
    enter: Callable[..., Page], simulator: Simulator
):
    page = enter(simulator.new_person())
    page.goto("/waiting?speciality=general")
    waiting = WaitingScreen(page).arrived()
    waiting.main.get_by_label("Не раньше").select_option("20:00")
    waiting.main.get_by_label("Не позже").select_option("08:00")

    waiting.main.get_by_role("button", name="Встать в лист ожидания").click()

    expect(waiting.main).to_contain_text("Часы: начало раньше конца")
    expect(waiting.main.get_by_label("Не раньше")).to_have_value("1200")
    expect_accessible(page)


@pytest.mark.parametrize(("size", "in_days"), [(PHONE, 6), (DESKTOP, 7)], ids=["phone", "desktop"])
def test_b3_a_visit_the_clinic_called_off_is_replaced_by_one_of_three_held_times(
    enter: Callable[..., Page],
    simulator: Simulator,
    demo: httpx.Client,
    size: dict[str, int],
    in_days: int,
):
    patient = simulator.new_person()
    _give_visit(demo, simulator, patient, speciality="ophthalmologist", in_days=in_days)
    page = enter(patient, size)
    number = _only_talon(page)
    since = simulator.cursor()

    body = {"cancel": number, "reason": "Врач заболел"}
    answer = demo.post("/clinic", json=body).raise_for_status()

    held = [one["slot"] for one in answer.json()["replacements"]]
    assert len(held) == 3
    message = simulator.next_message(patient, "sms", since=since)
    assert "клиника отменила приём" in message["text"]
    assert "заболел" not in message["text"]
    for address in ("/home", "/appointments", f"/appointments/{number}"):
        page.goto(address)
        Screen(page).wait_ready()
        expect(called_off(page)).to_contain_text("Причина: Врач заболел")
        expect(
            called_off(page).get_by_role("button", name=re.compile("^Записаться"))
        ).to_have_count(3)
        expect_accessible(page)
        _no_sideways_scroll(page)
    TalonScreen(page, number).expect_status("Отменён клиникой: Врач заболел")
    called_off(page).get_by_role("button", name=TAKE).nth(1).click()

    arrived_at_talon(page).expect_status("Подтверждён")
    assert demo.post("/clinic", json={"take": held[1]}).json()["slots"] == []
    for other in (held[0], held[2]):
        assert demo.post("/clinic", json={"take": other}).json()["slots"] == [other]
    page.goto("/home")
    Screen(page).wait_ready()
    expect(called_off(page)).to_have_count(0)


def test_b3_none_of_the_held_times_fits_and_all_are_free_again(
    enter: Callable[..., Page], simulator: Simulator, demo: httpx.Client
):
    patient = simulator.new_person()
    _give_visit(demo, simulator, patient, speciality="ophthalmologist", in_days=8)
    page = enter(patient)
    answer = demo.post("/clinic", json={"cancel": _only_talon(page)})
    held = [one["slot"] for one in answer.json()["replacements"]]
    page.goto("/home")
    Screen(page).wait_ready()

    called_off(page).get_by_role("button", name=re.compile("^Ни одно не подходит")).click()

    expect(page.get_by_role("status").filter(has_text="снова свободно для других")).to_be_visible()
    expect(called_off(page)).to_have_count(0)
    for slot_id in held:
        assert demo.post("/clinic", json={"take": slot_id}).json()["slots"] == [slot_id]


def test_q3_times_are_published_and_taken_by_the_demo_control(
    demo: httpx.Client, simulator: Simulator
):
    day = {"day": _in_days(demo, 9), "from": "21:00", "to": "22:00"}
    surgeon = {"speciality": "surgeon", "branch": "Поликлиника на Ломоносова", **day}

    made = demo.post("/clinic", json={"publish": surgeon})

    assert made.status_code == 201
    assert len(made.json()["slots"]) == 2
    assert demo.post("/clinic", json={"take": surgeon}).json() == made.json()
    assert demo.post("/clinic", json={"publish": surgeon}).json() == {"slots": []}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "exactly one"),
        ({"cancel": "29-00000000", "take": 5}, 400, "exactly one"),
        ({"reason": "Врач заболел"}, 400, "exactly one"),
        ({"close": True}, 400, "cancel, reason, publish, take"),
        ({"cancel": 5}, 400, "cancel: words"),
        ({"cancel": "29-00000000"}, 404, "GEN-404"),
        ({"publish": {"speciality": "surgeon"}}, 400, "a day"),
        ({"publish": {"day": "2026-12-01"}}, 400, "whose times"),
        ({"publish": {"speciality": "surgeon", "day": "soon"}}, 400, "day like"),
        ({"publish": {"speciality": "shaman", "day": "2026-12-01"}}, 404, "GEN-404"),
        ({"take": {"speciality": "surgeon", "room": "214"}}, 400, "take: an object"),
        ({"take": -1}, 400, "id of a time"),
    ],
)
def test_q3_what_the_clinic_cannot_do_is_refused_in_words(
    demo: httpx.Client, body: dict[str, Any], status: int, words: str
):
    answer = demo.post("/clinic", json=body)

    assert answer.status_code == status
    assert words in answer.json()["error"]


def _only_talon(page: Page) -> str:
    """The number of the only visit ahead."""
    appointments = AppointmentsScreen(page).open()
    link = appointments.main.get_by_role("link", name=re.compile("^Открыть талон"))
    return (link.get_attribute("href") or "").rpartition("/")[2]


def _in_days(demo: httpx.Client, days: int) -> str:
    """A day ahead, as the cabinet counts them."""
    now = datetime.fromisoformat(demo.get("/clock").json()["now"])
    return (now.astimezone(ZoneInfo("Europe/Moscow")).date() + timedelta(days=days)).isoformat()

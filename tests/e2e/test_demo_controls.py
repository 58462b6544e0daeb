"""Row Q3 in the cabinet: time moves, things go wrong on call, everything is as new in seconds."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.conftest import CabinetLog
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.attachment import AttachmentScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import SimPerson, Simulator

SEVERODVINSK = "Северодвинская городская больница № 1"


def test_q3_a_session_expires_when_the_clock_is_moved(signed_in: Page, demo: httpx.Client):
    HomeScreen(signed_in).open()
    moved = demo.post("/clock", json={"advance": "31m"}).json()
    assert moved["moved"] is True

    signed_in.get_by_role("link", name="Запись к врачу").filter(visible=True).first.click()

    SignInScreen(signed_in).arrived().expect_refusal("AUTH-440", "вернётесь туда")


def test_q3_a_reminder_comes_when_its_hour_is_near(
    cabinet: Page, simulator: Simulator, demo: httpx.Client
):
    person = _enter(cabinet, simulator)
    since = simulator.cursor()
    talon = _book(cabinet)
    assert "вы записаны" in simulator.next_message(person, "sms", since=since)["text"]
    since = simulator.cursor()

    demo.post("/clock", json={"advance": "14d"}).raise_for_status()

    message = simulator.next_message(person, "sms", since=since)
    assert "напоминаем о приёме" in message["text"]
    assert talon in message["text"]


def test_q3_any_act_fails_on_call_and_then_works_again(signed_in: Page, demo: httpx.Client):
    expected = {"when": {"endpoint": "booking_state.confirm"}, "then": {"error": "SYS-500"}}
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    demo.post("/expectations", json=expected).raise_for_status()

    booking.confirm_button.click()

    booking.expect_refusal("SYS-500", re.compile("."))
    [consumed] = demo.get("/expectations").json()["expectations"]
    assert (consumed["consumed"], consumed["left"]) == (1, 0)
    booking.confirm()


def test_a_refusal_comes_into_sight_wherever_the_reader_is_and_so_does_the_next(
    signed_in: Page, demo: httpx.Client
):
    signed_in.set_viewport_size({"width": 390, "height": 600})
    when = {"endpoint": "booking_state.confirm"}
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    fail = {"when": when, "then": {"error": "SYS-500"}, "times": 2}
    demo.post("/expectations", json=fail).raise_for_status()

    told = ""
    for _ in range(2):
        signed_in.evaluate("scrollTo(0, document.body.scrollHeight)")
        booking.confirm_button.click()
        expect(booking.refusal).not_to_have_attribute("data-request-id", told)
        told = booking.refusal.get_attribute("data-request-id") or ""

        expect(booking.refusal.get_by_role("heading")).to_be_in_viewport()


def test_q3_a_message_is_lost_or_late_on_call(
    cabinet: Page, simulator: Simulator, demo: httpx.Client
):
    person = _enter(cabinet, simulator)
    demo.post("/expectations", json={"when": {"endpoint": "sms"}, "then": {"drop": True}})
    late = {"when": {"endpoint": "email"}, "then": {"delay": 2}}
    demo.post("/expectations", json=late)
    since = simulator.cursor()

    number = _book(cabinet)

    letter = simulator.next_message(person, "email", since=since)
    assert number in letter["text"]
    assert simulator.esia.messages(to=person.key, channel="sms", since=since)["messages"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", {"advance": "soon"}),
        ("/clock", {"advance": "1h", "reset": True}),
        ("/clock", {"set": "2026-11-24T09:00:00"}),
        ("/expectations", {"when": {"endpoint": "booking_state.fly"}, "then": {"drop": True}}),
        ("/expectations", {"when": {"endpoint": "sms"}, "then": {"error": "SYS-500"}}),
        ("/expectations", {"when": {"endpoint": "event"}, "then": {"error": "BOOK-201"}}),
        ("/expectations", {"when": {"endpoint": "event"}, "then": {}}),
        ("/expectations", {"when": [], "then": {"drop": True}}),
        ("/expectations", {"when": {"endpoint": "event"}, "then": {"drop": True}, "times": 0}),
        ("/clinic", {"decide": "П-000001", "refusal": "weather"}),
        ("/reset", {"everything": True}),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    demo: httpx.Client, path: str, body: dict[str, Any]
):
    answer = demo.post(path, json=body)

    assert answer.status_code == 400
    assert "expected" in answer.json()["error"]


def test_q3_a_clinic_decides_an_application_on_call_and_only_once(
    signed_in: Page, demo: httpx.Client
):
    attachment = AttachmentScreen(signed_in).open()
    attachment.choose(SEVERODVINSK)
    attachment.send()
    number = attachment.sent_number()

    refused = demo.post("/clinic", json={"decide": number, "refusal": "policy"})
    again = demo.post("/clinic", json={"decide": number})

    assert refused.status_code == 204
    assert (again.status_code, again.json()) == (409, {"error": "ATT-306"})
    signed_in.goto("/attachment/history")
    expect(signed_in.locator("main")).to_contain_text("данные полиса не совпали")


def test_q3_whose_parent_and_where_attached_somebody_is_can_be_set(
    enter: Callable[[SimPerson], Page], simulator: Simulator, demo: httpx.Client
):
    person, child = (
        simulator.new_person(),
        simulator.new_person(has_entered=False, birth_date="2019-07-27", last_name="Двинской"),
    )
    page = enter(person)
    oid = simulator.esia.person(person.key)["oid"]

    known = {"attachment": None, "children": [child.key]}
    demo.put(f"/people/{oid}", json=known).raise_for_status()

    page.goto("/family")
    expect(page.locator("main")).to_contain_text("Двинской")
    page.goto("/attachment")
    expect(page.locator("main")).to_contain_text("не прикреплены")
    assert demo.put(f"/people/{oid}", json={"children": "anna"}).status_code == 400


def test_a_page_of_another_site_controls_nothing(demo: httpx.Client):
    answer = demo.post("/reset", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_q5_a_reset_makes_everything_as_new_while_both_run(
    own_stand: Stand, cabinet: Page, cabinet_log: CabinetLog
):
    del cabinet_log
    sign_in(cabinet.context, own_stand)
    cabinet.goto(f"{own_stand.cabinet_url}/booking")

    answer = httpx.post(f"{own_stand.cabinet_url}/_demo/reset", timeout=20)

    assert answer.status_code == 204
    cabinet.reload()
    SignInScreen(cabinet).arrived()
    sign_in(cabinet.context, own_stand)
    cabinet.goto(f"{own_stand.cabinet_url}/appointments")
    AppointmentsScreen(cabinet).arrived().expect_nothing_ahead()


def test_beyond_loopback_the_demo_controls_ask_for_the_key(
    tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ZDRAV29_HOST", "0.0.0.0")
    monkeypatch.setenv("ZDRAV29_DEMO_KEY", "north-29")
    with Stand(tmp_path, template=seeded) as stand:
        clock = f"{stand.cabinet_url}/_demo/clock"

        answers = [
            httpx.get(clock, headers=headers).status_code
            for headers in ({}, {"X-Sim-Key": "north-30"}, {"X-Sim-Key": "north-29"})
        ]

    assert answers == [403, 403, 200]


def _enter(page: Page, simulator: Simulator) -> SimPerson:
    person = simulator.new_person()
    simulator.put_session(page.context, person)
    page.goto("/auth/esia/login")
    page.wait_for_selector('main[data-ready="true"]')
    return person


def _book(page: Page) -> str:
    booking = BookingScreen(page).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()
    expect(page).to_have_url(re.compile(talon.number))
    return talon.number

"""What an attacker tries: foreign visits, raw sockets, foreign origins, wrong types, leaks."""

import re
from collections.abc import Callable

import httpx
import pytest
import socketio.exceptions
from playwright.sync_api import Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.conftest import CabinetLog
from tests.e2e.raw_tab import STATE, RawTab, handler, raw_tab
from tests.e2e.screens.appointments import AppointmentsScreen, TalonScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import cookie_header, wait_until

CANCEL = handler("appointments", "appointments_state", "cancel")
CONFIRM = handler("booking", "booking_state", "confirm")
LOAD = handler("appointments", "appointments_state", "load")


@pytest.fixture
def annas_talon(signed_in: Page) -> TalonScreen:
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    return booking.confirm()


def test_vera_cannot_read_annas_visit_by_its_address(
    annas_talon: TalonScreen, another_signed_in: Page, cabinet_url: str
):
    another_signed_in.goto(annas_talon.address)
    TalonScreen(another_signed_in, annas_talon.number).wait_ready()

    expect(another_signed_in.locator("main")).to_contain_text("Такого талона у вас нет")
    cookie = cookie_header(another_signed_in.context)
    answer = httpx.get(f"{cabinet_url}{annas_talon.address}.ics", headers={"Cookie": cookie})
    assert answer.status_code == 404
    assert "BEGIN:VCALENDAR" not in answer.text
    another_signed_in.goto(f"{annas_talon.address}.ics")
    refused = Screen(another_signed_in)
    refused.expect_refusal("GEN-404", "Возможно, её отменили")
    expect_accessible(another_signed_in)


def test_vera_cannot_cancel_annas_visit_over_the_socket(
    annas_talon: TalonScreen, another_signed_in: Page, cabinet_url: str
):
    with raw_tab(cabinet_url, cookie=cookie_header(another_signed_in.context)) as tab:
        tab.hydrate()
        answer = tab.send(CANCEL, {"number": annas_talon.number})

    assert "GEN-404" in answer
    annas_talon.page.reload()
    annas_talon.arrived().expect_status("Подтверждён")


@pytest.mark.parametrize("name", [LOAD, CANCEL, CONFIRM])
def test_a_stranger_without_a_session_is_sent_to_sign_in(cabinet_url: str, name: str):
    payload = {CANCEL: {"number": "29-00000000"}, CONFIRM: {"slot_id": 1}}.get(name, {})

    with raw_tab(cabinet_url) as tab:
        tab.hydrate()
        answer = tab.send(name, payload)

    assert "_redirect" in answer
    assert "/?next=" in answer


def test_a_session_that_was_ended_opens_nothing_in_a_socket_that_is_still_open(
    signed_in: Page, cabinet_url: str
):
    cookie = cookie_header(signed_in.context)
    with raw_tab(cabinet_url, cookie=cookie) as tab:
        tab.hydrate()
        assert "AUTH-440" not in tab.send(LOAD, {})

        httpx.get(f"{cabinet_url}/auth/logout", headers={"Cookie": cookie})

        _expect_session_ended(tab)


def test_a_session_idle_for_too_long_opens_nothing_in_a_socket_that_is_still_open(
    own_stand: Stand, open_page: Callable[[], Page]
):
    page = open_page()
    sign_in(page.context, own_stand)
    with raw_tab(own_stand.cabinet_url, cookie=cookie_header(page.context)) as tab:
        tab.hydrate()
        assert "AUTH-440" not in tab.send(LOAD, {})

        httpx.post(f"{own_stand.cabinet_url}/_demo/clock", json={"advance": "31m"})

        _expect_session_ended(tab)


def _expect_session_ended(tab: RawTab) -> None:
    acts = {LOAD: {}, CANCEL: {"number": "29-00000000"}, CONFIRM: {"slot_id": 1}}
    for name, payload in acts.items():
        answer = tab.send(name, payload)
        assert "_redirect" in answer
        assert "code=AUTH-440" in answer


@pytest.mark.parametrize("value", [{"a": 1}, ["29"], None, 10**30, "x" * 5000, True, -1])
def test_arguments_of_a_wrong_kind_are_refused_with_a_code(
    signed_in: Page, cabinet_url: str, value: object
):
    with raw_tab(cabinet_url, cookie=cookie_header(signed_in.context)) as tab:
        tab.hydrate()
        answers = [tab.send(CANCEL, {"number": value}), tab.send(CONFIRM, {"slot_id": value})]

    for answer in answers:
        assert re.search("GEN-40[04]|BOOK-|SLOT-|is_busy", answer)


def test_a_page_of_another_origin_cannot_open_the_socket(
    signed_in: Page, cabinet_url: str, cabinet_log: CabinetLog
):
    cabinet_log.forgive("engineio.server")
    with (
        pytest.raises(socketio.exceptions.ConnectionError),
        raw_tab(cabinet_url, cookie=cookie_header(signed_in.context), origin="http://evil.example"),
    ):
        pass


def test_who_presents_the_token_of_a_closed_tab_gets_an_empty_one(
    annas_talon: TalonScreen, another_signed_in: Page, cabinet_url: str
):
    token = "11111111-2222-4333-8444-555555555555"
    anna = cookie_header(annas_talon.page.context)
    with raw_tab(cabinet_url, cookie=anna, token=token) as tab:
        tab.hydrate()
        assert annas_talon.number in tab.send(LOAD, {})

    for cookie in ("", cookie_header(another_signed_in.context)):
        with raw_tab(cabinet_url, cookie=cookie, token=token) as tab:
            assert annas_talon.number not in tab.hydrate()


def test_the_session_token_never_travels_to_the_browser(signed_in: Page, cabinet_url: str):
    frames: list[str] = []
    signed_in.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    signed_in.goto("/home")
    BookingScreen(signed_in).open()
    cookie = cookie_header(signed_in.context)
    token = re.search(r"zdrav29_\w+=([^;]+)", cookie)
    assert token

    with raw_tab(cabinet_url, cookie=cookie) as tab:
        tab.hydrate()
        frames += tab.frames

    assert frames
    assert token[1] not in "\n".join(frames)
    assert token[1] not in signed_in.content()


def test_unknown_events_leave_no_secret_in_the_log(
    signed_in: Page, cabinet_url: str, cabinet_log: CabinetLog
):
    cookie = cookie_header(signed_in.context)
    secret = cookie.partition("=")[2][:20]

    with raw_tab(cabinet_url, cookie=cookie) as tab:
        tab.hydrate()
        event = {"name": f"{STATE}.nothing.such", "payload": {"password": "Pomor-2026"}}
        tab.client.emit("event", event | {"router_data": {}}, namespace="/_event")
        tab.send(CANCEL, {"number": {"password": "Pomor-2026"}})

    text = cabinet_log.text()
    assert "Pomor-2026" not in text
    assert secret not in text
    cabinet_log.forgive("event_processor")


def test_uploads_do_not_exist(cabinet_url: str):
    assert httpx.post(f"{cabinet_url}/_upload").status_code in {403, 404, 405}


def test_who_goes_to_esia_again_and_again_is_told_to_wait(own_stand: Stand, cabinet: Page):
    with httpx.Client(base_url=own_stand.cabinet_url) as robot:
        answers = [robot.get("/auth/esia/login").headers["location"] for _ in range(121)]

    assert all("/aas/oauth2/ac" in answer for answer in answers[:120])
    cabinet.goto(own_stand.cabinet_url + answers[-1])
    SignInScreen(cabinet).arrived().expect_refusal("GEN-429", "Подождите минуту")


def test_a_flood_of_events_is_dropped_and_others_go_on(
    signed_in: Page, another_signed_in: Page, cabinet_url: str, cabinet_log: CabinetLog
):
    with raw_tab(cabinet_url, cookie=cookie_header(signed_in.context)) as tab:
        tab.hydrate()
        for _ in range(400):
            tab.client.emit("event", {"name": LOAD, "payload": {}}, namespace="/_event")
        wait_until(lambda: "events dropped" in cabinet_log.text())

        AppointmentsScreen(another_signed_in).open()

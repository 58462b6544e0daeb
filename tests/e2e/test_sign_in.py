"""Rows E1 and E5 as far as they go: entering, being sent back, being refused, leaving."""

import re
import socket
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import EsiaPages, sign_in_as
from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.entry import WelcomeScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator


class DocumentsScreen(Screen):
    """The page «Мои документы»."""

    address = "/documents"
    heading = "Мои документы"


def test_e1_a_signed_out_visitor_is_sent_to_sign_in_and_back(cabinet: Page, simulator: Simulator):
    cabinet.goto("/booking?speciality=therapist&show=1")
    start = SignInScreen(cabinet).arrived()
    expect(start.main).to_contain_text("Запись к врачу")

    start.go_to_esia()
    sign_in_as(cabinet, simulator.new_person().key, esia=simulator.esia)

    booking = BookingScreen(cabinet).arrived()
    expect(cabinet).to_have_url(re.compile(r"/booking\?speciality=therapist&show=1$"))
    expect(booking.times.first).to_be_visible()


def test_e1_a_live_esia_session_needs_no_second_sign_in(cabinet: Page, simulator: Simulator):
    person = simulator.new_person()
    simulator.put_session(cabinet.context, person)

    SignInScreen(cabinet).open().go_to_esia()

    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(cabinet.get_by_role("banner")).to_contain_text(person.last_name)


def test_e1_pressing_twice_signs_in_once(cabinet: Page, simulator: Simulator):
    person = simulator.new_person()
    simulator.put_session(cabinet.context, person)
    start = SignInScreen(cabinet).open()
    when = {"endpoint": "token", "person": person.key}
    simulator.esia.expect(when, {"hold": "presses"}, times=2)

    for waiting in (1, 2):
        start.press()
        held = simulator.esia.gate("presses", count=waiting, wait=10)
        assert held["waiting"] == waiting
    simulator.esia.release("presses")

    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()


def test_e1_two_tabs_that_come_back_from_esia_at_once_are_both_signed_in(
    cabinet: Page, simulator: Simulator
):
    person = simulator.new_person()
    simulator.put_session(cabinet.context, person)
    tabs = [cabinet, cabinet.context.new_page()]
    screens = [SignInScreen(tab).open() for tab in tabs]
    when = {"endpoint": "token", "person": person.key}
    simulator.esia.expect(when, {"hold": "tabs"}, times=2)

    for screen in screens:
        screen.press()
    assert simulator.esia.gate("tabs", count=2, wait=10)["waiting"] == 2
    simulator.esia.release("tabs")

    for tab in tabs:
        expect(tab.get_by_role("heading", level=1, name="Главная")).to_be_visible()
        expect(tab.get_by_role("banner")).to_contain_text(person.last_name)


def test_e5_refusing_consent_is_answered_with_a_code_and_a_way_on(
    cabinet: Page, simulator: Simulator
):
    person = simulator.new_person()
    SignInScreen(cabinet).open().go_to_esia()
    esia = EsiaPages(cabinet, simulator.esia)
    esia.give_password(person.login, person.password)
    esia.give_code(person.key)

    esia.refuse_consent()

    start = SignInScreen(cabinet).arrived()
    start.expect_refusal("AUTH-403", "не разрешили")
    expect(start.refusal.get_by_role("link", name="Войти ещё раз")).to_be_visible()


def test_e5_while_esia_is_silent_the_start_page_says_so(
    tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch, cabinet: Page
):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ESIA_SIM_PUBLIC_URL", f"http://localhost:{nobody.getsockname()[1]}")
        with Stand(tmp_path, template=seeded) as stand:
            cabinet.goto(stand.cabinet_url)
            start = SignInScreen(cabinet).arrived()

            expect(start.main).to_contain_text("ЕСИА сейчас не отвечает")
            expect_accessible(cabinet)


def test_e5_an_answer_that_belongs_to_no_attempt_is_refused(cabinet: Page):
    cabinet.goto("/auth/esia/callback?code=x&state=7a2f0f5e-9a53-4ad5-8b6e-2f6f3d0c7b11")

    SignInScreen(cabinet).arrived().expect_refusal("AUTH-409", "начат в другом браузере")


@pytest.mark.parametrize(
    ("account", "documents"),
    [({"level": "simplified", "snils": None}, "Осталось"), ({"level": "standard"}, "Готово")],
)
def test_e7_an_account_that_is_not_confirmed_is_told_what_it_lacks(
    cabinet: Page, simulator: Simulator, account: dict[str, object], documents: str
):
    person = simulator.new_person(has_entered=False, **account)
    cabinet.goto("/?next=%2Fbooking")
    SignInScreen(cabinet).arrived().go_to_esia()

    sign_in_as(cabinet, person.key, esia=simulator.esia)

    heading = cabinet.get_by_role("heading", level=1, name="Подтвердите учётную запись ЕСИА")
    expect(heading).to_be_visible()
    step = cabinet.get_by_role("heading", level=3, name="Паспорт и СНИЛС в профиле")
    expect(step).to_have_accessible_name(re.compile(f"^{documents}"))
    expect_accessible(cabinet)

    simulator.esia.change_person(person.key, level="confirmed")
    cabinet.get_by_role("link", name="Войти ещё раз").click()
    WelcomeScreen(cabinet).arrived()
    expect(cabinet).to_have_url(re.compile("next=%2Fbooking"))


def test_e7_documents_ask_for_a_second_factor_and_return_to_the_same_place(
    cabinet: Page, simulator: Simulator
):
    person = simulator.new_person()
    SignInScreen(cabinet).open().go_to_esia()
    sign_in_as(cabinet, person.key, esia=simulator.esia, way="sms")
    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()

    cabinet.goto("/documents?kind=lab")
    documents = DocumentsScreen(cabinet).arrived()
    documents.expect_refusal("AUTH-421", "Подтвердите, что это вы")
    expect_accessible(cabinet)
    since = simulator.cursor()
    documents.refusal.get_by_role("link", name="Подтвердить вход").click()

    letter = simulator.next_message(person, "email", since=since)
    cabinet.get_by_label("Код из письма").fill(letter["code"])
    cabinet.get_by_role("button", name="Подтвердить").click()
    documents.arrived()
    expect(cabinet).to_have_url(re.compile(r"/documents\?kind=lab$"))
    expect(documents.main).to_contain_text("Документов пока нет")


def test_signing_out_ends_the_session_in_every_tab(signed_in: Page):
    HomeScreen(signed_in).open()
    other = signed_in.context.new_page()
    other.goto("/appointments")
    AppointmentsScreen(other).arrived()

    signed_in.get_by_role("link", name="Выйти").click()
    SignInScreen(signed_in).arrived()
    other.get_by_role("link", name="Запись к врачу").filter(visible=True).first.click()

    SignInScreen(other).arrived()


def test_signing_out_ends_the_esia_session_too(signed_in: Page):
    HomeScreen(signed_in).open()
    signed_in.get_by_role("link", name="Выйти").click()

    SignInScreen(signed_in).arrived().go_to_esia()

    expect(signed_in.get_by_label("Телефон / Email / СНИЛС")).to_be_visible()


def test_another_person_in_the_same_browser_sees_nothing_of_the_first(
    signed_in: Page, simulator: Simulator
):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()
    signed_in.get_by_role("link", name="Выйти").click()
    start = SignInScreen(signed_in).arrived()

    start.go_to_esia()
    sign_in_as(signed_in, simulator.new_person().key, esia=simulator.esia)
    Screen(signed_in).wait_ready()

    expect(signed_in.locator("body")).not_to_contain_text(talon.number)
    AppointmentsScreen(signed_in).open().expect_nothing_ahead()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "/auth/logout"]
)
def test_next_never_leads_to_another_site(cabinet: Page, simulator: Simulator, target: str):
    simulator.put_session(cabinet.context, simulator.new_person())

    cabinet.goto("/auth/esia/login?next=" + target)

    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(cabinet).to_have_url(re.compile(r"^http://localhost:\d+/home$"))


def test_the_session_cookie_is_out_of_reach_of_scripts(cabinet: Page, simulator: Simulator):
    simulator.put_session(cabinet.context, simulator.new_person())
    cabinet.goto("/auth/esia/login")
    HomeScreen(cabinet).arrived()
    cookies: list[Any] = list(cabinet.context.cookies())

    session = next(cookie for cookie in cookies if cookie["name"].startswith("zdrav29_"))

    assert session["httpOnly"] is True
    assert session["sameSite"] == "Lax"
    assert "zdrav29" not in cabinet.evaluate("document.cookie")

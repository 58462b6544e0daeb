"""Rows E1 and E5 as far as they go: entering, being sent back, being refused, leaving."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import EsiaScreen, SignInScreen
from tests.e2e.simulator import Simulator


def test_e1_a_signed_out_visitor_is_sent_to_sign_in_and_back(cabinet: Page, simulator: Simulator):
    cabinet.goto("/booking?speciality=therapist&show=1")
    start = SignInScreen(cabinet).arrived()
    expect(start.main).to_contain_text("Запись к врачу")

    start.go_to_esia()
    EsiaScreen(cabinet, simulator).sign_in(simulator.new_person())

    booking = BookingScreen(cabinet).arrived()
    expect(cabinet).to_have_url(re.compile(r"/booking\?speciality=therapist&show=1$"))
    expect(booking.times.first).to_be_visible()


def test_e1_a_live_esia_session_needs_no_second_sign_in(cabinet: Page, simulator: Simulator):
    person = simulator.new_person()
    simulator.put_session(cabinet.context, person)

    SignInScreen(cabinet).open().go_to_esia()

    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(cabinet.get_by_role("banner")).to_contain_text(person.last_name)


def test_e5_refusing_consent_is_answered_with_a_code_and_a_way_on(
    cabinet: Page, simulator: Simulator
):
    person = simulator.new_person()
    SignInScreen(cabinet).open().go_to_esia()
    esia = EsiaScreen(cabinet, simulator)
    esia.give_password(person.login, person.password)
    esia.give_code(person)

    esia.refuse_consent()

    start = SignInScreen(cabinet).arrived()
    start.expect_refusal("AUTH-403", "не разрешили")
    expect(start.refusal.get_by_role("link", name="Войти ещё раз")).to_be_visible()


def test_e5_an_answer_that_belongs_to_no_attempt_is_refused(cabinet: Page):
    cabinet.goto("/auth/esia/callback?code=x&state=7a2f0f5e-9a53-4ad5-8b6e-2f6f3d0c7b11")

    SignInScreen(cabinet).arrived().expect_refusal("AUTH-409", "начат в другом браузере")


def test_e7_an_account_that_is_not_confirmed_stays_outside(cabinet: Page, simulator: Simulator):
    person = simulator.new_person(level="standard")
    SignInScreen(cabinet).open().go_to_esia()

    EsiaScreen(cabinet, simulator).sign_in(person)

    SignInScreen(cabinet).arrived().expect_refusal("AUTH-412", "не подтверждена")


def test_signing_out_ends_the_session_in_every_tab(signed_in: Page):
    other = signed_in.context.new_page()
    other.goto("/appointments")
    AppointmentsScreen(other).arrived()

    signed_in.get_by_role("link", name="Выйти").click()
    SignInScreen(signed_in).arrived()
    other.get_by_role("link", name="Запись к врачу").filter(visible=True).first.click()

    SignInScreen(other).arrived()


def test_signing_out_ends_the_esia_session_too(signed_in: Page):
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
    EsiaScreen(signed_in, simulator).sign_in(simulator.new_person())
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


def test_the_session_cookie_is_out_of_reach_of_scripts(signed_in: Page):
    cookies: list[Any] = list(signed_in.context.cookies())

    session = next(cookie for cookie in cookies if cookie["name"].startswith("zdrav29_"))

    assert session["httpOnly"] is True
    assert session["sameSite"] == "Lax"
    assert "zdrav29" not in signed_in.evaluate("document.cookie")

"""Rows E2, E3 and E7: the first entry, and that nothing opens before it is complete."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.entry import ConsentScreen, WelcomeScreen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import SimPerson, Simulator


@pytest.fixture
def newcomer(simulator: Simulator) -> SimPerson:
    """Somebody who has never been in the cabinet."""
    return simulator.new_person(has_entered=False)


@pytest.fixture
def welcome(cabinet: Page, simulator: Simulator, newcomer: SimPerson) -> WelcomeScreen:
    """The newcomer on her way to `/booking`."""
    simulator.put_session(cabinet.context, newcomer)
    cabinet.goto("/auth/esia/login?next=%2Fbooking")
    return WelcomeScreen(cabinet).arrived()


def _other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_e2_e3_a_newcomer_confirms_her_phone_consents_and_arrives_where_she_was_going(
    welcome: WelcomeScreen, simulator: Simulator, newcomer: SimPerson
):
    phone = welcome.main.get_by_label("Номер телефона")
    expect(phone).to_have_value(re.compile(rf"^\+7 \(•••\) •••-••-{newcomer.phone[-2:]}$"))
    expect(phone).not_to_be_editable()
    expect_accessible(welcome.page)

    code = welcome.ask_for_code(simulator, newcomer)
    expect_accessible(welcome.page)
    welcome.give_code(code)
    consent = ConsentScreen(welcome.page).arrived()
    expect(consent.main).to_contain_text("Как отозвать")
    expect_accessible(welcome.page)
    welcome.page.evaluate("window.print = () => { document.title = 'printed' }")
    consent.main.get_by_role("button", name="Распечатать").click()
    expect(welcome.page).to_have_title("printed")
    consent.give()
    expect_accessible(welcome.page)
    consent.choose_way("Одноразовый код")

    BookingScreen(welcome.page).arrived()
    way = next(c for c in welcome.page.context.cookies() if "_way" in c.get("name", ""))
    assert (way.get("value"), way.get("httpOnly")) == ("sms", True)


def test_e2_wrong_codes_are_counted_and_then_the_step_is_closed_with_a_way_out(
    welcome: WelcomeScreen, simulator: Simulator, newcomer: SimPerson
):
    code = welcome.ask_for_code(simulator, newcomer)

    welcome.give_code(_other(code))

    welcome.expect_refusal("CODE-401", "Осталось: 2")
    expect(welcome.main.get_by_text("Новый код можно запросить через 0:")).to_be_visible()
    welcome.main.get_by_role("button", name="Отправить код ещё раз").click()
    welcome.expect_refusal("CODE-429", "Новый можно запросить через")
    welcome.give_code(code)
    ConsentScreen(welcome.page).arrived()


def test_e3_refusing_consent_is_explained_and_can_be_thought_over(
    welcome: WelcomeScreen, simulator: Simulator, newcomer: SimPerson
):
    welcome.give_code(welcome.ask_for_code(simulator, newcomer))
    consent = ConsentScreen(welcome.page).arrived()

    consent.main.get_by_role("button", name="Отказаться").click()

    expect(consent.main.get_by_role("heading", name="Без согласия")).to_be_visible()
    expect_accessible(consent.page)
    consent.main.get_by_role("button", name="Вернуться к согласию").click()
    expect(consent.main.get_by_role("button", name="Подтвердить согласие")).to_be_visible()


@pytest.mark.parametrize("address", ["/home", "/booking", "/appointments", "/consent"])
def test_e7_until_first_entry_is_complete_every_address_leads_to_it(
    welcome: WelcomeScreen, address: str
):
    welcome.page.goto(address)

    WelcomeScreen(welcome.page).arrived()


def test_e7_the_step_survives_a_reload_and_signing_out(
    welcome: WelcomeScreen, simulator: Simulator, newcomer: SimPerson
):
    code = welcome.ask_for_code(simulator, newcomer)

    welcome.page.reload()
    welcome.arrived()
    welcome.give_code(code)
    ConsentScreen(welcome.page).arrived()
    welcome.page.get_by_role("link", name="Выйти").click()

    SignInScreen(welcome.page).arrived()

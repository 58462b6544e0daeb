"""Rows G3 and G4: every way into ESIA, seen from the cabinet."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from esia_sim.playwright import EsiaPages, Way, sign_in_as
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import SimPerson, Simulator

SECRET = "SEVERNAYADVINASEVERNAYADVINA2345"
LOGIN = "Телефон / Email / СНИЛС"
# the second comes while the first is on its way
TWICE = "one => { one.click(); setTimeout(() => { one.click(); console.log('twice'); }, 300); }"


def _arrive(page: Page, person: SimPerson) -> None:
    """Agree, and stand in the cabinet."""
    page.get_by_role("button", name="Разрешить").click()
    expect(page.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text(person.last_name)


def _ask_the_app(page: Page, person: SimPerson) -> None:
    SignInScreen(page).open().go_to_esia()
    page.get_by_role("link", name="Мобильное приложение Госуслуги").click()
    page.get_by_label(LOGIN).fill(person.login)
    page.get_by_role("button", name="Отправить запрос на телефон").click()


def test_g3_a_code_from_an_sms_alone_lets_in_who_has_no_password(
    cabinet: Page, simulator: Simulator
):
    person = simulator.new_person(password=None)
    SignInScreen(cabinet).open().go_to_esia()
    cabinet.get_by_role("link", name="Войти по коду из СМС").click()
    expect_accessible(cabinet)

    cabinet.get_by_label(LOGIN).fill(person.login)
    cabinet.get_by_role("button", name="Получить код").click()
    expect_accessible(cabinet)
    cabinet.get_by_label("Код из СМС").fill(simulator.code_for(person))
    cabinet.get_by_role("button", name="Подтвердить", exact=True).click()

    _arrive(cabinet, person)


def test_g3_a_code_that_is_pressed_twice_goes_once(cabinet: Page, simulator: Simulator):
    person = simulator.new_person(password=None)
    SignInScreen(cabinet).open().go_to_esia()
    cabinet.get_by_role("link", name="Войти по коду из СМС").click()
    cabinet.get_by_label(LOGIN).fill(person.login)
    cabinet.get_by_role("button", name="Получить код").click()
    cabinet.get_by_label("Код из СМС").fill(simulator.code_for(person))
    on_the_way: list[Route] = []

    def hold(route: Route) -> None:
        on_the_way.append(route)

    cabinet.route("**/login/sms/code", hold)

    button = cabinet.get_by_role("button", name="Подтвердить", exact=True)
    with cabinet.expect_console_message(lambda one: one.text == "twice"):
        button.evaluate(TWICE)

    [only] = on_the_way
    only.continue_()

    _arrive(cabinet, person)


def test_g3_a_push_allowed_on_the_phone_lets_the_waiting_browser_in(
    cabinet: Page, open_page: Callable[[], Page], simulator: Simulator
):
    person, phone = simulator.new_person(), open_page()
    phone.goto(f"{simulator.esia.url}/phone/{person.key}")
    _ask_the_app(cabinet, person)
    expect_accessible(cabinet)

    number = cabinet.locator(".big").inner_text()
    expect(phone.get_by_text(f"Число на экране: {number}")).to_be_visible()
    expect_accessible(phone)
    phone.get_by_role("button", name="Разрешить").click()

    _arrive(cabinet, person)


def test_g3_a_push_denied_on_the_phone_is_told_with_another_way(
    cabinet: Page, simulator: Simulator
):
    person, since = simulator.new_person(), simulator.cursor()
    _ask_the_app(cabinet, person)

    simulator.esia.answer_push(simulator.esia.wait_for_push(person.key, since=since), "deny")

    expect(cabinet.get_by_role("heading", name="Вход отклонён на телефоне")).to_be_visible()
    expect_accessible(cabinet)
    expect(cabinet.get_by_role("link", name="Войти другим способом")).to_be_visible()


def test_g3_a_qr_code_typed_on_the_phone_lets_in(
    cabinet: Page, open_page: Callable[[], Page], simulator: Simulator
):
    person, phone = simulator.new_person(), open_page()
    SignInScreen(cabinet).open().go_to_esia()
    cabinet.get_by_role("link", name="Мобильное приложение Госуслуги").click()
    expect_accessible(cabinet)
    cabinet.get_by_role("link", name="Войти по QR-коду").click()
    expect_accessible(cabinet)

    phone.goto(f"{simulator.esia.url}/phone/{person.key}")
    phone.get_by_text("Войти по QR-коду").click()
    phone.get_by_label("Код под картинкой").fill(cabinet.locator("#short-code").inner_text())
    phone.get_by_role("button", name="Продолжить").click()
    phone.get_by_role("button", name="Разрешить").click()

    _arrive(cabinet, person)


def test_g4_a_finger_in_the_app_takes_the_place_of_the_code(
    cabinet: Page, open_page: Callable[[], Page], simulator: Simulator
):
    person, phone = simulator.new_person(), open_page()
    phone.goto(f"{simulator.esia.url}/phone/{person.key}")
    SignInScreen(cabinet).open().go_to_esia()
    EsiaPages(cabinet, simulator.esia).give_password(person.login, person.password)
    expect_accessible(cabinet)
    cabinet.get_by_role("button", name="Приложить палец в приложении").click()

    phone.get_by_role("button", name="Не распознано").click()
    expect(phone.get_by_text("Осталось попыток: 2")).to_be_visible()
    expect_accessible(phone)
    phone.get_by_role("button", name="Подтвердить", exact=True).click()

    _arrive(cabinet, person)


@pytest.mark.parametrize(
    ("way", "fields"),
    [
        (Way.PASSWORD, {}),
        (Way.TOTP, {"totp_secret": SECRET}),
        (Way.SMS, {"password": None}),
        (Way.PUSH, {}),
        (Way.SIGNATURE, {"signature": "valid"}),
    ],
)
def test_g3_every_way_in_ends_in_the_cabinet(
    cabinet: Page, simulator: Simulator, way: Way, fields: dict[str, Any]
):
    person = simulator.new_person(**fields)
    SignInScreen(cabinet).open().go_to_esia()

    sign_in_as(cabinet, person.key, esia=simulator.esia, way=way)

    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(cabinet.get_by_role("banner")).to_contain_text(person.last_name)


def test_e3_the_way_chosen_in_the_cabinet_opens_first_next_time(signed_in: Page):
    signed_in.goto("/security")
    signed_in.get_by_role("radio", name="Одноразовый код").check()
    signed_in.get_by_role("button", name="Сохранить способ входа").click()
    signed_in.wait_for_selector('main[data-ready="true"]')
    signed_in.get_by_role("link", name="Выйти").click()

    SignInScreen(signed_in).arrived().go_to_esia()

    expect(signed_in).to_have_url(re.compile("/login/sms$"))


def test_g3_an_electronic_signature_lets_in_after_the_pin(cabinet: Page, simulator: Simulator):
    person = simulator.new_person(signature="valid")
    SignInScreen(cabinet).open().go_to_esia()
    cabinet.get_by_role("link", name="Электронная подпись").click()
    expect_accessible(cabinet)
    cabinet.locator(f'input[value="{person.key}"]').check()

    cabinet.get_by_label("PIN-код").fill("00000000")
    cabinet.get_by_role("button", name="Подписать и войти").click()
    expect(cabinet.get_by_role("alert")).to_contain_text("Осталось попыток: 2")
    expect_accessible(cabinet)
    cabinet.get_by_label("PIN-код").fill("12345678")
    cabinet.get_by_role("button", name="Подписать и войти").click()

    _arrive(cabinet, person)


@pytest.mark.parametrize(
    ("state", "words"), [("expired", "Срок действия"), ("revoked", "Сертификат отозван")]
)
def test_g3_a_signature_out_of_force_is_refused_with_the_reason(
    cabinet: Page, simulator: Simulator, state: str, words: str
):
    person = simulator.new_person(signature=state)
    cabinet.goto(f"{simulator.esia.url}/login/signature")
    cabinet.locator(f'input[value="{person.key}"]').check()
    cabinet.get_by_label("PIN-код").fill("12345678")
    cabinet.get_by_role("button", name="Подписать и войти").click()

    expect(cabinet.get_by_role("alert")).to_contain_text(words)

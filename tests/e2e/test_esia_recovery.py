"""Rows G5, G6, G7 and G9: when signing in goes wrong, and the ways on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from esia_sim.playwright import EsiaPages
from tests.e2e.accessibility import expect_accessible
from tests.e2e.simulator import SimPerson, Simulator

NEW = "Mezen-2027"
LOGIN = "Телефон / Email / СНИЛС"


@pytest.fixture
def login_page(cabinet: Page, simulator_url: str) -> Page:
    """The sign-in page of the simulator."""
    cabinet.goto(f"{simulator_url}/login")
    return cabinet


def _enter(page: Page, login: str, password: str) -> None:
    page.get_by_label(LOGIN).fill(login)
    page.get_by_label("Пароль", exact=True).fill(password)
    page.get_by_role("button", name="Войти", exact=True).click()


def _set_password(page: Page, password: str) -> None:
    page.get_by_label("Новый пароль").fill(password)
    page.get_by_label("Пароль ещё раз").fill(password)
    page.get_by_role("button", name="Сохранить пароль").click()


def test_g5_wrong_data_are_refused_with_likely_reasons_and_the_way_to_a_new_password(
    login_page: Page, simulator: Simulator
):
    person = simulator.new_person()

    _enter(login_page, person.login, "Wrong-2026")

    expect(login_page.get_by_role("alert")).to_contain_text("не подошли")
    for words in ("опечатка", "прежний", "Caps Lock", "организации", "почты не подтверждён"):
        expect(login_page.get_by_text(words).first).to_be_visible()
    expect_accessible(login_page)
    login_page.get_by_role("link", name="Забыли пароль?").click()
    expect(login_page.get_by_role("heading", name="Восстановление доступа")).to_be_visible()


def test_g5_caps_lock_and_another_layout_are_told_while_typing(login_page: Page):
    password = login_page.get_by_label("Пароль", exact=True)
    password.focus()
    password.evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keyup', {modifierCapsLock: true}))"
    )
    expect(login_page.get_by_role("status")).to_have_text("Включён Caps Lock.")

    password.fill("Пароль")

    expect(login_page.get_by_role("status")).to_have_text("Похоже, включена русская раскладка.")
    login_page.get_by_role("button", name="Показать пароль").click()
    expect(password).to_have_attribute("type", "text")


def test_g5_an_organisation_that_is_not_linked_is_named(login_page: Page):
    _enter(login_page, "7707083893", "Wrong-2026")

    expect(login_page.get_by_role("alert")).to_contain_text("Организация не привязана")


def test_g5_an_unconfirmed_address_is_confirmed_from_the_letter(
    login_page: Page, simulator: Simulator
):
    person = simulator.new_person(email_verified=False)
    _enter(login_page, person.email, person.password)
    expect(login_page.get_by_role("alert")).to_contain_text("Адрес почты не подтверждён")

    since = simulator.cursor()
    login_page.get_by_role("button", name="Отправить письмо ещё раз").click()
    letter = simulator.next_message(person, "email", since=since)
    login_page.goto(letter["links"][0])
    expect_accessible(login_page)
    login_page.get_by_role("button", name="Подтвердить адрес").click()

    expect(login_page.get_by_role("heading", name="Адрес подтверждён")).to_be_visible()


@pytest.mark.parametrize("contact", ["login", "email"])
def test_g6_a_new_password_is_set_by_a_code_and_works(
    login_page: Page, simulator: Simulator, contact: str
):
    person = simulator.new_person()
    login_page.get_by_role("link", name="Забыли пароль?").click()
    expect_accessible(login_page)
    login_page.get_by_label("Телефон или почта").fill(getattr(person, contact))
    login_page.get_by_role("button", name="Получить код").click()
    expect_accessible(login_page)
    login_page.get_by_label(re.compile("^Код из")).fill(simulator.code_for(person))
    login_page.get_by_role("button", name="Подтвердить", exact=True).click()

    login_page.get_by_label("Новый пароль").fill("short")
    expect(login_page.get_by_text("есть строчная латинская буква")).to_have_attribute(
        "data-kept", "true"
    )
    expect_accessible(login_page)
    _set_password(login_page, NEW)
    expect(login_page.get_by_role("heading", name="Пароль изменён")).to_be_visible()

    login_page.get_by_role("link", name="Войти").click()
    _enter(login_page, person.login, person.password)
    expect(login_page.get_by_role("alert")).to_contain_text("Этот пароль прежний")
    _enter(login_page, person.login, NEW)
    expect(login_page.get_by_label("Код из СМС")).to_be_visible()


def test_g6_a_password_typed_before_the_page_was_complete_is_judged_too(
    login_page: Page, simulator: Simulator
):
    person, held = simulator.new_person(), list[Route]()
    login_page.goto(f"{simulator.esia.url}/recovery")
    login_page.get_by_label("Телефон или почта").fill(person.login)
    login_page.get_by_role("button", name="Получить код").click()
    login_page.get_by_label(re.compile("^Код из")).fill(simulator.code_for(person))
    login_page.route("**/password.js*", lambda route: held.append(route))  # noqa: PLW0108  a builtin takes no marks
    login_page.get_by_role("button", name="Подтвердить", exact=True).click()

    login_page.get_by_label("Новый пароль").fill("short")
    for one in held:
        one.continue_()

    assert held
    expect(login_page.get_by_text("есть строчная латинская буква")).to_have_attribute(
        "data-kept", "true"
    )


def test_g6_without_phone_and_mail_a_specialist_opens_another_way(
    login_page: Page, simulator: Simulator
):
    person = simulator.new_person()
    facts = simulator.esia.person(person.key)
    policy = next(one["number"] for one in facts["documents"] if one["type"] == "MDCL_PLCY")  # pyright: ignore[reportGeneralTypeIssues, reportIndexIssue]
    login_page.goto(f"{simulator.esia.url}/recovery/support")
    expect_accessible(login_page)
    login_page.get_by_label("Фамилия").fill(person.last_name)
    login_page.get_by_label("Имя", exact=True).fill(str(facts["first_name"]))
    login_page.get_by_label("Дата рождения").fill("12.04.1988")
    login_page.get_by_label("Номер полиса ОМС").fill(policy)
    contact = f"new-{person.key}@stand.example"
    login_page.get_by_label("Новый телефон или почта").fill(contact)
    login_page.get_by_role("button", name="Отправить обращение").click()
    heading = login_page.get_by_role("heading", level=1).inner_text()
    expect_accessible(login_page)

    simulator.esia.answer_conversation(heading.removeprefix("Обращение "), decision="believe")
    login_page.get_by_role("link", name="Обновить").click()
    expect(login_page.get_by_role("status")).to_contain_text("Личность подтверждена")
    letters = simulator.esia.messages(to=contact, wait=5)["messages"]
    login_page.goto(letters[-1]["links"][0])  # pyright: ignore[reportIndexIssue]
    login_page.get_by_role("button", name="Задать новый пароль").click()
    _set_password(login_page, NEW)

    expect(login_page.get_by_role("heading", name="Пароль изменён")).to_be_visible()


def test_g7_many_wrong_codes_close_the_way_until_a_stated_time(
    login_page: Page, simulator: Simulator
):
    person = simulator.new_person()
    esia = EsiaPages(login_page, simulator.esia)
    esia.give_password(person.login, person.password)
    expect(login_page.get_by_text("Новый код можно запросить через")).to_be_visible()
    field = login_page.get_by_label("Код из СМС")
    for _ in range(3):
        field.fill("000000")
        login_page.get_by_role("button", name="Подтвердить", exact=True).click()
    expect(login_page.get_by_role("alert")).to_contain_text("Запросите новый код")

    login_page.goto(f"{simulator.esia.url}/login")
    for _ in range(2):
        _enter(login_page, person.login, "Wrong-2026")

    expect(login_page.get_by_role("heading", name="Вход временно закрыт")).to_be_visible()
    expect(login_page.get_by_role("alert")).to_contain_text("можно будет после")
    expect(login_page.get_by_role("link", name="восстановите доступ")).to_be_visible()
    expect_accessible(login_page)


def test_g9_a_sign_in_from_a_new_device_is_announced_to_the_person(
    open_page: Callable[[], Page], simulator: Simulator
):
    person = simulator.new_person()

    for _ in range(2):
        page, since = open_page(), simulator.cursor()
        page.goto(f"{simulator.esia.url}/login")
        _sign_in(page, simulator, person)

    letter = simulator.next_message(person, "email", since=since)
    assert "Вход с нового устройства" in letter["subject"]
    assert letter["links"][0].endswith("/recovery")


def _sign_in(page: Page, simulator: Simulator, person: SimPerson) -> None:
    esia = EsiaPages(page, simulator.esia)
    esia.give_password(person.login, person.password)
    esia.give_code(person.key)

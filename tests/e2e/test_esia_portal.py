"""Rows G2, G8 and G10: the portal leads to the cabinet; consents, contacts and support."""

import re

import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import EsiaPages
from tests.e2e.accessibility import expect_accessible
from tests.e2e.simulator import SimPerson, Simulator


@pytest.fixture
def person(simulator: Simulator) -> SimPerson:
    """Somebody who has been in the cabinet before."""
    return simulator.new_person()


@pytest.fixture
def portal(cabinet: Page, simulator: Simulator, person: SimPerson) -> Page:
    """The person's own page on the portal, signed in by its pages."""
    cabinet.goto(simulator.esia.url)
    cabinet.get_by_role("link", name="Личный кабинет", exact=True).click()
    esia = EsiaPages(cabinet, simulator.esia)
    esia.give_password(person.login, person.password)
    esia.give_code(person.key)
    expect(cabinet.get_by_role("heading", level=1, name="Личный кабинет")).to_be_visible()
    return cabinet


def _arrive(page: Page, person: SimPerson) -> None:
    page.get_by_role("link", name="Перейти к сервису").click()
    page.get_by_role("button", name="Разрешить").click()
    expect(page.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text(person.last_name)


def test_g2_the_cabinet_is_found_by_search_and_opens_without_a_second_sign_in(
    portal: Page, person: SimPerson
):
    portal.get_by_role("link", name="Услуги").click()
    expect_accessible(portal)
    portal.get_by_label("Найти услугу").fill("здрав29")
    portal.get_by_role("button", name="Найти").click()
    expect_accessible(portal)
    portal.get_by_role("link", name="Здрав 29").click()
    expect_accessible(portal)

    _arrive(portal, person)


def test_g2_the_cabinet_stands_under_health(portal: Page, person: SimPerson):
    portal.get_by_role("link", name="Услуги").click()
    portal.get_by_role("link", name="Здоровье").click()
    portal.get_by_role("link", name="Здрав 29").click()

    _arrive(portal, person)


def test_g2_the_front_page_has_the_ways_on(cabinet: Page, simulator: Simulator):
    cabinet.goto(simulator.esia.url)

    for name in ("Регистрация", "Услуги", "Личный кабинет", "Вход в личный кабинет Здрав 29"):
        expect(cabinet.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect_accessible(cabinet)
    cabinet.get_by_role("link", name="Вход в личный кабинет Здрав 29").click()
    expect(cabinet.get_by_role("link", name="Войти через ЕСИА")).to_be_visible()


def test_g8_a_consent_is_listed_withdrawn_and_asked_again(
    portal: Page, person: SimPerson, simulator: Simulator
):
    portal.goto(f"{simulator.esia.url}/services/zdrav29")
    _arrive(portal, person)
    portal.goto(f"{simulator.esia.url}/profile")
    expect_accessible(portal)

    portal.get_by_role("button", name=re.compile("^Отозвать")).click()
    expect(portal.get_by_role("status")).to_contain_text("Разрешение отозвано")

    portal.goto("/auth/esia/login")
    expect(portal.get_by_role("heading", name="Разрешить доступ?")).to_be_visible()


@pytest.mark.parametrize(
    ("link", "label", "value"),
    [
        ("Изменить телефон", "Телефон", "+7 902 {:07}"),
        ("Изменить почту", "почта", "n{}@stand.example"),
    ],
)
def test_g10_a_contact_is_corrected_and_confirmed_by_a_code(
    portal: Page, simulator: Simulator, person: SimPerson, link: str, label: str, value: str
):
    new = value.format(int(person.phone[-7:].replace("-", "")))
    portal.get_by_role("link", name=link).click()
    expect_accessible(portal)
    since = simulator.cursor()
    portal.get_by_label(re.compile(label)).fill(new)
    portal.get_by_role("button", name="Получить код").click()
    code = simulator.esia.wait_for_code(new, since=since)
    portal.get_by_label(re.compile("^Код из")).fill(code)
    portal.get_by_role("button", name="Подтвердить", exact=True).click()

    expect(portal.get_by_role("status")).to_contain_text("измен")


def test_g10_the_chat_answers_by_a_robot_and_then_by_a_specialist(
    portal: Page, simulator: Simulator, person: SimPerson
):
    portal.get_by_role("link", name="Поддержка").click()
    expect_accessible(portal)
    portal.get_by_label("Сообщение").fill("Код не пришёл")
    portal.get_by_role("button", name="Отправить сообщение").click()
    expect(portal.get_by_role("list", name="Переписка")).to_contain_text("Отправить код ещё раз")
    expect_accessible(portal)

    mine = next(one for one in simulator.esia.conversations() if one["person"] == person.key)
    simulator.esia.answer_conversation(str(mine["number"]), text="Проверил: код ушёл.")

    expect(portal.get_by_role("list", name="Переписка")).to_contain_text("Проверил: код ушёл.")
    expect(portal.get_by_role("link", name="8 800 000-29-10")).to_be_visible()

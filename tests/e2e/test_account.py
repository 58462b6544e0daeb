"""Rows E3, E4 and E6: what the cabinet knows of a person, her sign-ins, her consent."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.entry import ConsentScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import SimPerson, Simulator


class ProfileScreen(Screen):
    """The page «Мои данные»."""

    address = "/profile"
    heading = "Мои данные"


class SecurityScreen(Screen):
    """The page «Безопасность»."""

    address = "/security"
    heading = "Безопасность"


@pytest.fixture
def person(simulator: Simulator) -> SimPerson:
    """Somebody with several browsers."""
    return simulator.new_person()


@pytest.fixture
def enter(open_page: Callable[[], Page], simulator: Simulator, person: SimPerson):
    """Signs the person in, in a browser of its own each time."""

    def make() -> Page:
        page = open_page()
        simulator.put_session(page.context, person)
        page.goto("/auth/esia/login")
        page.wait_for_selector('main[data-ready="true"]')
        return page

    return make


def test_e6_the_profile_is_masked_until_asked_and_follows_esia_at_each_sign_in(
    enter: Callable[[], Page], simulator: Simulator, person: SimPerson
):
    page = ProfileScreen(enter()).open()
    expect(page.main).to_contain_text(person.last_name)
    expect(page.main).not_to_contain_text(person.email)
    expect_accessible(page.page)

    page.main.get_by_role("button", name="Показать полностью").click()
    expect(page.main).to_contain_text(person.email)

    simulator.esia.change_person(person.key, last_name="Новолодская")
    page.page.goto("/auth/esia/login?next=%2Fprofile")
    page.arrived()
    expect(page.main).to_contain_text("Новолодская")
    expect(page.main).to_contain_text("При этом входе обновилось: фамилия")


def test_e4_each_sign_in_is_listed_and_another_session_can_be_ended(
    enter: Callable[[], Page], simulator: Simulator, person: SimPerson
):
    library, since = enter(), simulator.cursor()
    home = SecurityScreen(enter()).open()
    warning = simulator.next_message(person, "sms", since=since)
    assert "нового устройства" in warning["text"]
    expect(home.main.get_by_text("Этот сеанс")).to_be_visible()
    expect(home.main.get_by_text("Chrome, компьютер, Linux").first).to_be_visible()
    expect_accessible(home.page)

    home.main.get_by_role("button", name=re.compile("^Завершить сеанс")).click()

    expect(home.page.get_by_role("status").filter(has_text="Сеанс завершён")).to_be_visible()
    library.get_by_role("link", name="Запись к врачу").filter(visible=True).first.click()
    SignInScreen(library).arrived().expect_refusal("AUTH-440", "вернётесь туда")


def test_e4_a_sign_in_that_was_not_mine_is_ended_and_the_way_on_is_shown(
    enter: Callable[[], Page],
):
    enter()
    home = SecurityScreen(enter()).open()

    home.main.get_by_role("button", name=re.compile("^Это не я")).click()

    way_on = home.main.get_by_role("link", name="Сменить пароль в ЕСИА")
    expect(way_on).to_have_attribute("href", re.compile("/recovery$"))
    home.main.get_by_role("link", name="Обращение №").click()
    expect(home.main).to_contain_text("Это был не я")


def test_e4_signing_out_everywhere_leaves_no_session(enter: Callable[[], Page]):
    library = enter()
    home = SecurityScreen(enter()).open()

    home.main.get_by_role("button", name="Выйти на всех устройствах").click()

    SignInScreen(home.page).arrived()
    library.reload()
    SignInScreen(library).arrived()


def test_e3_the_way_to_sign_in_next_time_is_changed_later(enter: Callable[[], Page]):
    security = SecurityScreen(enter()).open()
    security.main.get_by_role("radio", name="Биометрия").check()

    security.main.get_by_role("button", name="Сохранить способ входа").click()

    security.arrived()
    expect(security.main.get_by_role("radio", name="Биометрия")).to_be_checked()


def test_e3_consent_is_withdrawn_after_a_warning_and_asked_again_at_the_next_sign_in(
    enter: Callable[[], Page],
):
    profile = ProfileScreen(enter()).open()
    profile.main.get_by_role("button", name="Отозвать согласие").click()
    expect(profile.main).to_contain_text("Кабинет закроется")
    profile.main.get_by_role("button", name="Не отзывать").click()
    profile.main.get_by_role("button", name="Отозвать согласие").click()

    profile.main.get_by_role("button", name="Отозвать и выйти").click()

    SignInScreen(profile.page).arrived()
    profile.page.goto("/auth/esia/login")
    ConsentScreen(profile.page).arrived()


def test_e4_the_end_of_a_session_is_announced_ahead_and_can_be_put_off(
    open_page: Callable[[], Page], short_stand: Stand
):
    page = open_page()
    page.clock.install()
    sign_in(page.context, short_stand)
    page.goto(f"{short_stand.cabinet_url}/profile")
    expect(page.get_by_text("Сеанс закончится через 0:")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="через минуту")).to_have_count(1)
    expect_accessible(page)

    page.clock.fast_forward(40_000)
    expect(page.get_by_text(re.compile("через 0:[01]"))).to_be_visible()
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_text(re.compile("через (1:00|0:5)"))).to_be_visible()

    page.clock.fast_forward(61_000)
    again = page.get_by_role("link", name="Войти и продолжить")
    expect(again).to_have_attribute("href", "/auth/esia/login?next=%2Fprofile")

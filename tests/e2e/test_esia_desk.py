"""Row Q3: the trainer calls up situations at the desk and moves the clock."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import EsiaPages
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator


@pytest.fixture
def desk(open_page: Callable[[], Page], simulator: Simulator) -> Iterator[Page]:
    """The desk, in a browser of the trainer's; the clock is put right afterwards."""
    page = open_page()
    page.goto(f"{simulator.esia.url}/_sim/")
    yield page
    simulator.esia.move_clock(reset=True)


def test_q3_a_late_sms_is_called_up_and_comes_when_the_clock_is_moved(
    desk: Page, cabinet: Page, simulator: Simulator
):
    expect_accessible(desk)
    person = simulator.new_person()
    desk.get_by_role("button", name="СМС опаздывает").click()
    expect(desk.get_by_role("status")).to_contain_text("Ситуация включена")
    expect_accessible(desk)

    cabinet.goto(f"{simulator.esia.url}/login")
    EsiaPages(cabinet, simulator.esia).give_password(person.login, person.password)
    expect(cabinet.get_by_label("Код из СМС")).to_be_visible()
    assert simulator.esia.messages(to=person.key)["messages"] == []
    desk.get_by_role("button", name="+5 минут").click()

    assert simulator.esia.messages(to=person.key, wait=5)["messages"]


def test_q3_a_person_is_locked_by_one_click(desk: Page, cabinet: Page, simulator: Simulator):
    person = simulator.new_person()
    desk.get_by_label("Найти человека").fill(person.key)
    desk.get_by_role("button", name="Найти").click()

    desk.get_by_role("button", name=f"Заблокировать вход: {person.key}", exact=True).click()

    expect(desk.get_by_role("status")).to_contain_text("Вход заблокирован")
    cabinet.goto(f"{simulator.esia.url}/login")
    EsiaPages(cabinet, simulator.esia).give_password(person.login, person.password)
    expect(cabinet.get_by_role("heading", name="Вход временно закрыт")).to_be_visible()


def test_q3_a_silent_service_ends_on_the_page_of_the_cabinet_until_it_is_taken_back(
    desk: Page, cabinet: Page, simulator: Simulator
):
    simulator.put_session(cabinet.context, simulator.new_person())
    desk.get_by_role("button", name="Сервис не отвечает").click()

    cabinet.goto("/auth/esia/login")
    SignInScreen(cabinet).arrived().expect_refusal("AUTH-503", "не отвечает")
    desk.get_by_role("button", name="Снять").click()
    expect(desk.get_by_role("status")).to_contain_text("Ситуация снята")

    cabinet.goto("/auth/esia/login")
    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()

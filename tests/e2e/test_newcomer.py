"""Row Q4: somebody who did not exist registers, enters, books and sees the SMS."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import EsiaPages
from stand.stand import Stand
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.entry import ConsentScreen, WelcomeScreen
from tests.e2e.screens.registration import (
    PASSWORD,
    fill_up_to_proof,
    new_phone,
    send_scans_and_confirm_address,
)
from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import Simulator, simulator_of


@pytest.fixture
def own_simulator(own_stand: Stand, request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A simulator whose clock nobody else looks at."""
    with simulator_of(request, own_stand.simulator_url, own_stand.cabinet_url) as lent:
        yield lent


def _code(simulator: Simulator, phone: str, since: int) -> str:
    return simulator.esia.wait_for_code(phone, since=since)


def test_q4_who_did_not_exist_registers_enters_books_and_sees_the_sms(
    own_stand: Stand, own_simulator: Simulator, open_page: Callable[[], Page]
):
    page, esia, phone = open_page(), own_simulator.esia, new_phone()
    fill_up_to_proof(page, own_simulator, phone)
    send_scans_and_confirm_address(page, own_simulator, phone)
    esia.move_clock(advance="5m")
    cabinet_clock = f"{own_stand.cabinet_url}/_demo/clock"
    httpx.post(cabinet_clock, json={"advance": "5m"}).raise_for_status()

    page.goto(esia.url)
    page.get_by_role("link", name="Вход в личный кабинет Здрав 29").click()
    page.get_by_role("link", name="Войти через ЕСИА").click()
    since = own_simulator.cursor()
    EsiaPages(page, own_simulator.esia).give_password(phone, PASSWORD)
    page.get_by_label("Код из СМС").fill(_code(own_simulator, phone, since))
    page.get_by_role("button", name="Подтвердить").click()
    page.get_by_role("button", name="Разрешить").click()

    welcome = WelcomeScreen(page).arrived()
    since = own_simulator.cursor()
    welcome.main.get_by_role("button", name="Получить код").click()
    welcome.give_code(_code(own_simulator, phone, since))
    consent = ConsentScreen(page).arrived()
    consent.give()
    consent.choose_way("Пароль")

    expect(page.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    page.goto(f"{own_stand.cabinet_url}/profile")
    profile = Screen(page)
    profile.wait_ready()
    expect(profile.main).to_contain_text("Архангельская городская клиническая поликлиника № 1")

    page.goto(f"{own_stand.cabinet_url}/booking")
    booking = BookingScreen(page).arrived()
    since = own_simulator.cursor()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()

    found: Any = esia.messages(to=phone, channel="sms", since=since, wait=10)
    assert talon.number in found["messages"][0]["text"]

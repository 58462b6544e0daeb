"""Row P2: of what, how and when a person is told."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import SimPerson, Simulator


class PreferencesScreen(Screen):
    """The page «Настройки уведомлений»."""

    address = "/settings"
    heading = "Настройки уведомлений"

    def box(self, group: str, name: str):
        """One box of a group."""
        return self.main.get_by_role("group", name=group).get_by_role("checkbox", name=name)

    def save(self) -> None:
        """Press «Сохранить настройки»."""
        self.main.get_by_role("button", name="Сохранить настройки").click()

    def expect_said(self, words: str) -> None:
        """The line under the heading says so."""
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_p2_what_is_switched_off_is_not_sent_but_stands_in_the_cabinet(
    cabinet: Page, simulator: Simulator
):
    person = _enter(cabinet, simulator)
    preferences = PreferencesScreen(cabinet).open()
    expect_accessible(cabinet)
    preferences.box("Запись и отмена", "СМС").uncheck()
    preferences.save()
    preferences.expect_said("Настройки сохранены")
    preferences.open()
    expect(preferences.box("Запись и отмена", "СМС")).not_to_be_checked()
    expect(preferences.box("Запись и отмена", "Письмо")).to_be_checked()

    since = simulator.cursor()
    booking = BookingScreen(cabinet).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()

    letter = simulator.next_message(person, "email", since=since)
    assert talon.number in letter["text"]
    assert simulator.esia.messages(to=person.key, channel="sms", since=since)["messages"] == []
    cabinet.goto("/home")
    told = cabinet.get_by_role("main").get_by_role("listitem").filter(has_text="Вы записаны")
    expect(told).to_be_visible()
    expect_accessible(cabinet)


def test_p2_a_test_message_comes_to_every_contact(cabinet: Page, simulator: Simulator):
    person = _enter(cabinet, simulator)
    preferences = PreferencesScreen(cabinet).open()
    since = simulator.cursor()

    preferences.main.get_by_role("button", name="Отправить проверочное сообщение").click()

    preferences.expect_said("отправлено")
    for channel in ("sms", "email"):
        message = simulator.next_message(person, channel, since=since)
        assert re.search("проверочное", message["text"], re.IGNORECASE)


def test_p2_what_protects_the_account_cannot_be_switched_off_and_nothing_is_lost(signed_in: Page):
    preferences = PreferencesScreen(signed_in).open()
    for channel in ("СМС", "Письмо"):
        preferences.box("Вход с нового устройства", channel).uncheck()
    preferences.box("Когда напоминать", "За три дня").check()

    preferences.save()

    expect(preferences.main).to_contain_text("Оставьте хотя бы один способ")
    expect(preferences.box("Вход с нового устройства", "СМС")).to_be_focused()
    expect(preferences.box("Когда напоминать", "За три дня")).to_be_checked()
    expect_accessible(signed_in)


def _enter(page: Page, simulator: Simulator) -> SimPerson:
    person = simulator.new_person()
    simulator.put_session(page.context, person)
    page.goto("/auth/esia/login")
    page.wait_for_selector('main[data-ready="true"]')
    return person

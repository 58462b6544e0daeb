"""The page `/waiting`, and the card of a visit that the clinic called off."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.screens.appointments import TalonScreen
from tests.e2e.screens.screen import Screen


class WaitingScreen(Screen):
    """Places in the waiting list, offers, the way in."""

    address = "/waiting"
    heading = "Лист ожидания"

    def join(self) -> None:
        """Take a place with what the form says."""
        self.main.get_by_role("button", name="Встать в лист ожидания").click()
        expect(self.page.get_by_role("status").filter(has_text="Вы в листе")).to_be_visible()

    @property
    def offer(self) -> Locator:
        """What is offered now."""
        return self.main.locator("section").filter(
            has=self.page.get_by_role("heading", name="Для вас есть время")
        )

    def take_offer(self) -> TalonScreen:
        """Book what is offered and arrive at the talon."""
        self.offer.get_by_role("button", name=re.compile("^Записаться на это время")).click()
        return arrived_at_talon(self.page)

    def decline_offer(self) -> None:
        """Say that the time does not fit."""
        self.offer.get_by_role("button", name=re.compile("^Не подходит")).click()
        expect(self.offer).to_have_count(0)

    def leave(self) -> None:
        """Give the only place up, answering the question."""
        self.main.get_by_role("button", name=re.compile("^Выйти из листа ожидания: ")).click()
        self.main.get_by_role("button", name="Выйти из листа ожидания", exact=True).click()


def called_off(page: Page) -> Locator:
    """The card that says that the clinic called a visit off."""
    heading = page.get_by_role("heading", name="Клиника отменила вашу запись")
    return page.locator("main section").filter(has=heading)


def arrived_at_talon(page: Page) -> TalonScreen:
    """Wait for the talon of a visit that was just booked."""
    expect(page).to_have_url(re.compile(r"/appointments/29-\d{8}\?booked=1"))
    return TalonScreen(page).arrived()

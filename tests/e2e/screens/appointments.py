"""The pages `/appointments` and `/appointments/<number>`."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.screens.screen import Screen


class AppointmentsScreen(Screen):
    """All visits of the person."""

    address = "/appointments"
    heading = "Мои записи"

    def open_talon(self, number: str) -> "TalonScreen":
        """Follow the link to one talon."""
        self.main.get_by_role("link", name=re.compile(f"Открыть талон № {number}")).first.click()
        return TalonScreen(self.page, number).arrived()

    def cancel(self, phrase: re.Pattern[str]) -> None:
        """Cancel a visit, answering the question."""
        self.main.get_by_role("button", name=phrase).first.click()
        self.main.get_by_role("button", name="Отменить запись").click()

    def expect_nothing_ahead(self) -> None:
        """No visit lies ahead."""
        expect(self.main.get_by_text("Предстоящих записей нет")).to_be_visible()


class TalonScreen(Screen):
    """One talon."""

    def __init__(self, page: Page, number: str = "") -> None:
        super().__init__(page)
        self.number = number or page.url.partition("?")[0].rpartition("/")[2]
        self.address = f"/appointments/{self.number}"
        self.heading = f"Талон № {self.number}"

    @property
    def cancel_button(self) -> Locator:
        """The act that asks before it cancels."""
        return self.main.get_by_role("button", name=re.compile("^Отменить"))

    def cancel(self) -> None:
        """Cancel, answering the question."""
        self.cancel_button.click()
        self.main.get_by_role("button", name="Отменить запись").click()

    def expect_status(self, status: str) -> None:
        """The talon says how the visit stands."""
        expect(self.main.get_by_text(status, exact=True).first).to_be_visible()

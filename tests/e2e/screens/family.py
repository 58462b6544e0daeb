"""The page «Семья», and the strip that says whose cabinet is open."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.screens.screen import Screen


def whose_is(page: Page) -> Locator:
    """The strip above every page of another's cabinet."""
    return page.get_by_role("region", name="Чей это кабинет")


class FamilyScreen(Screen):
    """The page «Семья»."""

    address = "/family"
    heading = "Семья"

    def open_cabinet(self, last_name: str) -> None:
        """Open somebody's cabinet; the home page follows."""
        name = re.compile(f"^Открыть кабинет: {last_name}")
        self.main.get_by_role("button", name=name).click()
        expect(self.page.get_by_role("heading", level=1, name="Главная")).to_be_visible()
        self.wait_ready()

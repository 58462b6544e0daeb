"""The page `/status`."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.screens.screen import Screen


class StatusScreen(Screen):
    """How the services are."""

    address = "/status"
    heading = "Состояние сервисов"

    def service(self, name: str) -> Locator:
        """The card of one service."""
        named = self.page.get_by_role("heading", level=3, name=name, exact=True)
        return self.main.get_by_role("listitem").filter(has=named)

    def expect_works(self, name: str) -> None:
        """It says so in words."""
        expect(self.service(name)).to_contain_text(re.compile(r"Работает(?!.*Не работает)"))

    def expect_fails(self, name: str, advice: str) -> None:
        """It says so in words, with advice and a telephone."""
        card = self.service(name)
        expect(card).to_contain_text("Не работает")
        expect(card).to_contain_text(advice)
        expect(card.get_by_role("link", name="8 800 000-29-29")).to_be_visible()

"""The page of certificates."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.screens.screen import Screen


class CertificatesScreen(Screen):
    """Ordering a certificate, and the orders."""

    address = "/certificates"
    heading = "Справки"

    @property
    def items(self) -> Locator:
        """The orders, the latest first."""
        return self.main.locator("ul.visits > li")

    def item(self, name: str) -> Locator:
        """The latest order of a kind."""
        return self.items.filter(has_text=name).first

    def number_of(self, name: str) -> str:
        """The number of the latest order of a kind."""
        found = re.search(r"С-\d{6}", self.item(name).inner_text())
        assert found
        return found[0]

    def fill(self, kind: str, *, purpose: str = "") -> None:
        """Choose a kind and say what for."""
        self.main.get_by_label("Какая справка").select_option(label=kind)
        self.main.get_by_label("Для чего").fill(purpose)

    def send(self) -> None:
        """«Заказать справку»."""
        self.main.get_by_role("button", name="Заказать справку").click()

    def order(self, kind: str, *, purpose: str = "") -> None:
        """Order one and wait for the answer."""
        before = self.items.count()
        self.fill(kind, purpose=purpose)
        self.send()
        expect(self.items).to_have_count(before + 1)
        expect(self.page.get_by_role("status").filter(has_text="отправлен")).to_be_visible()

    def press_cancel(self, name: str) -> None:
        """«Отменить заказ»."""
        self.item(name).get_by_role("button", name=re.compile("^Отменить заказ: ")).click()

    def cancel(self, name: str) -> None:
        """Cancel the latest order of a kind, and wait for the answer."""
        self.press_cancel(name)
        expect(self.page.get_by_role("status").filter(has_text="Заказ отменён")).to_be_visible()

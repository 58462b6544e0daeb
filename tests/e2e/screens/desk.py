"""The page `/desk`, where an operator sits."""

from playwright.sync_api import Locator, expect

from tests.e2e.screens.screen import Screen


class DeskScreen(Screen):
    """«Рабочее место»."""

    address = "/desk"
    heading = "Рабочее место"

    def application(self, number: str) -> Locator:
        """The card of one application."""
        return self.main.get_by_role("listitem").filter(has_text=number)

    def decide(self, number: str, decision: str) -> None:
        """Choose a decision and send it."""
        card = self.application(number)
        card.get_by_label("Решение").select_option(label=decision)
        card.get_by_role("button", name=f"Решить: заявление № {number}").click()

    def open_request(self, number: str) -> None:
        """Open one request of the queue."""
        self.main.get_by_role("link", name=f"№\u00a0{number}").click()
        expect(self.main.get_by_role("heading", level=2, name=number)).to_be_visible()
        self.wait_ready()

    def reply(self, text: str, kind: str = "answer") -> None:
        """Send an answer or a question."""
        self.main.get_by_label("Что отправить").select_option(kind)
        self.main.get_by_label("Текст").fill(text)
        self.main.get_by_role("button", name="Отправить", exact=True).click()
        self.expect_told("Отправлено")

    def expect_told(self, words: str) -> None:
        """The page says so."""
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_visible()

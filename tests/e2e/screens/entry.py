"""The pages of the first entry: `/welcome` and `/consent`."""

from playwright.sync_api import Locator, expect

from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import SimPerson, Simulator


class WelcomeScreen(Screen):
    """The phone, confirmed by a code."""

    address = "/welcome"
    heading = "Подтверждение учётной записи"

    @property
    def code(self) -> Locator:
        """The field of the code."""
        return self.main.get_by_label("Код из СМС")

    def ask_for_code(self, simulator: Simulator, person: SimPerson) -> str:
        """Press «Получить код» and read it on the phone."""
        since = simulator.cursor()
        self.main.get_by_role("button", name="Получить код").click()
        expect(self.code).to_be_focused()
        return simulator.next_message(person, "sms", since=since)["code"]

    def give_code(self, code: str) -> None:
        """Type a code and confirm it."""
        self.code.fill(code)
        self.main.get_by_role("button", name="Подтвердить").click()


class ConsentScreen(Screen):
    """The document, and how to sign in next time."""

    address = "/consent"
    heading = "Согласие на обработку персональных данных"

    def give(self) -> None:
        """Agree."""
        self.main.get_by_role("button", name="Подтвердить согласие").click()

    def choose_way(self, name: str) -> None:
        """Choose how to sign in next time and go on."""
        group = self.main.get_by_role("group", name="Как входить в следующий раз")
        group.get_by_role("radio", name=name).check()
        self.main.get_by_role("button", name="Продолжить").click()

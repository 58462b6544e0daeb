"""The page `/attachment/doctor`."""

import re

from playwright.sync_api import expect

from tests.e2e.screens.screen import Screen


class DoctorChoiceScreen(Screen):
    """Choosing the district doctor."""

    address = "/attachment/doctor"
    heading = "Выбор врача"

    def choose_another(self) -> str:
        """Choose the first doctor one does not have; gives her name."""
        other = self.main.get_by_role("link", name=re.compile("^Выбрать: ")).first
        name = (other.get_attribute("aria-label") or "").removeprefix("Выбрать: ")
        other.click()
        expect(self.main.get_by_role("heading", name="Проверьте заявление")).to_be_focused()
        self.wait_ready()
        return name

    def send(self) -> None:
        """«Сохранить и отправить заявление»."""
        self.main.get_by_role("button", name="Сохранить и отправить заявление").click()

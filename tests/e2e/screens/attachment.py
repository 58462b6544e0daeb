"""The pages `/services`, `/attachment` and its history."""

import re

from playwright.sync_api import expect

from tests.e2e.screens.screen import Screen


class ServicesScreen(Screen):
    """What is arranged, and what can be changed."""

    address = "/services"
    heading = "Мои услуги"


class AttachmentScreen(Screen):
    """The clinic one is attached to, and the way to another one."""

    address = "/attachment"
    heading = "Прикрепление к поликлинике"

    def choose(self, clinic: str) -> None:
        """«Изменить привязку», then one clinic of the list."""
        self.main.get_by_role("button", name="Изменить привязку").click()
        expect(self.main.get_by_role("heading", name="Выберите поликлинику")).to_be_focused()
        self.main.get_by_role("button", name=re.compile(f"^Выбрать: .*{clinic}")).click()
        expect(self.main.get_by_role("heading", name="Проверьте заявление")).to_be_focused()
        self.wait_ready()

    def send(self) -> None:
        """«Сохранить и отправить заявление»."""
        self.main.get_by_role("button", name="Сохранить и отправить заявление").click()

    def sent_number(self) -> str:
        """The number of the application that was just sent."""
        sent = self.page.get_by_role("status").filter(has_text="отправлено")
        expect(sent).to_be_visible()
        found = re.search(r"П-\d{6}", sent.inner_text())
        assert found
        return found[0]


class HistoryScreen(Screen):
    """Every term and every application."""

    address = "/attachment/history"
    heading = "История привязок"

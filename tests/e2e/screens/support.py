"""The pages `/support` and `/support/recovery`."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.screens.screen import Screen


class SupportScreen(Screen):
    """The page «Обратная связь»."""

    address = "/support"
    heading = "Обратная связь"

    def ask(self, text: str) -> None:
        """Write and send."""
        self.main.get_by_label("Что случилось").fill(text)
        self.main.get_by_role("button", name="Отправить обращение").click()

    def expect_sent(self) -> None:
        """The number stands there, in focus."""
        sent = self.page.get_by_role("status").filter(has_text="Обращение отправлено")
        expect(sent).to_contain_text(re.compile(r"№\s\d{4}-\d{4}"))
        expect(sent).to_be_focused()

    def sent_number(self) -> str:
        """The number of the request that was just sent."""
        self.expect_sent()
        sent = self.page.get_by_role("status").filter(has_text="Обращение отправлено")
        found = re.search(r"\d{4}-\d{4}", sent.inner_text())
        assert found
        return found[0]


class RecoveryScreen(Screen):
    """The page of who cannot sign in."""

    address = "/support/recovery"
    heading = "Восстановление доступа"

    def field(self, label: str) -> Locator:
        """One field of the form."""
        return self.main.get_by_label(label)

    def send(self) -> None:
        """«Отправить»."""
        self.main.get_by_role("button", name="Отправить", exact=True).click()

    def ask(self, last: str, first: str, born: str, policy: str, contact: str) -> str:
        """Fill in and send; gives what is said then."""
        self.open()
        self.field("Фамилия").fill(last)
        self.field("Имя").fill(first)
        self.field("Дата рождения").fill(born)
        self.field("Номер полиса").fill(policy)
        self.field("Телефон или почта").fill(contact)
        self.send()
        sent = self.page.get_by_role("status").filter(has_text="Заявка принята")
        expect(sent).to_be_focused()
        return sent.inner_text()

"""Rows P3 and P4 as far as they go: asking support, and telling it of an error."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen


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


def test_p3_a_request_has_a_number_a_status_a_due_day_and_a_thread(signed_in: Page):
    support = SupportScreen(signed_in).open()
    expect_accessible(signed_in)

    support.main.get_by_label("Тема").select_option(label="Запись к врачу")
    support.ask("Не вижу талонов к окулисту")

    support.expect_sent()
    mine = support.main.get_by_role("listitem").filter(has_text="Принято").first
    expect(mine).to_contain_text("Ответим до")
    expect(mine).to_contain_text("Не вижу талонов к окулисту")

    mine.get_by_text("Дополнить обращение").click()
    mine.get_by_label("Что добавить").fill("Нужен на декабрь")
    mine.get_by_role("button", name="Добавить").click()
    expect(mine).to_contain_text("Нужен на декабрь")
    expect(support.page.get_by_role("status").filter(has_text="добавлено")).to_be_visible()
    expect_accessible(signed_in)


def test_p3_what_is_missing_is_said_and_nothing_typed_is_lost(cabinet: Page):
    support = SupportScreen(cabinet).open()
    text, contact = (
        support.main.get_by_label(label) for label in ("Что случилось", "Телефон или почта")
    )
    contact.fill("+7 900 000-77-88")
    support.main.get_by_role("button", name="Отправить обращение").click()

    expect(text).to_be_focused()
    expect(text).to_have_accessible_description("Напишите, что случилось.")
    expect(contact).to_have_value("+7 900 000-77-88")
    expect_accessible(cabinet)

    support.ask("Не приходит код")
    support.expect_sent()


def test_p4_a_refusal_is_reported_with_its_code_and_time_filled_in(cabinet: Page):
    cabinet.goto("/auth/esia/callback?code=x&state=7a2f0f5e-9a53-4ad5-8b6e-2f6f3d0c7b11")
    start = SignInScreen(cabinet).arrived()
    request_id = start.refusal.get_attribute("data-request-id") or ""

    start.refusal.get_by_role("link", name="Сообщить об этой ошибке").click()

    support = SupportScreen(cabinet).arrived()
    expect(support.main).to_contain_text("код AUTH-409")
    expect(support.main).to_contain_text(request_id)
    expect(support.main.get_by_label("Тема")).to_have_value("error")


def test_p4_nothing_but_a_code_a_time_and_an_id_is_taken_from_the_address(cabinet: Page):
    cabinet.goto("/support?code=%3Cb%3EX&at=%D0%B2%D1%87%D0%B5%D1%80%D0%B0&request_id=zz")

    support = SupportScreen(cabinet).arrived()

    expect(support.main).not_to_contain_text("Приложим")

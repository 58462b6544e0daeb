"""Rows P3 and P4: asking support, from inside and outside, and telling it of an error."""

import re
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.desk import DeskScreen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.screens.support import RecoveryScreen, SupportScreen
from tests.e2e.simulator import Simulator


def picture() -> bytes:
    """A small photograph."""
    content = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(content, "JPEG")
    return content.getvalue()


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


def test_p3_a_file_is_added_to_a_request_and_the_operator_reads_it(signed_in: Page, operator: Page):
    support = SupportScreen(signed_in).open()
    support.ask("Страница не открылась")
    support.expect_sent()
    mine = support.main.get_by_role("listitem").filter(has_text="Страница не открылась").first
    mine.get_by_text("Приложить файл").click()
    photo = {"name": "экран.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    mine.get_by_label("Снимок экрана или скан").set_input_files(photo)  # pyright: ignore[reportArgumentType]
    mine.get_by_role("button", name="Приложить", exact=True).click()

    support.arrived()
    expect(support.page.get_by_role("status").filter(has_text="Файл приложен")).to_be_visible()
    expect(support.main.get_by_role("link", name="экран")).to_be_visible()
    expect_accessible(signed_in)
    number = re.search(r"\d{4}-\d{4}", mine.inner_text())
    assert number
    desk = DeskScreen(operator).open()
    desk.open_request(number[0])
    with operator.expect_download() as download:
        operator.get_by_role("link", name="экран").click()
    assert download.value.path().read_bytes().startswith(b"\xff\xd8\xff")


def test_p3_who_cannot_sign_in_asks_by_name_policy_and_code_and_nothing_tells_who_is_known(
    cabinet: Page, operator: Page, simulator: Simulator
):
    person = simulator.new_person(has_entered=True)
    known: dict[str, Any] = simulator.esia.person(person.key)
    policy = next(one["number"] for one in known["documents"] if one["type"] == "MDCL_PLCY")
    cabinet.goto("/auth/esia/callback?code=x&state=7a2f0f5e-9a53-4ad5-8b6e-2f6f3d0c7b11")
    start = SignInScreen(cabinet).arrived()
    code = start.refusal.get_attribute("data-request-id") or ""
    start.refusal.get_by_role("link", name="Не получается войти?").click()
    recovery = RecoveryScreen(cabinet).arrived()
    expect(recovery.field("Идентификационный код")).to_have_value(code)
    recovery.send()
    expect(recovery.field("Фамилия")).to_be_focused()
    expect_accessible(cabinet)

    names = (known["last_name"], known["first_name"])
    of_known = recovery.ask(*names, "1988-04-12", policy, person.phone)
    of_nobody = recovery.ask("Небывалова", "Инна", "1970-01-01", "2900000000001013", person.phone)

    number = re.compile(r"\d{4}-\d{4}")
    assert number.sub("", of_known) == number.sub("", of_nobody)
    expect_accessible(cabinet)
    desk = DeskScreen(operator).open()
    first = number.search(of_known)
    assert first
    desk.open_request(first[0])
    expect(desk.main).to_contain_text("Совпало всё")
    expect_accessible(operator)
    since = simulator.cursor()
    desk.reply("Позвоните нам, поможем войти по почте")
    sent = simulator.next_message(person, "sms", since=since)
    assert "поможем войти по почте" in sent["text"]
    second = number.search(of_nobody)
    assert second
    desk.open().open_request(second[0])
    expect(desk.main).not_to_contain_text("Совпало всё")

"""Row D4: an error in a document is told, and a corrected version says what changed."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.photo import photo
from tests.e2e.screens.documents import DocumentsScreen, ReportScreen

PDF, XML = "Электрокардиограмма", "Протокол консультации невролога"
BLOOD = "Общий (клинический) анализ крови"


def test_d4_an_error_in_a_document_becomes_a_request_with_number_and_status(patient: Page):
    document = DocumentsScreen(patient).open().open_document(XML)

    document.report("Давление было 128, а не 118.")

    sent = patient.get_by_role("status").filter(has_text="Сообщение отправлено")
    expect(sent).to_contain_text(re.compile(r"№\s\d{4}-\d{4}"))
    expect(sent).to_be_focused()
    mine = patient.get_by_role("listitem").filter(has_text="Принято").first
    expect(mine).to_contain_text("Давление было 128")
    expect_accessible(patient)
    patient.goto("/support")
    expect(patient.get_by_role("listitem").filter(has_text=XML).first).to_be_visible()


def test_d4_an_error_is_pinned_to_one_result(patient: Page):
    document = DocumentsScreen(patient).open().open_document(BLOOD)

    document.view.get_by_role("link", name="Сообщить об ошибке: Лейкоциты").click()
    report = ReportScreen(patient).arrived()
    expect(report.main.get_by_label("Где ошибка")).to_have_value("WBC")
    report.send("Не моё значение.", kind="Документ не мой")

    expect(report.main.get_by_role("listitem").first).to_contain_text("Лейкоциты. Документ не мой")


def test_d4_a_corrected_version_comes_first_and_says_what_changed(patient: Page, cabinet_url: str):
    document = DocumentsScreen(patient).open().open_document(PDF)
    change = "Исправлена частота пульса: 66 ударов в минуту."

    httpx.post(
        f"{cabinet_url}/_demo/clinic", json={"correct": document.id, "change": change}
    ).raise_for_status()

    documents = DocumentsScreen(patient).open()
    expect(documents.items.filter(has_text=PDF).first).to_contain_text("новый")
    documents.open_document(PDF)
    newest = document.main.get_by_role("link", name=re.compile("^Версия 2"))
    expect(newest).to_contain_text(change)
    expect(newest).to_have_attribute("aria-current", "true")


def test_d4_a_corrected_result_is_shown_as_it_was_and_as_it_is(patient: Page, cabinet_url: str):
    document = DocumentsScreen(patient).open().open_document(BLOOD)
    was = document.view.locator(".result-value").first.inner_text().split()[0].replace(",", ".")
    body = {"correct": document.id, "change": "Опечатка лаборанта.", "was": was, "now": "139"}

    httpx.post(f"{cabinet_url}/_demo/clinic", json=body).raise_for_status()

    patient.reload()
    document.wait_ready()
    changes = document.main.locator("#changes")
    expect(changes.get_by_role("heading", name="Что изменилось после версии 1")).to_be_visible()
    expect(changes.locator("del").first).to_contain_text(was.replace(".", ","))
    expect(changes.locator("ins").first).to_contain_text("139")
    expect_accessible(patient)


def test_d4_a_corrected_paper_is_compared_by_its_words(patient: Page):
    document = DocumentsScreen(patient).open().open_document("УЗИ органов брюшной полости")

    document.main.get_by_role("link", name=re.compile("^Версия 2")).click()

    changes = document.main.locator("#changes")
    expect(changes.locator("del").first).to_contain_text("правая 140 на 48 мм")
    expect(changes.locator("ins").first).to_contain_text("правая 104 на 48 мм")
    expect_accessible(patient)
    document.main.get_by_role("link", name=re.compile("^Версия 1")).click()
    expect(changes).to_have_count(0)


def test_d4_an_empty_report_is_not_sent(patient: Page):
    DocumentsScreen(patient).open().open_document(PDF)
    patient.get_by_role("link", name=re.compile("^Сообщить об ошибке")).first.click()
    report = ReportScreen(patient).arrived()

    report.send("  ", kind="Другое")

    expect(report.refusal).to_have_attribute("data-code", "DOC-421")
    expect(report.refusal).to_contain_text("Опишите ошибку хотя бы")
    expect(report.refusal).to_be_focused()
    expect(report.main.get_by_label("Что не так")).to_have_value("other")
    expect_accessible(patient)


def test_d4_a_photo_goes_with_the_report_without_what_it_tells_of_its_maker(
    patient: Page, another_signed_in: Page
):
    document = DocumentsScreen(patient).open().open_document(PDF)

    document.report("На бумаге другая дата, см. фото.", photo=photo())

    mine = patient.get_by_role("listitem").filter(has_text="На бумаге другая дата").first
    link = mine.get_by_role("link", name="Фото к сообщению об ошибке")
    address = link.get_attribute("href") or ""
    content = patient.request.get(address).body()
    assert content.startswith(b"\xff\xd8\xff")
    assert b"Camera of Anna" not in content
    assert another_signed_in.request.get(address).status == 404
    expect_accessible(patient)
    patient.goto("/support")
    expect(patient.get_by_role("link", name="Фото к сообщению об ошибке")).to_be_visible()


def test_d4_what_is_no_photo_is_refused_and_the_words_stay(patient: Page):
    document = DocumentsScreen(patient).open().open_document(PDF)

    document.report("Слова остаются.", photo=b"%PDF-1.7 is no photo")

    report = ReportScreen(patient)
    expect(report.refusal).to_have_attribute("data-code", "DOC-422")
    expect(report.main.get_by_label("Опишите ошибку")).to_have_value("Слова остаются.")

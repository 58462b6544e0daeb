"""Row D2: a structured document (XML) as a page to read, its results, the file as it came."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.documents import DocumentsScreen

PDF, XML = "Электрокардиограмма", "Протокол консультации невролога"
BLOOD = "Общий (клинический) анализ крови"


@pytest.mark.parametrize("width", [390, 1280])
def test_d2_a_structured_document_is_a_page_with_its_bold_words_and_lists(
    patient: Page, width: int
):
    patient.set_viewport_size({"width": width, "height": 844})

    document = DocumentsScreen(patient).open().open_document(XML)

    expect(document.words.get_by_role("heading", name="Рекомендации")).to_be_visible()
    expect(document.words.locator("b")).to_have_text("Повторный приём через месяц")
    expect(document.words.locator("ol > li > ul > li")).to_have_count(2)
    expect(document.words.get_by_role("columnheader", name="Препарат")).to_be_visible()
    expect(document.words.locator("script, style, img, [onclick], [style]")).to_have_count(0)
    document.expect_page_accessible()
    expect_accessible(patient)


def test_d2_the_page_of_a_document_is_as_high_as_its_words_and_prints_alone(patient: Page):
    document = DocumentsScreen(patient).open().open_document(XML)
    expect(document.words.locator("b")).to_be_visible()

    fits = "frame => frame.contentDocument.documentElement.scrollHeight <= frame.clientHeight"
    for width in (1280, 390):
        patient.set_viewport_size({"width": width, "height": 844})
        patient.wait_for_function(f"({fits})(document.querySelector('iframe.sheet'))")
    patient.evaluate(
        "document.querySelector('iframe.sheet').contentWindow.print ="
        " () => { document.title = 'printed alone' }"
    )
    document.main.get_by_role("button", name="Распечатать").click()

    expect(patient).to_have_title("printed alone")


def test_d2_the_page_of_a_document_starts_nothing_is_kept_nowhere_and_is_one_look(
    patient: Page, another_signed_in: Page
):
    document = DocumentsScreen(patient).open().open_document(XML)
    expect(document.words.locator("b")).to_be_visible()
    address = f"/files/{document.id}/readable"

    answer = patient.request.get(address)
    foreign, missing = (
        another_signed_in.request.get(one) for one in (address, "/files/2000000000/readable")
    )

    assert not re.search(r"<script|\son\w+=", answer.text())
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert foreign.status == missing.status == 404
    assert _without_moments(foreign.text()) == _without_moments(missing.text())
    patient.reload()
    document.wait_ready()
    expect(document.main.get_by_text(re.compile("открытие"))).to_have_count(1)


def test_d2_a_frame_that_is_refused_its_page_says_why_and_leads_on_in_a_tab_of_its_own(
    patient: Page,
):
    document = DocumentsScreen(patient).open().open_document(BLOOD)

    # the session is gone in the meantime, and the page does not know it yet
    patient.context.clear_cookies()
    document.view.get_by_role("button", name="Документ", exact=True).click()

    expect(document.words.get_by_role("alert")).to_contain_text("Всё, что вы набрали, сохранилось")
    expect(document.words.get_by_role("heading")).to_have_text("Истёк срок действия сессии")
    with patient.expect_popup() as opened:
        document.words.get_by_role("link", name="Войти ещё раз").click()
    expect(opened.value).to_have_url(re.compile("/auth/esia/login|/login"))


def test_d2_what_has_no_structure_has_no_page(patient: Page):
    document = DocumentsScreen(patient).open().open_document(PDF)

    assert patient.request.get(f"/files/{document.id}/readable").status == 404


def test_d2_the_page_of_a_document_takes_the_colours_for_weak_eyes(patient: Page):
    document = DocumentsScreen(patient).open().open_document(XML)
    patient.get_by_role("button", name="Версия для слабовидящих").click()

    patient.get_by_role("button", name="Белым по чёрному").click()

    expect(document.words.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(document.words.locator("body")).to_have_css("color", "rgb(255, 255, 255)")


def test_d2_a_laboratory_document_opens_at_its_results_and_has_its_page_too(patient: Page):
    document = DocumentsScreen(patient).open().open_document(BLOOD)
    expect(document.view.get_by_role("button", name="Показатели")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(document.view.locator("iframe")).to_have_count(0)

    document.view.get_by_role("button", name="Документ", exact=True).click()

    expect(document.words.get_by_role("columnheader", name="Норма")).to_be_visible()
    expect(document.view.get_by_role("listitem").filter(has_text="Гемоглобин")).to_have_count(0)
    document.expect_page_accessible()
    expect_accessible(patient)


def test_d2_the_original_of_a_structured_document_can_be_seen(patient: Page):
    document = DocumentsScreen(patient).open().open_document(XML)

    document.view.get_by_role("button", name="Исходный файл").click()

    expect(document.view.locator("pre")).to_contain_text("<ClinicalDocument")
    expect_accessible(patient)


def _without_moments(page: str) -> str:
    """A page of a refusal without its time and the id of its request."""
    return re.sub(r"\d\d\.\d\d\.\d{4}[^<\"]*|[0-9a-f-]{12,}|\d\d:\d\d:\d\d", "", page)

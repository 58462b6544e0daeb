"""Row D1: scans of one's own are added."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.photo import photo
from tests.e2e.screens.documents import DocumentScreen, DocumentsScreen
from tests.e2e.simulator import cookie_header


def test_d1_a_scan_of_ones_own_is_added_without_what_it_tells_of_its_maker(
    patient: Page, tmp_path: Path
):
    DocumentsScreen(patient).open().upload("Выписка на бумаге", "scan.jpg", photo())

    document = DocumentScreen(patient, "Выписка на бумаге").arrived()
    expect(document.view.get_by_role("img")).to_be_visible()
    expect(document.main).to_contain_text("Загружен вами")
    expect_accessible(patient)
    documents = DocumentsScreen(patient).open()
    expect(documents.items).to_have_count(25)
    file_name, content = documents.download("Выписка на бумаге", tmp_path)
    assert file_name.startswith("Выписка на бумаге")
    assert b"Camera of Anna" not in content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("page.pdf", b"<html><script>alert(1)</script></html>", "DOC-422"),
        ("large.jpg", b"\xff\xd8\xff" + b"0" * (15 * 1024 * 1024 + 1), "DOC-413"),
    ],
)
def test_d1_what_is_no_scan_is_refused_with_words(
    patient: Page, name: str, content: bytes, code: str
):
    documents = DocumentsScreen(patient).open()

    documents.upload("Проба", name, content)

    expect(documents.refusal).to_have_attribute("data-code", code)
    expect(patient.get_by_label("Название")).to_have_value("Проба")


def test_d1_how_far_an_upload_is_can_be_seen_and_it_can_be_stopped(patient: Page):
    documents = DocumentsScreen(patient).open()
    line = patient.context.new_cdp_session(patient)
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 60_000}
    line.send("Network.emulateNetworkConditions", slow)
    noise = b"\xff\xd8\xff" + b"0" * 400_000

    documents.upload("Проба", "scan.jpg", noise)

    bar = patient.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(bar).not_to_have_js_property("value", 0)
    expect_accessible(patient)
    patient.get_by_role("button", name="Прервать отправку").click()
    expect(bar).to_be_hidden()
    expect(patient.get_by_label("Название")).to_have_value("Проба")


def test_d1_a_lost_connection_keeps_the_form_and_the_next_try_arrives(patient: Page):
    documents = DocumentsScreen(patient).open()
    patient.route("**/files", lambda route: route.abort("internetdisconnected"))
    documents.upload("Выписка на бумаге", "scan.jpg", photo())
    expect(documents.refusal).to_have_attribute("data-code", "DOC-408")
    expect(documents.refusal).to_contain_text("Связь прервалась")
    expect(documents.refusal).to_be_focused()
    expect(patient.get_by_label("Название")).to_have_value("Выписка на бумаге")
    expect_accessible(patient)

    patient.unroute("**/files")
    patient.get_by_role("button", name="Загрузить").click()

    DocumentScreen(patient, "Выписка на бумаге").arrived()


def test_d1_a_form_of_another_site_adds_nothing(patient: Page, cabinet_url: str):
    answer = httpx.post(
        f"{cabinet_url}/files",
        headers={"Cookie": cookie_header(patient.context), "Origin": "https://evil.example"},
        data={"name": "Проба", "kind": "other", "day": "2026-01-01"},
        files={"file": ("scan.jpg", photo())},
    )

    assert answer.status_code == 403

"""Rows D1–D5: documents that are read, found, downloaded, reported, protected."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.documents import DocumentScreen, DocumentsScreen, ReportScreen
from tests.e2e.simulator import SimPerson, Simulator, cookie_header
from tests.pdf_ua import findings

PDF, JPG, XML = "Электрокардиограмма", "Справка в бассейн", "Протокол консультации невролога"
BLOOD = "Общий (клинический) анализ крови"


def test_d1_documents_in_three_formats_are_listed_by_date(patient: Page):
    documents = DocumentsScreen(patient).open()
    expect_accessible(patient)

    expect(documents.items).to_have_count(24)
    first = documents.items.first
    expect(first.get_by_role("heading")).to_have_text(XML)
    expect(first).to_contain_text("новый")
    expect(first).to_contain_text("Действует")
    expect(first).to_contain_text("(демо)")
    for words in ("PDF, ", "JPG, ", "XML, ", "Аннулирован", "Файл повреждён"):
        expect(documents.items.filter(has_text=words).first).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_d2_each_format_opens_in_the_browser(patient: Page, width: int):
    patient.set_viewport_size({"width": width, "height": 844})
    documents = DocumentsScreen(patient).open()

    for name, shown in ((PDF, "iframe"), (JPG, "img"), (XML, "iframe")):
        document = documents.open_document(name)
        expect(document.view.locator(shown).first).to_be_visible()
        expect(document.main.get_by_role("button", name="Распечатать")).to_be_visible()
        assert patient.title() == "Документ — Здрав29"
        expect_accessible(patient)
        assert patient.evaluate("document.documentElement.scrollWidth <= innerWidth")
        documents.open()


def test_d2_a_download_is_the_file_byte_for_byte_under_a_russian_name(
    patient: Page, tmp_path: Path, cabinet_url: str
):
    documents = DocumentsScreen(patient).open()

    for name, kind in ((PDF, "application/pdf"), (JPG, "image/jpeg"), (XML, "application/xml")):
        file_name, content = documents.download(name, tmp_path)
        link = documents.main.get_by_role("link", name=re.compile(f"^Скачать: {name}")).first
        answer = httpx.get(
            cabinet_url + (link.get_attribute("href") or ""),
            headers={"Cookie": cookie_header(patient.context)},
        )
        assert file_name.startswith(name)
        assert content == answer.content
        assert len(content) == int(answer.headers["content-length"])
        assert answer.headers["content-type"] == kind
        assert answer.headers["cache-control"] == "no-store"


def test_d2_the_text_of_a_downloaded_pdf_is_there(patient: Page, tmp_path: Path):
    _, content = DocumentsScreen(patient).open().download(PDF, tmp_path)

    text = PdfReader(BytesIO(content), strict=True).pages[0].extract_text()
    assert "Ритм синусовый" in text
    assert findings(content) == []


def test_d2_a_part_of_a_file_is_that_part_and_nothing_past_its_end_exists(
    patient: Page, cabinet_url: str
):
    documents = DocumentsScreen(patient).open()
    href = documents.main.get_by_role("link", name=re.compile(f"^Скачать: {PDF}")).first
    address = cabinet_url + (href.get_attribute("href") or "")
    cookie = {"Cookie": cookie_header(patient.context)}
    whole = httpx.get(address, headers=cookie)

    part = httpx.get(address, headers={**cookie, "Range": "bytes=10-19"})
    past = httpx.get(address, headers={**cookie, "Range": "bytes=99999999-"})

    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    assert past.status_code == 416
    for wrong, status in (
        ("bytes=9-5", 416),
        ("bytes=-0", 416),
        ("bytes=0-1,5-9", 200),
        ("bytes=a-b", 200),
        ("lines=1-2", 200),
    ):
        answer = httpx.get(address, headers={**cookie, "Range": wrong})
        assert (wrong, answer.status_code) == (wrong, status)


def test_d2_a_picture_grows_and_turns_by_button_and_by_key(patient: Page):
    document = DocumentsScreen(patient).open().open_document(JPG)
    picture = document.view.get_by_role("img")
    before = picture.bounding_box()

    document.view.get_by_role("button", name="Увеличить").click()
    document.view.get_by_role("group").press("r")

    expect(picture).to_have_css("transform", re.compile(r"matrix\(0, 1, -1, 0"))
    after = picture.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]


def test_d2_results_say_what_is_outside_and_how_it_was_before(patient: Page):
    documents = DocumentsScreen(patient).open()
    documents.main.get_by_role(
        "link", name=re.compile(f"^Открыть: {re.escape(BLOOD)}")
    ).last.click()
    first = DocumentScreen(patient, BLOOD).arrived()
    low = first.view.get_by_role("listitem").filter(has_text="Гемоглобин").first
    expect(low).to_contain_text("ниже нормы")
    expect(low).to_contain_text("120–150")
    expect(low).to_contain_text("Белок, который переносит кислород")

    documents.open().open_document(BLOOD)
    result = first.view.get_by_role("listitem").filter(has_text="Гемоглобин").first
    expect(result).to_contain_text("в норме")
    result.locator("summary").click()

    expect(result.get_by_role("row")).to_have_count(8)
    expect_accessible(patient)


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


def test_d3_documents_are_found_by_date_type_and_doctor_and_the_address_keeps_it(patient: Page):
    documents = DocumentsScreen(patient).open()

    documents.find(Тип_документа="certificate")
    documents.expect_found(2)
    documents.find(Дата_с="2026-01-01")
    expect(documents.items).to_have_count(1)
    patient.reload()
    documents.wait_ready()
    expect(documents.items).to_have_count(1)
    expect(documents.main.get_by_label("Тип документа")).to_have_value("certificate")

    documents.find(Дата_по="2026-01-02")
    expect(documents.main.get_by_text("По этим условиям ничего не нашлось")).to_be_visible()
    expect_accessible(patient)
    documents.main.get_by_role("link", name="Сбросить всё").first.click()
    documents.wait_ready()
    expect(documents.items).to_have_count(24)


def test_d3_a_doctor_is_chosen_with_the_number_of_documents(patient: Page):
    documents = DocumentsScreen(patient).open()
    option = documents.main.get_by_label("Врач").locator("option").nth(1)
    name, count = re.match(r"(.+) \((\d+)\)", option.inner_text()).groups()  # pyright: ignore[reportOptionalMemberAccess]

    documents.find(Врач=name)

    expect(documents.items).to_have_count(int(count))
    expect(documents.items.first).to_contain_text(name)


def test_d3_documents_are_found_by_institution_format_and_words(patient: Page):
    documents = DocumentsScreen(patient).open()
    documents.main.locator("summary", has_text="Ещё условия").click()
    clinics = documents.main.get_by_label("Медучреждение").locator("option")

    documents.find(Формат="jpg", Слова_в_названии="бассейна справка")

    documents.expect_found(1)
    expect(documents.items.first).to_contain_text(JPG)
    expect(clinics.nth(1)).to_contain_text("(1)")
    expect(documents.main.get_by_label("Формат")).to_be_visible()


def test_d3_many_documents_come_in_pages(simulator: Simulator, enter: Callable[[SimPerson], Page]):
    page = enter(simulator.new_person(gender="M", record="elder"))
    documents = DocumentsScreen(page).open()
    expect(documents.items).to_have_count(50)

    documents.main.get_by_role("link", name="Дальше").click()

    expect(documents.main.get_by_text("Страница 2 из 2")).to_be_visible()
    expect(documents.items).to_have_count(4)


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

    document.report("На бумаге другая дата, см. фото.", photo=_photo())

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


def test_d2_a_damaged_document_says_so_and_offers_what_is_left(patient: Page, tmp_path: Path):
    name = "Рентгенография органов грудной клетки"
    document = DocumentsScreen(patient).open().open_document(name)

    document.expect_damaged()

    expect_accessible(patient)
    with patient.expect_download() as started:
        document.refusal.get_by_role("link", name="Скачать").click()
    started.value.save_as(tmp_path / "damaged")
    assert len((tmp_path / "damaged").read_bytes()) == 900


def test_d2_an_earlier_version_can_be_opened(patient: Page):
    document = DocumentsScreen(patient).open().open_document("УЗИ органов брюшной полости")
    expect(document.main.get_by_role("link", name=re.compile("^Версия 3"))).to_have_attribute(
        "aria-current", "true"
    )

    document.main.get_by_role("link", name=re.compile("^Версия 1")).click()

    expect(document.main.get_by_text("Вы смотрите не последнюю версию")).to_be_visible()


def test_d1_a_childs_documents_are_there_after_changing_the_person(
    simulator: Simulator, enter: Callable[[SimPerson], Page]
):
    child = simulator.new_person(has_entered=False, birth_date="2019-07-27", last_name="Двинской")
    mother = enter(simulator.new_person(gender="F", children=[child.key], record="mother"))
    simulator.send_record(child, "child")
    mother.goto("/family")
    mother.get_by_role("button", name=re.compile("^Открыть кабинет: Двинской")).click()
    expect(mother.get_by_role("heading", level=1, name="Главная")).to_be_visible()

    documents = DocumentsScreen(mother).open()

    expect(documents.items).to_have_count(6)
    expect(documents.items.filter(has_text="педиатр").first).to_be_visible()
    documents.open_document("Протокол консультации педиатра")
    expect(mother.get_by_role("button", name="Скрыть от других")).to_have_count(0)


def _without_moments(page: str) -> str:
    """A page of a refusal without its time and the id of its request."""
    return re.sub(r"\d\d\.\d\d\.\d{4}[^<\"]*|[0-9a-f-]{12,}|\d\d:\d\d:\d\d", "", page)


def _photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Anna"
    out = BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_d1_a_scan_of_ones_own_is_added_without_what_it_tells_of_its_maker(
    patient: Page, tmp_path: Path
):
    DocumentsScreen(patient).open().upload("Выписка на бумаге", "scan.jpg", _photo())

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
    documents.upload("Выписка на бумаге", "scan.jpg", _photo())
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
        files={"file": ("scan.jpg", _photo())},
    )

    assert answer.status_code == 403

"""Rows D1–D5: documents that are read, found, downloaded, reported, protected."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.documents import DocumentScreen, DocumentsScreen
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


def test_d2_a_damaged_document_says_so_and_offers_what_is_left(patient: Page, tmp_path: Path):
    name = "Рентгенография органов грудной клетки"
    document = DocumentsScreen(patient).open().open_document(name)

    document.expect_damaged()

    expect_accessible(patient)
    with patient.expect_download() as started:
        document.refusal.get_by_role("link", name="Скачать").click()
    started.value.save_as(tmp_path / "damaged")
    assert len((tmp_path / "damaged").read_bytes()) == 900


def test_d2_a_file_that_a_region_has_not_made_yet_is_there_for_who_comes_by_its_address(
    patient: Page, stand: Stand | None
):
    if stand is None:
        pytest.skip("the database of a stand that is already up is out of reach")
    address = DocumentsScreen(patient).open().address_of(PDF)
    number = address.rpartition("/")[2]
    with closing(sqlite3.connect(stand.data_dir / "zdrav29.sqlite")) as database, database:
        unmade = "UPDATE document_version SET wrapped_key = '' WHERE document_id = ?"
        database.execute(unmade, (number,))

    patient.goto(address)
    DocumentScreen(patient, PDF).arrived()

    assert patient.request.get(f"/files/{number}").body()[:5] == b"%PDF-"


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

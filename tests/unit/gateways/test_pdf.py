"""Documents as PDF: kept for long (PDF/A-2U), and read aloud in order."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.pdf_ua import findings
from zdrav29_app.gateways.pdf import Sheet

MADE_AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
LONG = "Ритм синусовый, правильный. " * 12
LONG_NAME = "Показатель с таким длинным названием, что в одну строку оно не входит"


@pytest.fixture
def sheet() -> Sheet:
    """A document of more than one page."""
    made = Sheet("Выписка", made_at=MADE_AT)
    made.heading("Выписка")
    made.facts(("Пациент", "Двинская Анна"), ("Врач", "Лодьева Мария"))
    made.heading("Заключение", size=13)
    for _ in range(12):
        made.paragraph(LONG)
    return made


@pytest.fixture
def table(sheet: Sheet) -> Any:
    """The structure of a table that goes over several pages."""
    sheet.ruled_table(("Показатель", "Результат"), [(LONG_NAME, str(n)) for n in range(60)], (2, 1))
    sheet.paragraph(LONG)
    return _elements(_read(sheet))[-2]


def _read(sheet: Sheet) -> PdfReader:
    return PdfReader(BytesIO(sheet.bytes()), strict=True)


def _elements(file: PdfReader) -> list[Any]:
    root: Any = file.trailer["/Root"]
    return _inside(root["/StructTreeRoot"]["/K"][0].get_object())


def _inside(element: Any) -> list[Any]:
    return [each.get_object() for each in element["/K"]]


def test_a_document_is_tagged_in_reading_order(sheet: Sheet):
    kinds = [each["/S"] for each in _elements(_read(sheet))]

    assert kinds == ["/H1", "/P", "/P", "/H2", *["/P"] * 12]


def test_a_document_is_as_accessible_as_a_machine_can_check(sheet: Sheet):
    content = sheet.bytes()

    assert len(_read(sheet).pages) > 1
    assert findings(content) == []


def test_a_table_has_rows_of_cells_under_headings_of_their_columns(table: Any):
    head, *rows = _inside(table)

    assert table["/S"] == "/Table"
    assert [each["/S"] for each in _inside(head)] == ["/TH", "/TH"]
    assert {each["/A"]["/Scope"] for each in _inside(head)} == {"/Column"}
    assert len(rows) == 60
    assert {each["/S"] for row in rows for each in _inside(row)} == {"/TD"}


def test_a_table_over_several_pages_repeats_its_headings_to_the_eye_only(sheet: Sheet, table: Any):
    pages = [page.extract_text() for page in _read(sheet).pages]

    of_the_table = [text for text in pages if LONG_NAME[:30] in text.replace("\n", " ")]
    assert len(of_the_table) > 2
    assert all(text.count("Результат") == 1 for text in of_the_table)
    assert findings(sheet.bytes()) == []


@pytest.mark.parametrize(
    ("spoil", "point"),
    [
        (lambda sheet: sheet.line(0, 0, 9, 9), "01-005"),
        (lambda sheet: sheet.cell(20, 6, "слова"), "01-005"),
        (lambda sheet: sheet.set_lang("en"), "11-006"),
        (lambda sheet: sheet.heading("Ещё один заголовок"), "14-002"),
        (lambda sheet: _draw(sheet, "H3"), "14-003"),
        (lambda sheet: _draw(sheet, "Figure"), "13-004"),
        (lambda sheet: _draw(sheet, "TD"), "09-004"),
        (lambda sheet: _draw(sheet, "Chapter"), "02-001"),
        (lambda sheet: setattr(sheet, "viewer_preferences", None), "07-002"),
    ],
)
def test_the_check_sees_what_is_wrong(spoil: Any, point: str):
    sheet = Sheet("Выписка", made_at=MADE_AT)
    sheet.heading("Выписка")

    spoil(sheet)

    assert point in " ".join(findings(sheet.bytes()))


def _draw(sheet: Sheet, kind: str) -> None:
    with sheet.tagged(kind):
        sheet.cell(20, 6, "слова")


def test_a_document_says_that_it_is_pdf_a_2u_and_carries_its_colours(sheet: Sheet):
    root: Any = _read(sheet).trailer["/Root"]

    about = root["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>U</pdfaid:conformance>" in about
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"

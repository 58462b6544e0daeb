"""Documents as PDF: kept for long (PDF/A-2U), and read aloud in order."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from zdrav29_app.gateways.pdf import Sheet

MADE_AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
LONG = "Ритм синусовый, правильный. " * 12


@pytest.fixture
def file() -> PdfReader:
    """A document of more than one page."""
    sheet = Sheet("Выписка", made_at=MADE_AT)
    sheet.heading("Выписка")
    sheet.facts(("Пациент", "Двинская Анна"), ("Врач", "Лодьева Мария"))
    sheet.heading("Заключение", size=13)
    for _ in range(12):
        sheet.paragraph(LONG)
    return PdfReader(BytesIO(sheet.bytes()), strict=True)


def _elements(file: PdfReader) -> list[Any]:
    root: Any = file.trailer["/Root"]
    return [each.get_object() for each in root["/StructTreeRoot"]["/K"][0]["/K"]]


def test_a_document_is_tagged_in_reading_order(file: PdfReader):
    root: Any = file.trailer["/Root"]

    kinds = [each["/S"] for each in _elements(file)]

    assert root["/MarkInfo"] == {"/Marked": True}
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("ru-RU", True)
    assert kinds == ["/H1", "/P", "/P", "/H2", *["/P"] * 12]


def test_a_tag_begins_and_ends_on_one_page(file: PdfReader):
    assert len(file.pages) > 1

    for page in file.pages:
        content: Any = page.get_contents()
        words = content.get_data()
        assert words.count(b"BDC") == words.count(b"EMC") > 0


def test_a_document_says_that_it_is_pdf_a_2u_and_carries_its_colours(file: PdfReader):
    root: Any = file.trailer["/Root"]

    about = root["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>U</pdfaid:conformance>" in about
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"


def test_every_letter_is_embedded_and_can_be_copied(file: PdfReader):
    for page in file.pages:
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            known = font.get_object()
            assert "/ToUnicode" in known
            kept = known["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in kept

"""The talon as a PDF file, read back as a reader would."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from tests.conftest import FrozenClock
from tests.pdf_ua import findings
from zdrav29_app.db.tables import Slot
from zdrav29_app.endpoints.talon_pdf import pdf_of
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, visits
from zdrav29_app.services.visits import Visit


@pytest.fixture
def visit(session: Session, anna: Viewer, morning_slot: Slot) -> Visit:
    number = booking.book_slot(session, anna, morning_slot.id or 0).number
    return visits.my_visit(session, anna, number)


def _read(visit: Visit) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(visit)))


def test_the_file_tells_what_the_talon_tells_on_one_sheet(visit: Visit):
    [sheet] = _read(replace(visit, prepare="Снимите линзы.")).pages

    text = sheet.extract_text()
    for words in (
        f"Талон № {visit.number}",
        "вторник\n24\nноября\n09:15",
        visit.doctor.last,
        "кабинет 214, 2 этаж",
        visit.place.address,
        "Двинская Анна Сергеевна, 12.04.1984",
        "самозапись",
        "• паспорт",
        "За 10–15 минут до приёма",
        "Снимите линзы.",
    ):
        assert words in text.replace("\u00a0", " ")


def test_the_file_has_a_title_a_language_and_tags_in_reading_order(
    visit: Visit, frozen_clock: FrozenClock
):
    file = _read(visit)

    root: Any = file.trailer["/Root"]
    kinds = [each.get_object()["/S"] for each in root["/StructTreeRoot"]["/K"][0]["/K"]]
    about = file.xmp_metadata
    assert about
    assert about.dc_title == {"x-default": f"Талон № {visit.number}"}
    assert about.xmp_create_date == frozen_clock.now().replace(tzinfo=None)
    assert root["/Lang"] == "ru-RU"
    assert root["/MarkInfo"] == {"/Marked": True}
    assert kinds[0] == "/H1"
    assert set(kinds) == {"/H1", "/H2", "/P", "/Figure"}


def test_the_file_is_as_accessible_as_a_machine_can_check(visit: Visit):
    assert findings(pdf_of(visit)) == []


def test_a_visit_that_was_cancelled_says_so_and_asks_for_nothing(
    session: Session, anna: Viewer, visit: Visit
):
    booking.cancel_visit(session, anna, visit.number)

    [sheet] = _read(visits.my_visit(session, anna, visit.number)).pages

    assert "Отменён вами" in sheet.extract_text()
    assert "паспорт" not in sheet.extract_text()

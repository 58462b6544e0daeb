"""Records of the cast: believable, the same every time, in the three formats."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from obstore.store import MemoryStore
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import Engine

from tests.conftest import ANNA, FrozenClock, run, signed_in
from tests.pdf_ua import findings
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Action
from zdrav29_app.demo import records
from zdrav29_app.demo.seed import make_anew
from zdrav29_app.gateways import cda, files, formats
from zdrav29_app.identity import EsiaPerson
from zdrav29_app.papers import DocumentFormat, DocumentStatus, Verdict
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Opened
from zdrav29_app.values import Gender

ELDER = replace(ANNA, oid=1000000104, gender=Gender.MALE)
STRANGER = replace(ANNA, oid=2000000001)


@pytest.fixture
def town_with_people(
    file_engine: Engine, files_store: MemoryStore, frozen_clock: FrozenClock, today: date
) -> None:
    """The demo region with its cast."""
    engine_room.migrate()
    with engine_room.transaction() as session:
        make_anew(session, today=today)


def _delivered(person: EsiaPerson = ANNA) -> list[tuple[Opened, bytes]]:
    """Everything in the cabinet of a person, with the bytes of the last versions."""
    with engine_room.transaction() as session:
        viewer = signed_in(session, person)
    run(records.deliver(viewer.patient_id))
    with engine_room.transaction() as session:
        opened = [
            documents.open_document(session, viewer, paper.id, act=Action.DOCUMENT_OPENED)
            for paper in documents.my_documents(session, viewer)
        ]
    return [(one, run(files.read(one.shown.file))) for one in opened]


def test_a_record_is_believable_in_all_three_formats(town_with_people: None):
    record = _delivered()

    found = Counter(one.shown.format for one, _ in record)
    damaged = [one for one, _ in record if one.shown.is_damaged]
    assert min(found[each] for each in DocumentFormat) >= 3
    assert [one.paper.status for one, _ in record].count(DocumentStatus.ANNULLED) == 1
    assert [len(one.versions) for one, _ in record].count(3) == 1
    assert len(damaged) == 1
    for one, content in record:
        assert one.shown.size == len(content)
        assert "(демо)" in one.paper.institution
        assert formats.is_whole(content, one.shown.format) is not one.shown.is_damaged


def test_the_text_of_a_pdf_can_be_taken_out_and_its_type_is_embedded(town_with_people: None):
    record = _delivered()
    content = next(c for one, c in record if one.paper.name == "Электрокардиограмма")

    reader = PdfReader(BytesIO(content), strict=True)

    text = reader.pages[0].extract_text()
    assert "Ритм синусовый" in text
    assert "Двинская Анна Сергеевна" in text
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ru-RU"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Электрокардиограмма" in root["/Metadata"].get_object().get_data().decode()
    page: Any = reader.pages[0]
    assert all("/ToUnicode" in font.get_object() for font in page["/Resources"]["/Font"].values())


@pytest.mark.parametrize("person", [ANNA, ELDER])
def test_each_pdf_is_as_accessible_as_a_machine_can_check(
    town_with_people: None, person: EsiaPerson
):
    papers = [(one, content) for one, content in _delivered(person) if not one.shown.is_damaged]

    found = {
        one.paper.name: findings(content)
        for one, content in papers
        if one.shown.format is DocumentFormat.PDF
    }

    assert len(found) >= 3
    assert not any(found.values()), found


def test_a_laboratory_on_paper_shows_its_results_as_a_table(town_with_people: None):
    content = next(c for one, c in _delivered() if one.paper.name.startswith("Гормоны"))

    text = PdfReader(BytesIO(content)).pages[0].extract_text()

    assert re.search(r"Тиреотропный гормон 4,\d мЕд/л 0,4–4 выше нормы", text)


def test_a_scan_tells_nothing_of_its_maker(town_with_people: None):
    scans = [c for one, c in _delivered() if one.shown.format is DocumentFormat.JPG]

    for scan in scans:
        with Image.open(BytesIO(scan)) as image:
            assert not image.getexif()


def test_laboratory_results_go_over_years_and_show_what_was_outside(town_with_people: None):
    readable = [
        cda.read(content) for one, content in _delivered() if one.paper.name.startswith("Общий")
    ]

    by_day = {
        each.made_at: next(one for one in each.results if one.code == "HGB") for each in readable
    }
    verdicts = [by_day[day].verdict for day in sorted(by_day)]
    assert (max(by_day) - min(by_day)).days > 2 * 365
    assert verdicts[0] is Verdict.LOW
    assert verdicts[-1] is Verdict.NORMAL


def test_a_structured_document_has_the_shape_of_its_profile(town_with_people: None):
    content = next(c for one, c in _delivered() if one.paper.name.startswith("Биохимический"))

    root = cda.parse(content)

    names = [child.tag.rpartition("}")[2] for child in root]
    assert names[:10] == [
        "realmCode",
        "typeId",
        "templateId",
        "id",
        "code",
        "title",
        "effectiveTime",
        "confidentialityCode",
        "languageCode",
        "setId",
    ]
    assert root.find("{*}templateId").get("root") == "1.2.643.5.1.13.13.14.7.9.5"
    organizers = root.iterfind(".//{*}organizer")
    assert [each.get("classCode") for each in organizers] == ["CLUSTER", "BATTERY"]


def test_an_old_man_has_more_than_one_page_of_them_and_a_very_large_one(town_with_people: None):
    record = _delivered(ELDER)

    sizes = [one.shown.size for one, _ in record]
    assert len(record) > 50
    assert 12_000_000 < max(sizes) < 16_000_000
    assert min(sizes) < 20_000


def test_delivering_twice_changes_nothing_and_a_stranger_has_none(town_with_people: None):
    before = [one.paper.id for one, _ in _delivered()]

    assert [one.paper.id for one, _ in _delivered()] == before
    assert _delivered(STRANGER) == []


def test_the_same_day_gives_the_same_documents(town_with_people: None, today: date):
    first = _shown()
    with engine_room.transaction() as session:
        make_anew(session, today=today)

    assert _shown() == first


def _shown() -> dict[str, object]:
    """What a record shows: a PDF also notes when it was written, which no reader sees."""
    return {
        f"{one.paper.name} {one.paper.issued_on}": (
            len(content) if one.shown.format is DocumentFormat.PDF else content
        )
        for one, content in _delivered()
    }

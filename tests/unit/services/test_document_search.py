"""Finding among documents: filters, counts, pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.conftest import FrozenClock
from tests.unit.services.test_documents import NEW, version
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind
from zdrav29_app.services import arrivals, document_search
from zdrav29_app.services.document_search import PAGE_SIZE, Found, Wanted

DAY = NEW.issued_on
ELSE = replace(
    NEW,
    kind=DocumentKind.CERTIFICATE,
    name="Справка: зачёт по плаванию",
    issued_on=DAY - timedelta(days=10),
    doctor="Сиверков Андрей Иванович",
)


@pytest.fixture
def two_documents(session: Session, anna: Viewer, frozen_clock: FrozenClock) -> None:
    """An analysis as XML, and ten days earlier a certificate."""
    for new in (NEW, ELSE):
        arrivals.add(session, anna.patient_id, new, version(new.name, frozen_clock.now()))


def find(session: Session, viewer: Viewer, wanted: Wanted, page: int = 1) -> Found:
    return document_search.find(session, viewer, wanted, page)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), [NEW.name, ELSE.name]),
        (Wanted(since=DAY), [NEW.name]),
        (Wanted(until=DAY - timedelta(days=1)), [ELSE.name]),
        (Wanted(kind=DocumentKind.CERTIFICATE), [ELSE.name]),
        (Wanted(doctor=NEW.doctor), [NEW.name]),
        (Wanted(format=DocumentFormat.PDF), []),
        (Wanted(words="ЗАЧЕТ плаванию"), [ELSE.name]),
        (Wanted(words="сиверков"), [ELSE.name]),
        (Wanted(words="зачёта по плаванием"), [ELSE.name]),
        (Wanted(words="нет такого"), []),
    ],
)
def test_each_filter_finds_its_own(
    session: Session, anna: Viewer, two_documents: None, wanted: Wanted, names: list[str]
):
    found = find(session, anna, wanted)

    assert [paper.name for paper in found.papers] == names
    assert found.total == len(names)
    assert found.has_any


def test_a_filter_says_how_many_each_of_its_values_would_give_under_the_others(
    session: Session, anna: Viewer, two_documents: None
):
    found = find(session, anna, Wanted(since=DAY, kind=DocumentKind.CERTIFICATE))

    assert found.total == 0
    assert found.kinds == {DocumentKind.LAB: 1, DocumentKind.CERTIFICATE: 0}
    assert found.doctors == {NEW.doctor: 0, ELSE.doctor: 0}


def test_pages_are_of_fifty_and_past_the_end_is_the_last(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    for number in range(PAGE_SIZE + 1):
        new = replace(NEW, issued_on=date(2020, 1, 1) + timedelta(days=number))
        arrivals.add(session, anna.patient_id, new, version(str(number), frozen_clock.now()))

    first, last = (find(session, anna, Wanted(), page) for page in (1, 99))

    assert (len(first.papers), len(last.papers)) == (PAGE_SIZE, 1)
    assert (last.page, last.pages) == (2, 2)


def test_a_stranger_finds_nothing(session: Session, vera: Viewer, two_documents: None):
    found = find(session, vera, Wanted())

    assert not found.has_any
    assert found.kinds == {}

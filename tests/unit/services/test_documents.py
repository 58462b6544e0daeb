"""Documents: whose they are, who has looked, what is hidden."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock
from zdrav29_app.db.tables import Action, AuditEvent, DocumentVersion
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind, StoredFile
from zdrav29_app.services import arrivals, documents
from zdrav29_app.services.arrivals import NewDocument, NewVersion

NEW = NewDocument(
    kind=DocumentKind.LAB,
    name="Общий анализ крови",
    issued_on=date(2026, 11, 20),
    doctor="Лодьева Мария Петровна",
    post="Врач-терапевт",
    institution="Поликлиника № 1 (демо)",
)


def version(name: str, moment: datetime, change: str = "") -> NewVersion:
    return NewVersion(
        file=StoredFile(name, "00", 10, "0" * 64),
        format=DocumentFormat.XML,
        made_at=moment,
        change=change,
    )


@pytest.fixture
def annas_document(session: Session, anna: Viewer, frozen_clock: FrozenClock) -> int:
    """One document in Anna's cabinet."""
    return arrivals.add(session, anna.patient_id, NEW, version("first", frozen_clock.now()))


def opened(session: Session, viewer: Viewer, document_id: int) -> documents.Opened:
    return documents.open_document(session, viewer, document_id, act=Action.DOCUMENT_OPENED)


def test_anna_sees_and_opens_her_document_and_it_is_new_no_more(
    session: Session, anna: Viewer, annas_document: int
):
    [before] = documents.my_documents(session, anna)

    found = opened(session, anna, annas_document)

    [after] = documents.my_documents(session, anna)
    assert (before.is_new, after.is_new) == (True, False)
    assert found.paper.name == NEW.name
    assert found.shown.file.name == "first"


def test_vera_cannot_tell_annas_document_from_one_that_does_not_exist(
    session: Session, vera: Viewer, annas_document: int
):
    assert documents.my_documents(session, vera) == []

    for document_id in (annas_document, 999_999):
        with pytest.raises(NotFound):
            opened(session, vera, document_id)
        with pytest.raises(NotFound):
            documents.accesses(session, vera, document_id)
        with pytest.raises(NotFound):
            documents.set_hidden(session, vera, document_id, is_hidden=True)


def test_asking_for_annas_document_is_the_same_work_as_for_one_that_does_not_exist(
    session: Session, vera: Viewer, annas_document: int, statements: list[str]
):
    session.flush()
    asked: list[list[str]] = []

    for document_id in (annas_document, 999_999):
        statements.clear()
        with pytest.raises(NotFound):
            opened(session, vera, document_id)
        asked.append(list(statements))

    foreign, missing = asked
    assert foreign == missing != []


def test_who_acts_for_a_child_sees_the_childs_documents_and_leaves_a_trace_there(
    session: Session, anna: Viewer, boris: Viewer, frozen_clock: FrozenClock
):
    his = arrivals.add(session, boris.patient_id, NEW, version("his", frozen_clock.now()))
    mother = replace(anna, patient_id=boris.patient_id)

    opened(session, mother, his)

    [access] = documents.accesses(session, mother, his)
    assert access.is_viewer
    assert access.who.first == "Анна"


def test_a_file_asked_for_in_parts_is_one_access(
    session: Session, anna: Viewer, annas_document: int, frozen_clock: FrozenClock
):
    for _ in range(3):
        opened(session, anna, annas_document)
    documents.open_document(session, anna, annas_document, act=Action.DOCUMENT_DOWNLOADED)
    frozen_clock.advance(minutes=6)
    opened(session, anna, annas_document)

    acts = [access.action for access in documents.accesses(session, anna, annas_document)]

    assert acts == [
        Action.DOCUMENT_OPENED,
        Action.DOCUMENT_DOWNLOADED,
        Action.DOCUMENT_OPENED,
    ]


def test_values_shown_elsewhere_leave_a_trace_of_who_acts_for_the_patient_only(
    session: Session, anna: Viewer, boris: Viewer, frozen_clock: FrozenClock
):
    early, late = (
        arrivals.add(session, boris.patient_id, NEW, version(name, frozen_clock.now()))
        for name in ("early", "late")
    )
    mother = replace(anna, patient_id=boris.patient_id)
    opened(session, mother, late)

    for viewer in (boris, mother, mother):
        documents.note_quoted(session, viewer, [early, late])

    traces = [
        [(access.who.first, access.action) for access in documents.accesses(session, boris, one)]
        for one in (early, late)
    ]
    assert traces == [[("Анна", Action.DOCUMENT_QUOTED)], [("Анна", Action.DOCUMENT_OPENED)]]


def test_what_is_hidden_opens_for_its_patient_only(
    session: Session, anna: Viewer, vera: Viewer, annas_document: int
):
    acting = replace(vera, patient_id=anna.patient_id)

    documents.set_hidden(session, anna, annas_document, is_hidden=True)

    assert documents.my_documents(session, acting) == []
    with pytest.raises(NotFound):
        opened(session, acting, annas_document)
    assert opened(session, anna, annas_document).paper.is_hidden


def test_who_acts_for_another_hides_nothing(
    session: Session, anna: Viewer, vera: Viewer, annas_document: int
):
    acting = replace(vera, patient_id=anna.patient_id)

    with pytest.raises(NotFound):
        documents.set_hidden(session, acting, annas_document, is_hidden=True)


def test_a_corrected_version_comes_first_and_makes_the_document_new_again(
    session: Session, anna: Viewer, annas_document: int, frozen_clock: FrozenClock
):
    opened(session, anna, annas_document)

    arrivals.add_version(
        session, annas_document, version("second", frozen_clock.now(), "Исправлена дата.")
    )

    [paper] = documents.my_documents(session, anna)
    found = opened(session, anna, annas_document)
    assert (paper.version, paper.is_new) == (2, True)
    assert [one.number for one in found.versions] == [2, 1]
    assert found.shown.change == "Исправлена дата."


def test_an_earlier_version_can_be_asked_for_and_one_that_is_not_there_is_missing(
    session: Session, anna: Viewer, annas_document: int, frozen_clock: FrozenClock
):
    arrivals.add_version(session, annas_document, version("second", frozen_clock.now()))

    def ask(number: int) -> documents.Opened:
        return documents.open_document(
            session, anna, annas_document, version=number, act=Action.DOCUMENT_OPENED
        )

    assert ask(1).shown.file.name == "first"
    with pytest.raises(NotFound):
        ask(3)


def test_a_document_of_another_format_than_asked_for_is_missing_and_nobody_has_looked(
    session: Session, anna: Viewer, annas_document: int
):
    with pytest.raises(NotFound):
        documents.open_document(
            session, anna, annas_document, only=DocumentFormat.PDF, act=Action.DOCUMENT_OPENED
        )

    assert documents.accesses(session, anna, annas_document) == []


def test_what_the_patient_adds_herself_is_hers_and_not_new(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    new = NewDocument(DocumentKind.OTHER, "Выписка", date(2026, 1, 1), is_own=True)

    arrivals.upload(session, anna, new, version("own", frozen_clock.now()))

    [paper] = documents.my_documents(session, anna)
    assert (paper.is_own, paper.is_new) == (True, False)
    acts = set(session.exec(select(AuditEvent.action)))
    assert Action.DOCUMENT_UPLOADED in acts


def test_every_data_key_can_be_wrapped_anew(session: Session, annas_document: int):
    number = arrivals.rewrap_keys(session, lambda key: f"{key}-again")

    assert number == 1
    assert session.exec(select(DocumentVersion.wrapped_key)).all() == ["00-again"]

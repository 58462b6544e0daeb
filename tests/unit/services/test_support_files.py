"""Files added to requests: whose they are, how many, and that master keys are replaced for them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from zdrav29_app.db.tables import Action, AuditEvent, SupportFile
from zdrav29_app.errors import NotFound, TooManyRequests
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, StoredFile
from zdrav29_app.rules.support import MOST_FILES
from zdrav29_app.services import arrivals, operators, support, support_files
from zdrav29_app.services.support import Question
from zdrav29_app.services.support_files import NewFile
from zdrav29_app.values import SupportTopic


def _new(number: int = 1) -> NewFile:
    return NewFile("экран", DocumentFormat.JPG, StoredFile(f"name-{number}", "aa", 10, "0" * 64))


@pytest.fixture
def number(session: Session, anna: Viewer) -> str:
    """Anna's request."""
    return support.ask(session, anna, Question(SupportTopic.ERROR, "Не открылось")).number


def test_a_file_stands_in_the_request_it_was_added_to(session: Session, anna: Viewer, number: str):
    support_files.add(session, anna, number, _new())

    [mine] = support.my_requests(session, anna)
    [file] = mine.files
    assert file.name == "экран"
    assert support_files.open_file(session, anna, file.id).file.name == "name-1"
    acts = session.exec(select(AuditEvent.action)).all()
    assert acts[-2:] == [Action.SUPPORT_FILE_ADDED, Action.SUPPORT_FILE_OPENED]


def test_vera_neither_adds_a_file_to_annas_request_nor_opens_one(
    session: Session, anna: Viewer, vera: Viewer, number: str
):
    support_files.add(session, anna, number, _new())
    [file] = support.my_requests(session, anna)[0].files

    with pytest.raises(NotFound):
        support_files.add(session, vera, number, _new(2))
    with pytest.raises(NotFound):
        support_files.open_file(session, replace(vera, factors=2), file.id)


def test_an_operator_opens_a_file_and_it_is_written_down_in_the_patients_trail(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    number: str,
    monkeypatch: pytest.MonkeyPatch,
):
    support_files.add(session, anna, number, _new())
    [file] = support.my_requests(session, anna)[0].files
    oids = SimpleNamespace(operator_oids=frozenset({vera.oid}))
    monkeypatch.setattr(operators, "settings", oids)

    support_files.open_file(session, replace(vera, factors=2), file.id)

    last = session.exec(select(AuditEvent)).all()[-1]
    assert (last.patient_id, last.actor_id) == (anna.patient_id, vera.actor_id)


def test_a_request_holds_a_few_files_only(session: Session, anna: Viewer, number: str):
    for count in range(MOST_FILES):
        support_files.add(session, anna, number, _new(count))

    with pytest.raises(TooManyRequests):
        support_files.add(session, anna, number, _new(MOST_FILES))


def test_a_new_master_key_wraps_the_keys_of_these_files_too(
    session: Session, anna: Viewer, number: str
):
    support_files.add(session, anna, number, _new())

    arrivals.rewrap_keys(session, lambda key: key.upper())

    assert session.exec(select(SupportFile.wrapped_key)).one() == "AA"

"""Photos in requests to support: whose they are, and the renewing of their keys."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock
from zdrav29_app.db.tables import SupportPhoto
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind, StoredFile
from zdrav29_app.services import arrivals, document_reports, support, support_photos
from zdrav29_app.services.arrivals import NewDocument, NewVersion

PHOTO = StoredFile("photo", "00", 10, "0" * 64)


@pytest.fixture
def reported(session: Session, anna: Viewer, frozen_clock: FrozenClock) -> int:
    """The id of the photo of Anna's report."""
    version = NewVersion(
        StoredFile("paper", "00", 10, "0" * 64), DocumentFormat.PDF, frozen_clock.now()
    )
    new = NewDocument(DocumentKind.OTHER, "Выписка", date(2026, 1, 1))
    document_id = arrivals.add(session, anna.patient_id, new, version)
    document_reports.report(
        session, anna, document_id, text="Не та дата.", about="Дата", photo=PHOTO
    )
    [request] = document_reports.my_reports(session, anna, document_id)
    return request.thread[0].photo_id or 0


def test_who_sent_a_photo_finds_it_in_the_thread(session: Session, anna: Viewer, reported: int):
    assert support_photos.photo(session, anna, reported) == PHOTO


def test_a_request_without_a_photo_has_none(session: Session, anna: Viewer, reported: int):
    [request] = support.my_requests(session, anna)
    support.go_on(session, anna, request.number, "Ещё слова.")

    [request] = support.my_requests(session, anna)

    assert [said.photo_id for said in request.thread] == [reported, None]


def test_vera_cannot_tell_annas_photo_from_one_that_does_not_exist(
    session: Session, vera: Viewer, reported: int
):
    for photo_id in (reported, 999_999):
        with pytest.raises(NotFound):
            support_photos.photo(session, vera, photo_id)


def test_the_key_of_a_photo_is_wrapped_anew_with_the_others(session: Session, reported: int):
    assert arrivals.rewrap_keys(session, lambda key: f"{key}-again") == 2

    assert session.exec(select(SupportPhoto.wrapped_key)).all() == ["00-again"]

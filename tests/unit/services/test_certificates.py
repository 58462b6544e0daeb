"""Certificates: ordered, made by the clock, received as documents, cancelled in time."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tests.conftest import FrozenClock, Town
from zdrav29_app.db.tables import Action, AuditEvent, Certificate, Notice, NoticeKind, Patient
from zdrav29_app.errors import (
    AlreadyOrdered,
    NoClinicToAsk,
    NotForThisAge,
    NotFound,
    TooLateToCancelOrder,
)
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import (
    CertificateKind,
    CertificateRefusal,
    CertificateStatus,
    DocumentFormat,
    DocumentKind,
    StoredFile,
)
from zdrav29_app.rules import certificates as rules
from zdrav29_app.services import certificates, documents
from zdrav29_app.services.arrivals import NewDocument, NewVersion

PAPER = NewDocument(DocumentKind.CERTIFICATE, "Справка в бассейн", date(2026, 11, 24))


@pytest.fixture
def attached(session: Session, town: Town, anna: Viewer, boris: Viewer, vera: Viewer) -> None:
    """All three belong to one clinic."""
    clinic_id = town.branch().clinic_id
    for viewer in (anna, boris, vera):
        session.get_one(Patient, viewer.patient_id).clinic_id = clinic_id
    session.flush()


def _version(moment: datetime, name: str = "paper") -> NewVersion:
    return NewVersion(StoredFile(name, "00", 10, "0" * 64), DocumentFormat.PDF, moment)


def _order(session: Session, viewer: Viewer, kind: CertificateKind = CertificateKind.POOL) -> str:
    return certificates.order(session, viewer, kind, "в бассейн «Водник»")


def _issue(session: Session, number: str, moment: datetime) -> bool:
    task = certificates.open_task(session, number)
    return certificates.issue(session, task.certificate_id, PAPER, _version(moment))


@pytest.mark.usefixtures("attached")
def test_an_order_is_taken_up_and_then_due_by_the_clock_alone(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    number = _order(session, anna)
    assert not certificates.is_any_due(session)

    frozen_clock.moment += rules.DEMO_TAKES_UP_AFTER
    first = certificates.take_up(session)
    taken_up = certificates.my_orders(session, anna)[0].status
    frozen_clock.moment += rules.DEMO_READY_AFTER
    [task] = certificates.take_up(session)

    assert (first, taken_up) == ([], CertificateStatus.IN_WORK)
    assert task == certificates.open_task(session, number)
    assert task.purpose == "в бассейн «Водник»"


@pytest.mark.usefixtures("attached")
def test_a_jump_of_the_clock_over_both_steps_leads_to_the_answer_at_once(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    _order(session, anna)

    frozen_clock.advance(days=1)

    assert len(certificates.take_up(session)) == 1


@pytest.mark.usefixtures("attached")
def test_a_certificate_that_is_ready_is_a_new_document_and_its_patient_is_told(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    number = _order(session, anna)

    assert _issue(session, number, frozen_clock.now())

    [order] = certificates.my_orders(session, anna)
    [paper] = documents.my_documents(session, anna)
    [told] = session.exec(select(Notice).where(Notice.channel == "cabinet"))
    assert (order.status, order.document_id) == (CertificateStatus.READY, paper.id)
    assert (paper.is_new, paper.kind) == (True, DocumentKind.CERTIFICATE)
    assert (told.kind, told.facts) == (
        NoticeKind.CERTIFICATE,
        {"number": number, "status": "ready"},
    )
    assert not certificates.is_any_due(session)


@pytest.mark.usefixtures("attached")
def test_one_kind_is_ordered_once_and_another_one_beside_it(session: Session, anna: Viewer):
    number = _order(session, anna)

    with pytest.raises(AlreadyOrdered) as refused:
        _order(session, anna)
    _order(session, anna, CertificateKind.TAX)

    assert refused.value.number == number
    assert len(certificates.my_orders(session, anna)) == 2


@pytest.mark.usefixtures("attached")
def test_not_even_a_bug_orders_one_kind_twice(session: Session, anna: Viewer):
    _order(session, anna)
    [row] = session.exec(select(Certificate))

    session.add(Certificate(**{**row.model_dump(), "id": None, "number": "С-000000"}))

    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.usefixtures("attached")
def test_a_cancelled_order_is_never_answered_and_can_be_made_again(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    number = _order(session, anna)
    task = certificates.open_task(session, number)

    certificates.cancel(session, anna, number)

    moment = frozen_clock.now()
    assert not certificates.issue(session, task.certificate_id, PAPER, _version(moment))
    assert documents.my_documents(session, anna) == []
    with pytest.raises(TooLateToCancelOrder):
        certificates.cancel(session, anna, number)
    assert _order(session, anna) != number


@pytest.mark.usefixtures("attached")
def test_what_is_ready_cannot_be_cancelled(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    number = _order(session, anna)
    _issue(session, number, frozen_clock.now())

    with pytest.raises(TooLateToCancelOrder):
        certificates.cancel(session, anna, number)


@pytest.mark.usefixtures("attached")
def test_a_refusal_says_why_and_ends_the_order(session: Session, anna: Viewer):
    number = _order(session, anna)

    certificates.refuse(session, number, CertificateRefusal.EXAMINATION)

    [order] = certificates.my_orders(session, anna)
    assert (order.status, order.refusal) == (
        CertificateStatus.REFUSED,
        CertificateRefusal.EXAMINATION,
    )
    with pytest.raises(NotFound):
        certificates.refuse(session, number, CertificateRefusal.DATA)


@pytest.mark.usefixtures("attached")
def test_vera_neither_sees_nor_cancels_annas_order(session: Session, anna: Viewer, vera: Viewer):
    number = _order(session, anna)

    assert certificates.my_orders(session, vera) == []
    for asked in (number, "С-999999"):
        with pytest.raises(NotFound):
            certificates.cancel(session, vera, asked)


@pytest.mark.usefixtures("attached")
def test_who_acts_for_a_child_orders_for_it_and_is_told(
    session: Session, anna: Viewer, boris: Viewer, frozen_clock: FrozenClock
):
    mother = replace(anna, patient_id=boris.patient_id)

    number = _order(session, mother, CertificateKind.CAMP)
    _issue(session, number, frozen_clock.now())

    assert certificates.my_orders(session, anna) == []
    assert certificates.my_orders(session, boris)[0].kind is CertificateKind.CAMP
    assert set(session.exec(select(Notice.patient_id))) == {anna.patient_id}


@pytest.mark.usefixtures("attached")
def test_who_acts_for_another_is_not_led_to_a_document_that_is_hidden(
    session: Session, anna: Viewer, vera: Viewer, frozen_clock: FrozenClock
):
    number = _order(session, anna)
    _issue(session, number, frozen_clock.now())
    [paper] = documents.my_documents(session, anna)

    documents.set_hidden(session, anna, paper.id, is_hidden=True)

    acting = replace(vera, patient_id=anna.patient_id)
    assert certificates.my_orders(session, acting)[0].document_id is None
    assert certificates.my_orders(session, anna)[0].document_id == paper.id


@pytest.mark.usefixtures("attached")
@pytest.mark.parametrize(("whose", "kind"), [("anna", "camp"), ("boris", "tax")])
def test_a_kind_for_another_age_is_not_offered_and_refused(
    session: Session, request: pytest.FixtureRequest, whose: str, kind: str
):
    viewer: Viewer = request.getfixturevalue(whose)

    assert CertificateKind(kind) not in certificates.offer(session, viewer).kinds

    with pytest.raises(NotForThisAge):
        certificates.order(session, viewer, CertificateKind(kind))


def test_who_is_attached_nowhere_is_sent_to_choose_a_clinic(session: Session, anna: Viewer):
    assert certificates.offer(session, anna).clinic == ""

    with pytest.raises(NoClinicToAsk):
        _order(session, anna)


@pytest.mark.usefixtures("attached")
def test_ordering_and_cancelling_leave_their_trace(session: Session, anna: Viewer):
    certificates.cancel(session, anna, _order(session, anna))

    acts = set(session.exec(select(AuditEvent.action)))

    assert {Action.CERTIFICATE_ORDERED, Action.CERTIFICATE_CANCELLED} <= acts


def test_the_term_is_told_in_working_days(frozen_clock: FrozenClock):
    promised = rules.promised_at(frozen_clock.now())

    assert promised - frozen_clock.now() > timedelta(days=1)

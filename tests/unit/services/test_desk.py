"""The operator's desk: who may work there, the queue, answers, decisions, visits called off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from tests.conftest import ANNA, FrozenClock, Town, at, entered, signed_in
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import (
    Action,
    AttachmentApplication,
    AuditEvent,
    Clinic,
    Doctor,
    Notice,
    NoticeKind,
    Patient,
)
from zdrav29_app.errors import AlreadyDecided, NotFound, StepUpNeeded
from zdrav29_app.identity import Viewer
from zdrav29_app.services import (
    applications,
    booking,
    desk,
    operators,
    preferences,
    support,
    support_desk,
    visits,
)
from zdrav29_app.services.applications import Wanted as WantedClinic
from zdrav29_app.services.support import Question
from zdrav29_app.services.support_desk import Wanted
from zdrav29_app.values import (
    ApplicationStatus,
    AttachmentReason,
    Channel,
    NoticeGroup,
    RefusalReason,
    SupportStatus,
    SupportTopic,
)

OLGA = replace(ANNA, oid=1000000114, last_name="Новодвинская", first_name="Ольга", email=None)
PETR = replace(OLGA, oid=1000000199, last_name="Онежский", first_name="Пётр")


@pytest.fixture(autouse=True)
def two_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    oids = frozenset({OLGA.oid, PETR.oid})
    monkeypatch.setattr(operators, "settings", SimpleNamespace(operator_oids=oids))


@pytest.fixture
def olga(session: Session) -> Viewer:
    """An operator with both factors."""
    return replace(entered(signed_in(session, OLGA)), factors=2)


def _asked(session: Session, viewer: Viewer, topic: SupportTopic = SupportTopic.BOOKING) -> str:
    return support.ask(session, viewer, Question(topic, "Не вижу талонов")).number


def _told(session: Session, kind: NoticeKind) -> list[Notice]:
    rows = select(Notice).where(Notice.kind == kind).order_by(col(Notice.id))
    return list(session.exec(rows))


ACTS: list[Callable[[Session, Viewer], Any]] = [
    desk.look_around,
    desk.undecided,
    lambda session, viewer: desk.decide(session, viewer, "П-000001", None),
    lambda session, viewer: desk.call_off(session, viewer, "29-00000001", ""),
    lambda session, viewer: desk.announce_outage(session, viewer, "СМС запаздывают", None),
    lambda session, viewer: desk.end_announcement(session, viewer, 1),
    lambda session, viewer: support_desk.queue(session, viewer, Wanted()),
    lambda session, viewer: support_desk.open_request(session, viewer, "0000-0000"),
    lambda session, viewer: support_desk.answer(session, viewer, "0000-0000", "Да"),
    lambda session, viewer: support_desk.ask_back(session, viewer, "0000-0000", "Да?"),
    lambda session, viewer: support_desk.take(session, viewer, "0000-0000"),
    lambda session, viewer: support_desk.close(session, viewer, "0000-0000"),
]


@pytest.mark.parametrize("act", ACTS)
def test_whoever_is_no_operator_finds_no_desk(
    session: Session, vera: Viewer, act: Callable[[Session, Viewer], Any]
):
    with pytest.raises(NotFound):
        act(session, replace(vera, factors=2))


def test_an_operator_of_one_factor_is_asked_for_the_second(session: Session, olga: Viewer):
    with pytest.raises(StepUpNeeded):
        desk.look_around(session, replace(olga, factors=1))


def test_what_is_overdue_comes_first_then_what_is_new(
    session: Session, anna: Viewer, olga: Viewer, frozen_clock: FrozenClock
):
    taken = _asked(session, anna)
    support_desk.take(session, olga, taken)
    new = _asked(session, anna, SupportTopic.OTHER)
    urgent = _asked(session, anna, SupportTopic.SECURITY)
    frozen_clock.advance(days=2)

    queue = support_desk.queue(session, olga, Wanted())

    assert [one.number for one in queue.requests] == [urgent, new, taken]
    assert [one.is_overdue for one in queue.requests] == [True, False, False]
    only = support_desk.queue(session, olga, Wanted(topic=SupportTopic.OTHER))
    assert [one.number for one in only.requests] == [new]


def test_an_error_in_a_document_and_a_strange_sign_in_stand_there_with_what_they_are_about(
    session: Session, anna: Viewer, olga: Viewer
):
    about = "Общий анализ крови от 12.11.2026, документ целиком"
    report = Question(SupportTopic.DATA, "Не моя фамилия", about)
    support.ask(session, anna, report)
    support.ask(session, anna, Question(SupportTopic.SECURITY, "Это был не я: вход вчера"))

    strange, wrong = support_desk.queue(session, olga, Wanted()).requests

    assert (wrong.topic, wrong.about) == (SupportTopic.DATA, about)
    opened = support_desk.open_request(session, olga, strange.number)
    assert opened.request.thread[0].text == "Это был не я: вход вчера"


def test_an_answer_stands_in_the_thread_and_is_announced_by_the_settings(
    session: Session, anna: Viewer, olga: Viewer
):
    number = _asked(session, anna)
    only_mail = {
        **preferences.DEFAULTS.channels,
        NoticeGroup.SUPPORT: frozenset({Channel.EMAIL}),
    }
    preferences.save(session, anna, replace(preferences.DEFAULTS, channels=only_mail))

    support_desk.answer(session, olga, number, "Талоны будут завтра в восемь")

    [mine] = support.my_requests(session, anna)
    assert mine.status is SupportStatus.ANSWERED
    assert not mine.thread[-1].by_patient
    told = _told(session, NoticeKind.ANSWERED)
    assert {one.channel for one in told} == {Channel.EMAIL, Channel.CABINET}
    assert all("Талоны" not in str(one.facts) for one in told)
    assert support_desk.queue(session, olga, Wanted()).count == 0


def test_a_request_that_waits_for_the_patient_waits_for_support_again_after_her_words(
    session: Session, anna: Viewer, olga: Viewer
):
    number = _asked(session, anna)
    support_desk.ask_back(session, olga, number, "К какому врачу?")
    [waiting] = support.my_requests(session, anna)

    support.go_on(session, anna, number, "К окулисту")

    assert waiting.status is SupportStatus.WAITING
    assert support.my_requests(session, anna)[0].status is SupportStatus.NEW


def test_a_closed_request_is_opened_again_by_its_patient(
    session: Session, anna: Viewer, olga: Viewer
):
    number = _asked(session, anna)
    support_desk.close(session, olga, number)

    support.go_on(session, anna, number, "Осталось то же")

    assert support_desk.queue(session, olga, Wanted()).count == 1


def test_of_two_operators_one_takes_a_request(session: Session, anna: Viewer, olga: Viewer):
    number = _asked(session, anna)

    assert support_desk.take(session, olga, number)
    assert not support_desk.take(session, olga, number)


def test_an_answer_to_somebody_outside_goes_to_her_contact_and_is_then_forgotten(
    session: Session, olga: Viewer
):
    made = support.ask_from_outside(
        session, Question(SupportTopic.SIGN_IN, "Не войти"), "8 900 000-77-88"
    )

    support_desk.answer(session, olga, made.number, "Попробуйте теперь")

    [sent] = _told(session, NoticeKind.ANSWERED_OUTSIDE)
    assert (sent.patient_id, sent.channel, sent.address) == (None, Channel.SMS, "+79000007788")
    assert sent.facts["text"] == "Попробуйте теперь"


def test_every_act_at_the_desk_is_in_the_audit_trail_of_its_patient(
    session: Session, anna: Viewer, olga: Viewer
):
    number = _asked(session, anna)
    desk.look_around(session, olga)
    support_desk.open_request(session, olga, number)
    support_desk.take(session, olga, number)
    support_desk.ask_back(session, olga, number, "Что именно?")
    support_desk.answer(session, olga, number, "Готово")
    support_desk.close(session, olga, number)

    rows = session.exec(select(AuditEvent).where(AuditEvent.actor_id == olga.actor_id)).all()
    acts = [(one.action, one.patient_id) for one in rows if one.action != Action.SIGNED_IN]

    assert acts == [
        (Action.DESK_OPENED, olga.actor_id),
        (Action.SUPPORT_OPENED, anna.patient_id),
        (Action.SUPPORT_TAKEN, anna.patient_id),
        (Action.SUPPORT_QUESTIONED, anna.patient_id),
        (Action.SUPPORT_ANSWERED, anna.patient_id),
        (Action.SUPPORT_CLOSED, anna.patient_id),
    ]


def _applied(session: Session, anna: Viewer, town: Town) -> str:
    town.attach(anna)
    clinic = session.get_one(Clinic, town.branch().clinic_id)
    clinic.free_places = 5
    wanted = WantedClinic(clinic.id or 0, AttachmentReason.NEARER)
    return applications.apply(session, anna, wanted)


def test_an_operator_refuses_an_application_for_a_lawful_reason(
    session: Session, anna: Viewer, olga: Viewer, town: Town
):
    number = _applied(session, anna, town)

    desk.decide(session, olga, number, RefusalReason.POLICY)

    [mine] = applications.my_applications(session, anna)
    assert (mine.status, mine.refusal) == (ApplicationStatus.REFUSED, RefusalReason.POLICY)
    assert _told(session, NoticeKind.ATTACHMENT)[-1].facts["refusal"] == "policy"
    acts = select(AuditEvent).where(AuditEvent.actor_id == olga.actor_id)
    last = session.exec(acts.order_by(col(AuditEvent.id))).all()[-1]
    assert (last.action, last.patient_id) == (Action.ATTACHMENT_DECIDED, anna.patient_id)


def test_of_two_operators_at_once_one_decides_and_the_other_sees_the_decision(
    each_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(each_engine)
    with transaction() as session:
        number = _applied(session, entered(signed_in(session, ANNA)), Town(session))
        people = [replace(entered(signed_in(session, one)), factors=2) for one in (OLGA, PETR)]
    both_there = Barrier(2)

    def decide(operator: Viewer, refusal: RefusalReason | None) -> AlreadyDecided | None:
        both_there.wait()
        try:
            with transaction() as own:
                desk.decide(own, operator, number, refusal)
        except AlreadyDecided as late:
            return late
        return None

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, people, (None, RefusalReason.FULL)))

    with transaction() as session:
        row = session.exec(select(AttachmentApplication)).one()
        decided = session.exec(
            select(AuditEvent).where(AuditEvent.action == Action.ATTACHMENT_DECIDED)
        ).all()
    [late] = [one for one in answers if one]
    assert (late.status, late.refusal) == (row.status, row.refusal)
    assert len(decided) == 1
    assert row.status is not ApplicationStatus.UNDER_REVIEW


def test_an_operator_calls_a_visit_off_for_the_clinic(
    session: Session, anna: Viewer, olga: Viewer, town: Town, therapist: Doctor, today: date
):
    slot = town.slot(therapist, at(today + timedelta(days=2), 10))
    number = booking.book_slot(session, anna, slot.id or 0).number

    desk.call_off(session, olga, number, "Врач заболел")

    assert not visits.my_visit(session, anna, number).is_active
    last = session.exec(select(AuditEvent).where(AuditEvent.actor_id == olga.actor_id)).all()[-1]
    assert (last.action, last.patient_id) == (Action.CALLED_OFF, anna.patient_id)
    assert session.get_one(Patient, anna.patient_id).is_active

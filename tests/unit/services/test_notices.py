"""The outbox: every message is claimed by one worker, tried again, and given up in the end."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import Doctor, Notice, NoticeKind, Patient, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, notices, preferences
from zdrav29_app.values import Channel


@pytest.fixture
def notice_id(session: Session, vera: Viewer, morning_slot: Slot) -> int:
    """Vera has a telephone, no e-mail and wants no reminders: one visit makes one message."""
    preferences.save(session, vera, replace(preferences.DEFAULTS, remind_hours=()))
    booking.book_slot(session, vera, morning_slot.id or 0)
    by_sms = select(Notice.id).where(
        Notice.kind == NoticeKind.BOOKED, Notice.channel == Channel.SMS
    )
    return session.exec(by_sms).one() or 0


def test_a_message_is_claimed_once(session: Session, notice_id: int):
    first, second = notices.claim_due(session), notices.claim_due(session)

    assert [(notice.id, notice.kind, notice.channel) for notice in first] == [
        (notice_id, NoticeKind.BOOKED, Channel.SMS)
    ]
    assert second == []


def test_an_idle_worker_sees_whether_anything_waits(session: Session, notice_id: int):
    assert notices.is_any_due(session)

    notices.claim_due(session)

    assert not notices.is_any_due(session)


def test_a_message_of_a_worker_that_died_is_claimed_again(
    session: Session, notice_id: int, frozen_clock: FrozenClock
):
    notices.claim_due(session)
    frozen_clock.moment += notices.CLAIM_FOR - timedelta(seconds=1)
    assert notices.claim_due(session) == []

    frozen_clock.advance(seconds=1)

    assert [notice.id for notice in notices.claim_due(session)] == [notice_id]


def test_a_sent_message_is_never_sent_again(
    session: Session, notice_id: int, frozen_clock: FrozenClock
):
    notices.claim_due(session)
    notices.mark_sent(session, notice_id)

    frozen_clock.advance(days=365)

    assert notices.claim_due(session) == []
    row = session.get_one(Notice, notice_id)
    session.refresh(row)
    assert row.sent_at is not None


def test_a_failed_message_is_tried_again_after_growing_delays(
    session: Session, notice_id: int, frozen_clock: FrozenClock
):
    delays = []
    while notices.claim_due(session):
        notices.mark_failed(session, notice_id, permanent=False)
        session.flush()
        due_at = session.get_one(Notice, notice_id).due_at
        if due_at is None:
            break
        delays.append(due_at - frozen_clock.now())
        frozen_clock.moment = due_at

    assert delays[0] == notices.RETRY_AFTER
    assert all(later == 2 * sooner for sooner, later in pairwise(delays))
    assert len(delays) == notices.MOST_ATTEMPTS - 1


def test_a_message_is_given_up_after_the_last_attempt(
    session: Session, notice_id: int, frozen_clock: FrozenClock
):
    for _ in range(notices.MOST_ATTEMPTS):
        assert notices.claim_due(session)
        notices.mark_failed(session, notice_id, permanent=False)
        frozen_clock.advance(days=1)

    assert not notices.is_any_due(session)
    assert session.get_one(Notice, notice_id).sent_at is None


def test_a_message_nobody_can_take_is_given_up_at_once(
    session: Session, notice_id: int, frozen_clock: FrozenClock
):
    notices.claim_due(session)

    notices.mark_failed(session, notice_id, permanent=True)

    frozen_clock.advance(days=1)
    assert notices.claim_due(session) == []


def test_messages_leave_in_the_order_in_which_they_were_written(
    session: Session, anna: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, morning_slot.id or 0).number
    booking.cancel_visit(session, anna, number)

    kinds = [notice.kind for notice in notices.claim_due(session)]

    assert kinds == [NoticeKind.BOOKED] * 2 + [NoticeKind.CANCELLED] * 2


def test_a_full_outbox_is_claimed_in_batches(session: Session, notice_id: int):
    row = session.get_one(Notice, notice_id)
    copies = notices.BATCH + 4
    session.add_all([Notice(**row.model_dump(exclude={"id"})) for _ in range(copies)])
    session.flush()

    assert len(notices.claim_due(session)) == notices.BATCH
    assert len(notices.claim_due(session)) == copies + 1 - notices.BATCH


def test_a_message_keeps_nothing_of_the_patient_but_the_address(
    session: Session, vera: Viewer, notice_id: int
):
    patient, row = session.get_one(Patient, vera.patient_id), session.get_one(Notice, notice_id)
    private = {patient.last_name, patient.snils, patient.oms_number, str(patient.birth_date)}

    kept = " ".join(row.facts.values())

    assert not [fact for fact in private if fact and fact in kept]
    assert row.address == patient.phone


@pytest.fixture
def reminded_slot(town: Town, therapist: Doctor, today: date) -> Slot:
    """The day after tomorrow at noon; its first reminder comes tomorrow at noon."""
    return town.slot(therapist, at(today + timedelta(days=2), 12))


def _reminders(session: Session) -> list[Notice]:
    return list(session.exec(select(Notice).where(Notice.kind == NoticeKind.REMINDER)))


def test_a_reminder_that_is_late_is_taken_back_with_its_visit(
    session: Session, anna: Viewer, reminded_slot: Slot, frozen_clock: FrozenClock, today: date
):
    number = booking.book_slot(session, anna, reminded_slot.id or 0).number
    frozen_clock.moment = at(today + timedelta(days=1), 12)

    booking.cancel_visit(session, anna, number)

    assert [row for row in _reminders(session) if row.due_at] == []


def test_a_reminder_on_its_way_outlives_another_visit(
    session: Session,
    anna: Viewer,
    reminded_slot: Slot,
    town: Town,
    frozen_clock: FrozenClock,
    today: date,
):
    booking.book_slot(session, anna, reminded_slot.id or 0)
    frozen_clock.moment = at(today + timedelta(days=1), 12)
    claimed = {notice.id for notice in notices.claim_due(session)}
    other = town.slot(town.doctor("surgeon"), at(today + timedelta(days=3), 9))

    booking.book_slot(session, anna, other.id or 0)
    for notice_id in claimed:
        notices.mark_sent(session, notice_id)

    sent = {row.channel for row in _reminders(session) if row.sent_at}
    assert sent == set(Channel)


def test_a_message_taken_back_on_its_way_troubles_nobody(
    session: Session, anna: Viewer, reminded_slot: Slot, frozen_clock: FrozenClock, today: date
):
    number = booking.book_slot(session, anna, reminded_slot.id or 0).number
    frozen_clock.moment = at(today + timedelta(days=1), 12)
    sent, failed, _ = notices.claim_due(session)[-3:]

    booking.cancel_visit(session, anna, number)
    notices.mark_sent(session, sent.id)
    notices.mark_failed(session, failed.id, permanent=False)

    assert _reminders(session) == []

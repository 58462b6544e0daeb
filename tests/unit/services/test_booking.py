"""Booking and cancelling: one visit per time, only one's own, and everything in one transaction."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tests.conftest import FrozenClock, Town, at
from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Action,
    Appointment,
    AppointmentStatus,
    AuditEvent,
    Doctor,
    Notice,
    NoticeKind,
    Slot,
    SlotStatus,
)
from zdrav29_app.errors import (
    AlreadyBooked,
    BeyondHorizon,
    NotFound,
    SlotPast,
    SlotTaken,
    TimeConflict,
    TooLateToCancel,
    TooManyVisits,
    WrongAge,
)
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.norms import Check, norms
from zdrav29_app.services import booking, decisions, visits
from zdrav29_app.values import Channel


def _id(slot: Slot) -> int:
    assert slot.id
    return slot.id


def _audited(session: Session) -> list[Action]:
    booked_or_cancelled = {Action.BOOKED, Action.CANCELLED}
    return [
        event.action
        for event in session.exec(select(AuditEvent))
        if event.action in booked_or_cancelled
    ]


def test_a_patient_books_a_time(session: Session, anna: Viewer, morning_slot: Slot):
    booked = booking.book_slot(session, anna, _id(morning_slot))

    visit = visits.my_visit(session, anna, booked.number)
    session.refresh(morning_slot)
    assert morning_slot.status is SlotStatus.BUSY
    assert visit.starts_at == booked.starts_at == morning_slot.starts_at
    assert visit.is_active
    assert visit.is_cancellable
    assert visit.patient.last == "Двинская"
    assert visit.place.room == "214"


def test_a_visit_has_a_number_that_can_be_read_aloud(
    session: Session, anna: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number

    assert number.startswith("29-")
    assert len(number) == 3 + booking.NUMBER_DIGITS
    assert number[3:].isdigit()


def test_a_number_that_somebody_has_is_drawn_again(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    morning_slot: Slot,
    town: Town,
    today: date,
    monkeypatch: pytest.MonkeyPatch,
):
    draws = iter([17, 17, 29])
    monkeypatch.setattr("zdrav29_app.services.booking.secrets.randbelow", lambda _: next(draws))
    later = town.slot(town.doctor("surgeon"), at(today, 15))
    booking.book_slot(session, anna, _id(morning_slot))

    booked = booking.book_slot(session, vera, _id(later))

    assert booked.number == "29-00000029"


def test_second_patient_is_refused_the_same_slot_and_told_what_is_near(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot, town: Town, today: date
):
    doctor = session.get_one(Doctor, morning_slot.doctor_id)
    taken = town.slot(doctor, at(today, 9, 30), is_free=False)
    near = [town.slot(doctor, at(today, 10, minute)).starts_at for minute in (0, 15, 30, 45)]
    town.slot(town.doctor("surgeon"), at(today, 9, 45))
    booking.book_slot(session, anna, _id(morning_slot))

    with pytest.raises(SlotTaken) as refusal:
        booking.book_slot(session, vera, _id(morning_slot))

    assert refusal.value.neighbours == tuple(near[: decisions.NEIGHBOURS])
    assert taken.starts_at not in refusal.value.neighbours
    assert visits.my_visits(session, vera) == []


def test_the_last_time_of_a_doctor_has_no_neighbours(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    booking.book_slot(session, anna, _id(morning_slot))

    with pytest.raises(SlotTaken) as refusal:
        booking.book_slot(session, vera, _id(morning_slot))

    assert refusal.value.neighbours == ()


def test_asking_twice_gives_the_same_visit(session: Session, anna: Viewer, morning_slot: Slot):
    first = booking.book_slot(session, anna, _id(morning_slot))
    second = booking.book_slot(session, anna, _id(morning_slot))

    assert second == first
    assert len(session.exec(select(Appointment)).all()) == 1
    assert _audited(session) == [Action.BOOKED]
    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.BOOKED)).all()
    assert {row.channel for row in told} == set(Channel)
    assert len(told) == len(Channel)


def test_a_second_visit_to_the_same_speciality_is_refused_with_the_first(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    first = booking.book_slot(session, anna, _id(morning_slot))
    elsewhere = town.slot(town.doctor("therapist"), at(today, 15))

    with pytest.raises(AlreadyBooked) as refusal:
        booking.book_slot(session, anna, _id(elsewhere))

    assert refusal.value.number == first.number
    session.refresh(elsewhere)
    assert elsewhere.status is SlotStatus.FREE


def test_a_visit_that_is_over_stands_in_nobodys_way(
    session: Session,
    anna: Viewer,
    morning_slot: Slot,
    town: Town,
    today: date,
    frozen_clock: FrozenClock,
):
    booking.book_slot(session, anna, _id(morning_slot))
    later = town.slot(town.doctor("therapist"), at(today, 15))
    frozen_clock.moment = morning_slot.ends_at

    booking.book_slot(session, anna, _id(later))

    assert len(visits.my_visits(session, anna)) == 2


def test_two_visits_at_one_time_are_refused(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    booking.book_slot(session, anna, _id(morning_slot))
    meanwhile = town.slot(town.doctor("surgeon"), at(today, 9, 22))

    with pytest.raises(TimeConflict):
        booking.book_slot(session, anna, _id(meanwhile))


def test_nobody_holds_more_visits_than_the_limit(
    session: Session, anna: Viewer, town: Town, today: date
):
    slots = [
        town.slot(town.doctor(f"speciality{n}"), at(today, 9 + n))
        for n in range(norms()[Check.TOTAL].value + 1)
    ]
    held = [booking.book_slot(session, anna, _id(slot)) for slot in slots[:-1]]

    with pytest.raises(TooManyVisits):
        booking.book_slot(session, anna, _id(slots[-1]))
    booking.cancel_visit(session, anna, held[0].number)

    assert booking.book_slot(session, anna, _id(slots[-1]))


@pytest.mark.parametrize("slot_id", [0, -1, 10**6, 2**31 - 1])
def test_a_time_that_does_not_exist_is_not_found(session: Session, anna: Viewer, slot_id: int):
    with pytest.raises(NotFound):
        booking.book_slot(session, anna, slot_id)


def test_a_time_of_the_past_and_one_beyond_the_horizon_are_refused(
    session: Session, anna: Viewer, therapist: Doctor, town: Town, today: date
):
    past = town.slot(therapist, at(today, 7))
    far = town.slot(therapist, at(today + timedelta(days=15), 0))

    with pytest.raises(SlotPast):
        booking.book_slot(session, anna, _id(past))
    with pytest.raises(BeyondHorizon):
        booking.book_slot(session, anna, _id(far))


def test_a_child_is_refused_by_the_doctors_of_adults(
    session: Session, boris: Viewer, morning_slot: Slot
):
    with pytest.raises(WrongAge) as refusal:
        booking.book_slot(session, boris, _id(morning_slot))

    assert refusal.value.age == 7


def test_who_is_gone_books_nothing(session: Session, anna: Viewer, morning_slot: Slot):
    ghost = replace(anna, patient_id=10**6, oid=1)

    with pytest.raises(NotFound):
        booking.book_slot(session, ghost, _id(morning_slot))


def test_vera_cannot_see_annas_visit(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number

    with pytest.raises(NotFound):
        visits.my_visit(session, vera, number)
    assert visits.my_visits(session, vera) == []


def test_vera_cannot_cancel_annas_visit(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number

    with pytest.raises(NotFound):
        booking.cancel_visit(session, vera, number)

    assert visits.my_visit(session, anna, number).is_active


@pytest.mark.parametrize("number", ["", "29-00000000", "' OR 1=1 --", "%"])
def test_a_number_nobody_has_is_not_found(session: Session, anna: Viewer, number: str):
    with pytest.raises(NotFound):
        booking.cancel_visit(session, anna, number)


def test_cancelling_gives_the_time_back(session: Session, anna: Viewer, morning_slot: Slot):
    number = booking.book_slot(session, anna, _id(morning_slot)).number

    booking.cancel_visit(session, anna, number)

    visit = visits.my_visit(session, anna, number)
    session.refresh(morning_slot)
    assert morning_slot.status is SlotStatus.FREE
    assert visit.status is AppointmentStatus.CANCELLED
    assert visit.sequence == 1
    assert not visit.is_cancellable


def test_a_cancelled_time_can_be_booked_again_by_anybody(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    for viewer in (anna, anna, vera):
        number = booking.book_slot(session, viewer, _id(morning_slot)).number
        booking.cancel_visit(session, viewer, number)

    booking.book_slot(session, vera, _id(morning_slot))

    assert [visit.is_active for visit in visits.my_visits(session, anna)] == [False, False]
    assert sorted(visit.is_active for visit in visits.my_visits(session, vera)) == [False, True]


def test_cancelling_twice_does_not_free_what_another_has_booked(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    booking.cancel_visit(session, anna, number)
    booking.book_slot(session, vera, _id(morning_slot))

    with pytest.raises(TooLateToCancel):
        booking.cancel_visit(session, anna, number)

    session.refresh(morning_slot)
    assert morning_slot.status is SlotStatus.BUSY


def test_a_visit_that_has_begun_cannot_be_cancelled(
    session: Session, anna: Viewer, morning_slot: Slot, frozen_clock: FrozenClock
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    frozen_clock.moment = morning_slot.starts_at

    with pytest.raises(TooLateToCancel):
        booking.cancel_visit(session, anna, number)


def test_booking_and_cancelling_are_audited_without_names(
    session: Session, anna: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    booking.cancel_visit(session, anna, number)

    appointment = session.exec(select(Appointment)).one()
    events = session.exec(select(AuditEvent).where(AuditEvent.action != Action.SIGNED_IN)).all()
    assert [event.action for event in events] == [Action.BOOKED, Action.CANCELLED]
    assert {event.subject for event in events} == {f"appointment:{appointment.id}"}
    assert {event.patient_id for event in events} == {anna.patient_id}


def test_booking_and_cancelling_are_announced_to_every_contact(
    session: Session, anna: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    booking.cancel_visit(session, anna, number)

    rows = session.exec(select(Notice)).all()
    assert {(row.kind, row.channel, row.address) for row in rows} == {
        (kind, channel, address)
        for kind in (NoticeKind.BOOKED, NoticeKind.CANCELLED)
        for channel, address in (
            (Channel.SMS, "+79000000101"),
            (Channel.EMAIL, "anna@pomor.example"),
            (Channel.CABINET, ""),
        )
    }


def test_notices_and_audit_vanish_with_the_visit_when_the_transaction_fails(
    session: Session, anna: Viewer, morning_slot: Slot
):
    session.commit()

    booking.book_slot(session, anna, _id(morning_slot))
    assert session.exec(select(Notice)).all()
    session.rollback()

    assert session.exec(select(Appointment)).all() == []
    assert session.exec(select(Notice)).all() == []
    assert _audited(session) == []
    session.refresh(morning_slot)
    assert morning_slot.status is SlotStatus.FREE


def test_a_refusal_writes_nothing(session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot):
    booking.book_slot(session, anna, _id(morning_slot))
    notices_before = len(session.exec(select(Notice)).all())

    with pytest.raises(SlotTaken):
        booking.book_slot(session, vera, _id(morning_slot))

    assert _audited(session) == [Action.BOOKED]
    assert len(session.exec(select(Notice)).all()) == notices_before


def test_the_second_lock_holds_when_the_first_is_broken(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    booking.book_slot(session, anna, _id(morning_slot))
    second = Appointment(
        number="29-1", slot_id=_id(morning_slot), patient_id=vera.patient_id, created_at=clock.now()
    )

    session.add(second)
    with pytest.raises(IntegrityError):
        session.flush()


def test_visits_are_listed_the_earliest_first(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    later = town.slot(town.doctor("surgeon"), at(today + timedelta(days=1), 9))
    for slot in (later, morning_slot):
        booking.book_slot(session, anna, _id(slot))

    starts = [visit.starts_at for visit in visits.my_visits(session, anna)]

    assert starts == [morning_slot.starts_at, later.starts_at]

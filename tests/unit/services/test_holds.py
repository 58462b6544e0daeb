"""Holding a time while it is checked, and moving a visit to another one."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import ANNA, FrozenClock, Town, at, entered, signed_in
from zdrav29_app.db.tables import (
    Action,
    Appointment,
    AppointmentStatus,
    AuditEvent,
    Doctor,
    Hold,
    Notice,
    NoticeKind,
    Patient,
    Referral,
    Slot,
    SlotStatus,
)
from zdrav29_app.errors import HoldEnded, NotFound, ReferralNeeded, SlotTaken, TooLateToCancel
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, holding, holds, visits

SECOND = timedelta(seconds=1)


def _id(slot: Slot) -> int:
    assert slot.id
    return slot.id


def _statuses(session: Session, *slots: Slot) -> list[SlotStatus]:
    for slot in slots:
        session.refresh(slot)
    return [slot.status for slot in slots]


@pytest.fixture
def later_slot(town: Town, therapist: Doctor, today: date) -> Slot:
    """10:00 today with the same therapist."""
    return town.slot(therapist, at(today, 10))


def test_a_held_time_is_nobody_elses(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot, later_slot: Slot
):
    holding.hold_slot(session, anna, _id(morning_slot))

    for attempt in (holding.hold_slot, booking.book_slot):
        with pytest.raises(SlotTaken) as refusal:
            attempt(session, vera, _id(morning_slot))
        assert refusal.value.neighbours == (later_slot.starts_at,)

    booked = booking.book_slot(session, anna, _id(morning_slot))
    assert booked.starts_at == morning_slot.starts_at
    assert _statuses(session, morning_slot) == [SlotStatus.BUSY]
    assert session.exec(select(Hold)).all() == []


def test_a_hold_lasts_five_minutes_and_asking_again_makes_it_no_longer(
    session: Session, anna: Viewer, morning_slot: Slot, frozen_clock: FrozenClock
):
    first = holding.hold_slot(session, anna, _id(morning_slot))
    frozen_clock.moment += holding.HOLD_FOR - SECOND

    again = holding.hold_slot(session, anna, _id(morning_slot))

    assert again.until == first.until == frozen_clock.moment + SECOND


def test_a_hold_is_found_again_after_another_sign_in(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    held = holding.hold_slot(session, anna, _id(morning_slot))

    back = entered(signed_in(session, ANNA))

    found = holding.chosen(session, back)
    assert back.session_id != anna.session_id
    assert found
    assert (found.time.slot_id, found.until) == (_id(morning_slot), held.until)
    assert holding.chosen(session, vera) is None
    booking.book_slot(session, back, _id(morning_slot))
    assert holding.chosen(session, back) is None


def test_a_hold_that_is_over_is_not_offered_to_go_on_with(
    session: Session, anna: Viewer, morning_slot: Slot, frozen_clock: FrozenClock
):
    holding.hold_slot(session, anna, _id(morning_slot))

    frozen_clock.moment += holding.HOLD_FOR

    assert holding.chosen(session, anna) is None


def test_who_comes_late_is_told_so_whatever_else_stands_in_the_way(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot, later_slot: Slot
):
    booking.book_slot(session, anna, _id(morning_slot))
    session.get_one(Patient, vera.patient_id).oms_number = None

    for attempt in (holding.hold_slot, booking.book_slot):
        with pytest.raises(SlotTaken) as refusal:
            attempt(session, vera, _id(morning_slot))

        assert refusal.value.neighbours == (later_slot.starts_at,)


def test_a_hold_is_extended_once(
    session: Session, anna: Viewer, morning_slot: Slot, frozen_clock: FrozenClock
):
    first = holding.hold_slot(session, anna, _id(morning_slot))

    holding.extend_hold(session, anna, _id(morning_slot))

    held = holding.hold_slot(session, anna, _id(morning_slot))
    assert held.until == first.until + holding.HOLD_FOR
    assert held.is_extended
    with pytest.raises(HoldEnded):
        holding.extend_hold(session, anna, _id(morning_slot))
    frozen_clock.moment = held.until
    with pytest.raises(HoldEnded):
        holding.extend_hold(session, anna, _id(morning_slot))


def test_nobody_extends_the_hold_of_another(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    holding.hold_slot(session, anna, _id(morning_slot))

    with pytest.raises(HoldEnded):
        holding.extend_hold(session, vera, _id(morning_slot))


def test_another_choice_gives_the_one_before_back(
    session: Session, anna: Viewer, morning_slot: Slot, later_slot: Slot
):
    holding.hold_slot(session, anna, _id(morning_slot))

    holding.hold_slot(session, anna, _id(later_slot))

    statuses = _statuses(session, morning_slot, later_slot)
    assert statuses == [SlotStatus.FREE, SlotStatus.HELD]


def test_a_hold_that_has_ended_is_given_back_to_everybody(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    morning_slot: Slot,
    frozen_clock: FrozenClock,
):
    held = holding.hold_slot(session, anna, _id(morning_slot))
    assert holds.expired(session) == []
    frozen_clock.moment = held.until

    assert [over.slot_id for over in holds.expired(session)] == [morning_slot.id]
    assert booking.book_slot(session, vera, _id(morning_slot)).starts_at == morning_slot.starts_at
    assert not holds.release(session, _id(morning_slot))


def test_what_may_not_be_booked_is_not_held(
    session: Session, anna: Viewer, town: Town, today: date
):
    neurologist = town.doctor(town.speciality("neurologist", referral=True))
    slot = town.slot(neurologist, at(today, 8))

    with pytest.raises(ReferralNeeded):
        holding.hold_slot(session, anna, _id(slot))
    with pytest.raises(NotFound):
        holding.hold_slot(session, anna, 10**6)

    assert _statuses(session, slot) == [SlotStatus.FREE]


def test_who_needs_a_referral_is_offered_the_nearest_district_doctor(
    session: Session, anna: Viewer, town: Town, today: date
):
    neurologist = town.doctor(town.speciality("neurologist", referral=True))
    slot = town.slot(neurologist, at(today, 8))
    own = town.attach(anna)
    district = town.doctor(town.speciality("district", attached=True), branch=own)
    stranger = town.doctor("district")
    town.slot(stranger, at(today, 9))
    town.slot(district, at(today, 9, 30), is_free=False)
    nearest = town.slot(district, at(today, 10))

    with pytest.raises(ReferralNeeded) as refusal:
        holding.hold_slot(session, anna, _id(slot))

    assert refusal.value.offer == (nearest.id, nearest.starts_at)


def test_a_visit_moves_with_its_number_and_the_old_time_is_free_again(
    session: Session, anna: Viewer, morning_slot: Slot, later_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    holding.hold_slot(session, anna, _id(later_slot), moving=number)
    assert _statuses(session, morning_slot, later_slot) == [SlotStatus.BUSY, SlotStatus.HELD]

    moved = booking.move_visit(session, anna, number, _id(later_slot))

    visit = visits.my_visit(session, anna, number)
    assert (moved.number, visit.starts_at) == (number, later_slot.starts_at)
    assert visit.sequence == 1
    assert _statuses(session, morning_slot, later_slot) == [SlotStatus.FREE, SlotStatus.BUSY]
    assert session.exec(select(Hold)).all() == []
    [row] = session.exec(select(Appointment)).all()
    assert row.status is AppointmentStatus.BOOKED
    assert row.moved_at


def test_a_move_is_announced_and_audited_once_however_often_it_is_asked_for(
    session: Session, anna: Viewer, morning_slot: Slot, later_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number

    for _ in range(2):
        booking.move_visit(session, anna, number, _id(later_slot))

    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.MOVED)).all()
    done = session.exec(select(AuditEvent).where(AuditEvent.action == Action.MOVED)).all()
    assert {one.address for one in told} == {"+79000000101", "anna@pomor.example", ""}
    assert len(done) == 1


def test_a_visit_that_moves_to_another_speciality_uses_the_referral_to_it(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    neurologist = town.doctor(town.speciality("neurologist", referral=True))
    slot = town.slot(neurologist, at(today, 12))
    referral = Referral(
        number="29-Н-1",
        patient_id=anna.patient_id,
        speciality_code="neurologist",
        clinic_id=town.branch().clinic_id,
        issued_by="Лодьева М. П., терапевт",
        reason="Головные боли",
        issued_on=today,
        valid_until=today + timedelta(days=30),
    )
    session.add(referral)

    booking.move_visit(session, anna, number, _id(slot))

    [row] = session.exec(select(Appointment)).all()
    session.refresh(row)
    assert row.referral_id == referral.id


def test_a_move_that_is_refused_leaves_the_visit_where_it_was(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot, later_slot: Slot
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number
    booking.book_slot(session, vera, _id(later_slot))

    with pytest.raises(SlotTaken):
        booking.move_visit(session, anna, number, _id(later_slot))

    assert visits.my_visit(session, anna, number).starts_at == morning_slot.starts_at
    assert _statuses(session, morning_slot) == [SlotStatus.BUSY]


def test_nobody_moves_the_visit_of_another_or_one_that_is_over(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    morning_slot: Slot,
    later_slot: Slot,
    frozen_clock: FrozenClock,
):
    number = booking.book_slot(session, anna, _id(morning_slot)).number

    with pytest.raises(NotFound):
        booking.move_visit(session, vera, number, _id(later_slot))
    frozen_clock.moment = morning_slot.starts_at
    with pytest.raises(TooLateToCancel):
        booking.move_visit(session, anna, number, _id(later_slot))

    assert _statuses(session, later_slot) == [SlotStatus.FREE]

"""Times that people look at: which are gone, and whether somebody else was faster."""

from datetime import date

from sqlmodel import Session

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import Doctor, Slot, SlotStatus
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, holding, watching


def _id(slot: Slot) -> int:
    return slot.id or 0


def test_held_and_booked_times_are_not_free_and_the_others_are(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, town: Town, today: date
):
    held, booked, free = (town.slot(therapist, at(today, hour)) for hour in (9, 10, 11))
    holding.hold_slot(session, anna, _id(held))
    booking.book_slot(session, vera, _id(booked))

    gone = watching.not_free(session, [_id(held), _id(booked), _id(free), 10**6])

    assert gone == {_id(held), _id(booked)}


def test_more_times_than_one_query_takes(session: Session, anna: Viewer, morning_slot: Slot):
    holding.hold_slot(session, anna, _id(morning_slot))
    many = range(1, 3 * watching.AT_ONCE)

    assert watching.not_free(session, many) == {_id(morning_slot)}


def test_only_what_somebody_else_took_is_told_the_earliest_first(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, town: Town, today: date
):
    slots = [town.slot(therapist, at(today, hour)) for hour in (11, 10, 9, 8)]
    by_the_clinic, by_vera, by_anna, _ = slots
    other = town.slot(town.doctor("surgeon"), at(today, 12))
    booking.book_slot(session, vera, _id(by_vera))
    booking.book_slot(session, anna, _id(by_anna))
    holding.hold_slot(session, anna, _id(other))
    by_the_clinic.status = SlotStatus.BUSY
    session.flush()
    shown = [_id(slot) for slot in (*slots, other)]

    assert watching.taken_by_others(session, anna, shown) == (at(today, 10), at(today, 11))


def test_a_time_that_has_begun_was_taken_by_nobody(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    morning_slot: Slot,
    frozen_clock: FrozenClock,
):
    booking.book_slot(session, vera, _id(morning_slot))
    frozen_clock.moment = morning_slot.starts_at

    assert watching.taken_by_others(session, anna, [_id(morning_slot)]) == ()

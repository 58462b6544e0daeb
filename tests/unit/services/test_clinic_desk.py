"""What a clinic does: it calls visits off and holds others instead, publishes times, takes them."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock, Town, at
from tests.unit.services.waiting_list import enter, join, status_of, told_of
from zdrav29_app.db.tables import (
    Appointment,
    CancelledBy,
    Doctor,
    Hold,
    HoldPurpose,
    NoticeKind,
    Patient,
    Slot,
    SlotStatus,
)
from zdrav29_app.errors import NotFound, SlotTaken, TooLateToCancel
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, clinic_desk, offers, replacements, waiting
from zdrav29_app.services.clinic_desk import Which
from zdrav29_app.services.waiting import Wish

pytestmark = pytest.mark.usefixtures("morning")
DAY = timedelta(days=1)
REASON = "Врач заболел"


@pytest.fixture
def visit(session: Session, anna: Viewer, town: Town, therapist: Doctor, today: date) -> str:
    """Anna's visit to the therapist in three days, 10:00; returns its number."""
    enter(session, session.get_one(Patient, anna.patient_id))
    slot = town.slot(therapist, at(today + 3 * DAY, 10))
    return booking.book_slot(session, anna, slot.id or 0).number


def _held(session: Session) -> set[int]:
    rows = select(Hold.slot_id).where(Hold.purpose == HoldPurpose.REPLACEMENT)
    return set(session.exec(rows))


def test_a_visit_called_off_says_by_whom_and_why_and_its_time_is_nobodys(
    session: Session, visit: str
):
    clinic_desk.call_off(session, visit, REASON)

    row = session.exec(select(Appointment).where(Appointment.number == visit)).one()
    session.refresh(row)
    assert (row.cancelled_by, row.cancel_reason, row.sequence) == (CancelledBy.CLINIC, REASON, 1)
    assert session.get_one(Slot, row.slot_id).status is SlotStatus.BUSY
    with pytest.raises(TooLateToCancel):
        clinic_desk.call_off(session, visit, REASON)
    with pytest.raises(NotFound):
        clinic_desk.call_off(session, "29-00000000", REASON)


def test_three_times_are_held_the_same_doctor_then_branch_then_clinic_and_the_nearest_first(
    session: Session, anna: Viewer, visit: str, town: Town, therapist: Doctor, today: date
):
    colleague, elsewhere = town.doctor(), town.doctor()
    colleague.branch_id = therapist.branch_id
    branch, other = (town.branch() for _ in range(2))
    other.clinic_id = branch.clinic_id
    same_doctor = town.slot(therapist, at(today + 9 * DAY, 10))
    near, far = (town.slot(colleague, at(today + days * DAY, 10)) for days in (4, 7))
    town.slot(elsewhere, at(today + 3 * DAY, 10, 15))
    town.slot(town.doctor("ent"), at(today + 3 * DAY, 10))
    town.slot(therapist, at(today, 8, 30))
    town.slot(therapist, at(today + 14 * DAY, 9))

    times = clinic_desk.call_off(session, visit, REASON)

    assert {one.slot_id for one in times} == {same_doctor.id, near.id, far.id}
    assert [one.starts_at for one in times] == sorted(one.starts_at for one in times)
    [told] = replacements.mine(session, anna)
    assert told.visit.number == visit
    assert told.times == tuple(times)


def test_times_held_instead_are_hers_for_a_day(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    visit: str,
    town: Town,
    therapist: Doctor,
    today: date,
    frozen_clock: FrozenClock,
):
    slot = town.slot(therapist, at(today + 4 * DAY, 10))
    clinic_desk.call_off(session, visit, REASON)
    with pytest.raises(SlotTaken):
        booking.book_slot(session, vera, slot.id or 0)

    frozen_clock.advance(hours=24)
    offers.end_over(session)

    assert replacements.mine(session, anna) == []
    assert booking.book_slot(session, vera, slot.id or 0)


def test_one_is_taken_and_the_others_go_back(
    session: Session, anna: Viewer, visit: str, town: Town, therapist: Doctor, today: date
):
    slots = [town.slot(therapist, at(today + 4 * DAY, hour)) for hour in (9, 10, 11)]
    clinic_desk.call_off(session, visit, REASON)

    booking.book_slot(session, anna, slots[1].id or 0)

    free, busy = SlotStatus.FREE, SlotStatus.BUSY
    assert [status_of(session, slot) for slot in slots] == [free, busy, free]
    assert replacements.mine(session, anna) == []


def test_another_time_of_her_own_choice_gives_them_back_too(
    session: Session, anna: Viewer, visit: str, town: Town, therapist: Doctor, today: date
):
    held = town.slot(therapist, at(today + 4 * DAY, 9))
    clinic_desk.call_off(session, visit, REASON)
    own = town.slot(therapist, at(today + 5 * DAY, 9))

    booking.book_slot(session, anna, own.id or 0)

    assert status_of(session, held) is SlotStatus.FREE


def test_refusing_frees_all_and_the_waiting_list_is_asked_first(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    visit: str,
    town: Town,
    therapist: Doctor,
    today: date,
    wish: Wish,
):
    slots = [town.slot(therapist, at(today + 4 * DAY, hour)) for hour in (9, 10, 11)]
    clinic_desk.call_off(session, visit, REASON)
    join(session, vera, therapist, wish)
    with pytest.raises(NotFound):
        replacements.refuse(session, vera, visit)

    for _ in range(2):
        replacements.refuse(session, anna, visit)

    assert _held(session) == set()
    assert waiting.mine(session, vera)[0].offer
    statuses = [status_of(session, slot) for slot in slots]
    assert sorted(statuses) == [SlotStatus.HELD, SlotStatus.FREE, SlotStatus.FREE]


def test_the_notice_gives_the_times_but_not_the_clinics_own_words(
    session: Session, visit: str, town: Town, therapist: Doctor, today: date
):
    slot = town.slot(therapist, at(today + 4 * DAY, 9))

    clinic_desk.call_off(session, visit, "Гипертонический криз у пациента")

    told = told_of(session, NoticeKind.CALLED_OFF)
    assert {one.address for one in told} == {"+79000000101", "anna@pomor.example", ""}
    assert {one.facts["times"] for one in told} == {slot.starts_at.isoformat()}
    assert all("криз" not in str(one.facts) for one in told)
    assert [one for one in told_of(session, NoticeKind.REMINDER) if one.about == visit] == []


def test_published_times_fill_the_gaps_and_the_waiting_list_has_them_first(
    session: Session, vera: Viewer, town: Town, therapist: Doctor, today: date, wish: Wish
):
    tomorrow = today + DAY
    known = town.slot(therapist, at(tomorrow, 9, 15), is_free=False)
    join(session, vera, therapist, wish)

    made = clinic_desk.publish(
        session, Which(doctor=therapist.last_name, day=tomorrow, begin=time(9), end=time(10))
    )

    begins = [session.get_one(Slot, slot_id).starts_at for slot_id in made]
    assert begins == [at(tomorrow, 9), at(tomorrow, 9, 30), at(tomorrow, 9, 45)]
    assert waiting.offered_slot(session, vera, waiting.mine(session, vera)[0].id) == made[0]
    assert status_of(session, known) is SlotStatus.BUSY
    with pytest.raises(NotFound):
        clinic_desk.publish(session, Which(doctor="Никто", day=tomorrow))


def test_taken_times_are_free_no_longer_and_others_stay(
    session: Session, town: Town, therapist: Doctor, today: date
):
    early, late, busy = (
        town.slot(therapist, at(today + DAY, hour), is_free=hour != 12) for hour in (9, 11, 12)
    )
    meant = Which(speciality="Therapist", day=today + DAY, begin=time(10))

    taken = clinic_desk.take(session, clinic_desk.free_times(session, meant))

    assert taken == [late.id]
    assert clinic_desk.free_times(session, Which(speciality="therapist")) == [early.id]
    assert clinic_desk.take(session, [busy.id or 0]) == []

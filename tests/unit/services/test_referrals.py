"""Referrals of a patient: what they open, until when, and that each is good for one visit."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import DispensaryRecord, Doctor, Patient, Referral, Slot, SlotKind
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, referrals, timetable
from zdrav29_app.services.referrals import ReferralState
from zdrav29_app.services.timetable import Wanted


@pytest.fixture
def neurologist(town: Town) -> Doctor:
    """A doctor who receives by referral."""
    return town.doctor(town.speciality("neurologist", referral=True))


@pytest.fixture
def slot(town: Town, session: Session, neurologist: Doctor, today: date) -> Slot:
    """Her time today, kept for who is referred."""
    slot = town.slot(neurologist, at(today, 9))
    slot.kind = SlotKind.REFERRAL
    session.add(slot)
    return slot


def _refer(session: Session, town: Town, viewer: Viewer, until: date, number: str) -> Referral:
    row = Referral(
        number=number,
        patient_id=viewer.patient_id,
        speciality_code="neurologist",
        clinic_id=town.branch().clinic_id,
        issued_by="Лодьева М. П.",
        reason="Головные боли",
        issued_on=until - timedelta(days=30),
        valid_until=until,
    )
    session.add(row)
    session.flush()
    return row


def _insure(session: Session, viewer: Viewer) -> None:
    session.get_one(Patient, viewer.patient_id).oms_number = "2900000000001013"


def _offered(session: Session, viewer: Viewer) -> list[int]:
    found = timetable.look(session, viewer, Wanted(speciality="neurologist"))
    return [time.slot_id for doctor in found.doctors for time in doctor.times]


def test_a_referral_opens_the_times_of_its_speciality_to_its_patient_only(
    session: Session, anna: Viewer, vera: Viewer, town: Town, slot: Slot, today: date
):
    _refer(session, town, anna, today, "29-Н-1")

    offered = _offered(session, anna)

    assert offered == [slot.id]
    assert _offered(session, vera) == []


def test_a_referral_is_open_on_its_last_day_and_expired_on_the_next(
    session: Session,
    anna: Viewer,
    town: Town,
    slot: Slot,
    today: date,
    frozen_clock: FrozenClock,
):
    _refer(session, town, anna, today, "29-Н-1")
    [before] = referrals.my_referrals(session, anna)

    frozen_clock.advance(days=1)
    [after] = referrals.my_referrals(session, anna)

    assert (before.state, after.state) == (ReferralState.OPEN, ReferralState.EXPIRED)
    assert referrals.opened_specialities(session, anna) == set()


def test_a_visit_uses_a_referral_up_and_calling_it_off_gives_it_back(
    session: Session, anna: Viewer, town: Town, slot: Slot, today: date
):
    _insure(session, anna)
    _refer(session, town, anna, today, "29-Н-1")

    booked = booking.book_slot(session, anna, slot.id or 0)
    [used] = referrals.my_referrals(session, anna)
    booking.cancel_visit(session, anna, booked.number)
    [again] = referrals.my_referrals(session, anna)

    assert (used.state, used.visit) == (ReferralState.USED, booked.number)
    assert (again.state, again.visit) == (ReferralState.OPEN, "")


def test_a_visit_is_booked_with_the_referral_that_ends_soonest(
    session: Session, anna: Viewer, town: Town, slot: Slot, today: date
):
    _insure(session, anna)
    _refer(session, town, anna, today + timedelta(days=20), "29-Н-2")
    _refer(session, town, anna, today + timedelta(days=5), "29-Н-1")
    _refer(session, town, anna, today - timedelta(days=1), "29-Н-0")

    booking.book_slot(session, anna, slot.id or 0)

    states = {one.number: one.state for one in referrals.my_referrals(session, anna)}
    assert states == {
        "29-Н-0": ReferralState.EXPIRED,
        "29-Н-1": ReferralState.USED,
        "29-Н-2": ReferralState.OPEN,
    }
    assert referrals.my_referrals(session, anna)[0].number == "29-Н-2"


def test_who_is_under_observation_needs_no_referral(
    session: Session, anna: Viewer, slot: Slot, today: date
):
    session.add(
        DispensaryRecord(
            patient_id=anna.patient_id,
            speciality_code="neurologist",
            diagnosis="Мигрень",
            since=today,
        )
    )

    assert _offered(session, anna) == [slot.id]


def test_nobody_sees_the_referrals_of_another(
    session: Session, anna: Viewer, vera: Viewer, town: Town, slot: Slot, today: date
):
    _refer(session, town, anna, today, "29-Н-1")

    assert referrals.my_referrals(session, vera) == []

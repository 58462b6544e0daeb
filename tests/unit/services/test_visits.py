"""What a talon tells of a visit."""

from datetime import date, timedelta

from sqlmodel import Session

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import Doctor, Patient, Referral, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, visits
from zdrav29_app.services.visits import Visit


def _booked(session: Session, viewer: Viewer, slot: Slot) -> Visit:
    number = booking.book_slot(session, viewer, slot.id or 0).number
    return visits.my_visit(session, viewer, number)


def test_the_talon_tells_how_to_get_ready(session: Session, town: Town, anna: Viewer, today: date):
    speciality = town.speciality("ophthalmologist")
    speciality.prepare = "Снимите линзы."
    slot = town.slot(town.doctor(speciality), at(today, 10))

    assert _booked(session, anna, slot).prepare == "Снимите линзы."


def test_a_child_brings_a_birth_certificate_until_it_gets_a_passport(
    session: Session, town: Town, boris: Viewer, today: date
):
    doctor = town.doctor(town.speciality("pediatrician", children=True))
    visit = _booked(session, boris, town.slot(doctor, at(today, 10)))
    assert not visit.has_passport

    session.get_one(Patient, boris.patient_id).birth_date = today.replace(year=today.year - 14)

    assert visits.my_visit(session, boris, visit.number).has_passport


def test_a_visit_by_referral_names_it(session: Session, town: Town, anna: Viewer, today: date):
    speciality = town.speciality("cardiologist", referral=True)
    branch = town.attach(anna)
    doctor = town.doctor(speciality, branch=branch)
    referral = Referral(
        number="29-Н-10125",
        patient_id=anna.patient_id,
        speciality_code="cardiologist",
        clinic_id=branch.clinic_id,
        issued_by="Лодьева М. П., терапевт",
        reason="Перебои в сердце",
        issued_on=today - timedelta(days=5),
        valid_until=today + timedelta(days=25),
    )
    session.add(referral)
    session.flush()

    visit = _booked(session, anna, town.slot(doctor, at(today, 10)))

    assert (visit.referral, visit.referred_on) == ("29-Н-10125", today - timedelta(days=5))


def test_a_visit_of_ones_own_accord_names_none(session: Session, anna: Viewer, morning_slot: Slot):
    visit = _booked(session, anna, morning_slot)

    assert (visit.referral, visit.referred_on) == ("", None)


def test_a_moved_visit_says_since_when_it_changed(
    session: Session,
    town: Town,
    anna: Viewer,
    therapist: Doctor,
    morning_slot: Slot,
    frozen_clock: FrozenClock,
):
    visit = _booked(session, anna, morning_slot)
    later = town.slot(therapist, morning_slot.starts_at + timedelta(hours=1))
    frozen_clock.advance(minutes=5)

    booking.move_visit(session, anna, visit.number, later.id or 0)

    moved = visits.my_visit(session, anna, visit.number)
    assert moved.moved_at == moved.changed_at == frozen_clock.now()


def test_a_visit_is_soon_within_a_day(
    session: Session, town: Town, anna: Viewer, therapist: Doctor, frozen_clock: FrozenClock
):
    slot = town.slot(therapist, frozen_clock.now() + timedelta(hours=24))
    visit = _booked(session, anna, slot)
    assert not visit.is_soon

    frozen_clock.advance(seconds=1)

    assert visits.my_visit(session, anna, visit.number).is_soon

"""Past visits of demo people: real doctors of the region, times that were, and how each ended."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Branch,
    CancelledBy,
    Doctor,
    Patient,
    Slot,
    SlotStatus,
    Speciality,
)
from zdrav29_app.demo.vocabulary import vocabulary
from zdrav29_app.errors import NotFound
from zdrav29_app.values import MOSCOW

SATURDAY = 5
FIRST_HOUR = 9
BOOKED_AHEAD, CANCELLED_AHEAD = timedelta(days=5), timedelta(days=1)


def give(session: Session, patient: Patient, visits: list[dict[str, Any]], today: date) -> None:
    """Write the past visits of a cast member, numbered by the person and their order."""
    for order, facts in enumerate(visits):
        slot = _slot(session, _doctor(session, patient, facts["speciality"]), facts, today)
        number = f"29-{patient.oid % 10_000:04d}{order:04d}"
        session.add(_appointment(patient, slot, number, facts))
    session.flush()


def _appointment(patient: Patient, slot: Slot, number: str, facts: dict[str, Any]) -> Appointment:
    status = AppointmentStatus(facts.get("status", AppointmentStatus.FULFILLED))
    is_cancelled = status is AppointmentStatus.CANCELLED
    return Appointment(
        number=number,
        slot_id=slot.id or 0,
        patient_id=patient.id or 0,
        status=status,
        created_at=slot.starts_at - BOOKED_AHEAD,
        moved_at=slot.starts_at - 2 * CANCELLED_AHEAD if facts.get("moved") else None,
        cancelled_at=slot.starts_at - CANCELLED_AHEAD if is_cancelled else None,
        cancelled_by=CancelledBy(facts["by"]) if is_cancelled else None,
        cancel_reason=facts.get("reason"),
    )


def _doctor(session: Session, patient: Patient, speciality: str) -> Doctor:
    """One of the patient's own clinic, if it has such a doctor; otherwise the region's first.

    Raises:
        NotFound: nobody in the region is that.
    """
    found = session.exec(
        select(Doctor)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .where(Doctor.speciality_code == speciality)
        .order_by(col(Branch.clinic_id) != (patient.clinic_id or 0), col(Doctor.id))
    ).first()
    if found is None:
        raise NotFound
    return found


def _slot(session: Session, doctor: Doctor, facts: dict[str, Any], today: date) -> Slot:
    length = timedelta(minutes=session.get_one(Speciality, doctor.speciality_code).slot_minutes)
    day = _working_day(today + timedelta(days=facts["days"]))
    opens = datetime.combine(day, time(FIRST_HOUR), MOSCOW)
    starts_at = opens + length * (day.toordinal() % 8)
    was_free = facts.get("status") == AppointmentStatus.CANCELLED
    slot = session.exec(
        select(Slot).where(Slot.doctor_id == doctor.id, Slot.starts_at == starts_at)
    ).first() or Slot(
        doctor_id=doctor.id or 0,
        starts_at=starts_at,
        ends_at=starts_at + length,
        status=SlotStatus.FREE if was_free else SlotStatus.BUSY,
    )
    session.add(slot)
    session.flush()
    return slot


def _working_day(day: date) -> date:
    while day.weekday() >= SATURDAY or vocabulary().is_holiday(day):
        day -= timedelta(days=1)
    return day

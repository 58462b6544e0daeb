"""Booking a visit to a doctor (запись на приём).

Invariant: one active appointment per slot, held by a conditional UPDATE here and by the unique
index `one_active_appointment_per_slot` in db/tables.py.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Action,
    Appointment,
    AppointmentStatus,
    Doctor,
    NoticeKind,
    Patient,
    Slot,
    SlotStatus,
    Speciality,
)
from zdrav29_app.errors import NotFound, SlotTaken, TooLateToCancel
from zdrav29_app.rules import booking as rules
from zdrav29_app.services import audit, notices, visits
from zdrav29_app.services.sign_in import Viewer

NEIGHBOURS = 3
NUMBER_DIGITS = 8


@dataclass(frozen=True)
class Booked:
    """A visit that was made. `starts_at` is aware UTC."""

    number: str
    starts_at: datetime


def book_slot(session: Session, viewer: Viewer, slot_id: int) -> Booked:
    """Book a slot for the viewer; asking twice gives the same visit, not a second one.

    Writes the appointment, an audit event and notices in the caller's transaction.

    Raises:
        NotFound: no such slot.
        BookingRefused: a rule forbids it; the subclass says which.
        SlotTaken: somebody was faster; carries free times nearby.
    """
    if already := _own_visit_on(session, viewer, slot_id):
        return already
    slot, _, _ = check_slot(session, viewer, slot_id)
    _take(session, slot)
    patient = patient_of(session, viewer)
    appointment = _appointment(session, slot, patient)

    audit.record(session, viewer, Action.BOOKED, f"appointment:{appointment.id}")
    visit = visits.my_visit(session, viewer, appointment.number)
    notices.announce(session, patient, NoticeKind.BOOKED, visit)
    return Booked(appointment.number, slot.starts_at)


def cancel_visit(session: Session, viewer: Viewer, number: str) -> None:
    """Cancel a visit of the viewer and give the time back to everybody.

    Raises:
        NotFound: the viewer has no such visit.
        TooLateToCancel: it has begun, is over or was cancelled before.
    """
    now = clock.now()
    appointment, slot = _own_appointment(session, viewer, number)
    rules.check_may_cancel(appointment, slot, now=now)
    _release(session, appointment, now)

    audit.record(session, viewer, Action.CANCELLED, f"appointment:{appointment.id}")
    visit = visits.my_visit(session, viewer, number)
    notices.announce(session, patient_of(session, viewer), NoticeKind.CANCELLED, visit)


def check_slot(session: Session, viewer: Viewer, slot_id: int) -> tuple[Slot, Doctor, Speciality]:
    """A slot the viewer may book now, with whose it is.

    Raises:
        NotFound: no such slot.
        BookingRefused: a rule forbids it; `SlotTaken` carries free times nearby.
    """
    slot, doctor, speciality = _slot(session, slot_id)
    patient, active = patient_of(session, viewer), _active_visits(session, viewer)
    try:
        rules.check_may_book(patient, slot, speciality, active, now=clock.now())
    except SlotTaken:
        raise SlotTaken(_neighbours(session, slot)) from None
    return slot, doctor, speciality


def _slot(session: Session, slot_id: int) -> tuple[Slot, Doctor, Speciality]:
    found = session.exec(
        select(Slot, Doctor, Speciality)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(Slot.id == slot_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def patient_of(session: Session, viewer: Viewer) -> Patient:
    """The patient the viewer acts for.

    Raises:
        NotFound: the patient is gone.
    """
    patient = session.get(Patient, viewer.patient_id)
    if patient is None:
        raise NotFound
    return patient


def _active_visits(session: Session, viewer: Viewer) -> list[rules.ActiveVisit]:
    rows = session.exec(
        select(Appointment, Slot, Speciality)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(
            Appointment.patient_id == viewer.patient_id,
            Appointment.status == AppointmentStatus.BOOKED,
            Slot.ends_at > clock.now(),
        )
    )
    return [rules.ActiveVisit(visit.number, speciality, slot) for visit, slot, speciality in rows]


def _own_visit_on(session: Session, viewer: Viewer, slot_id: int) -> Booked | None:
    found = session.exec(
        select(Appointment, Slot)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .where(
            Appointment.slot_id == slot_id,
            Appointment.patient_id == viewer.patient_id,
            Appointment.status == AppointmentStatus.BOOKED,
            Slot.starts_at > clock.now(),
        )
    ).one_or_none()
    return Booked(found[0].number, found[1].starts_at) if found else None


def _take(session: Session, slot: Slot) -> None:
    taken = session.exec(
        update(Slot)
        .where(col(Slot.id) == slot.id, col(Slot.status) == SlotStatus.FREE)
        .values(status=SlotStatus.BUSY)
    )
    if taken.rowcount != 1:
        raise SlotTaken(_neighbours(session, slot))


def _appointment(session: Session, slot: Slot, patient: Patient) -> Appointment:
    appointment = Appointment(
        number=_free_number(session),
        slot_id=slot.id or 0,
        patient_id=patient.id or 0,
        created_at=clock.now(),
    )
    session.add(appointment)
    session.flush()
    return appointment


def _free_number(session: Session) -> str:
    while True:
        number = f"29-{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
        if not session.exec(select(Appointment.id).where(Appointment.number == number)).first():
            return number


def _neighbours(session: Session, slot: Slot) -> tuple[datetime, ...]:
    later = session.exec(
        select(Slot.starts_at)
        .where(
            Slot.doctor_id == slot.doctor_id,
            Slot.status == SlotStatus.FREE,
            Slot.starts_at > max(slot.starts_at, clock.now()),
            Slot.starts_at < rules.horizon(clock.now()),
        )
        .order_by(col(Slot.starts_at))
        .limit(NEIGHBOURS)
    )
    return tuple(later)


def _own_appointment(session: Session, viewer: Viewer, number: str) -> tuple[Appointment, Slot]:
    found = session.exec(
        select(Appointment, Slot)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .where(Appointment.number == number, Appointment.patient_id == viewer.patient_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _release(session: Session, appointment: Appointment, now: datetime) -> None:
    cancelled = session.exec(
        update(Appointment)
        .where(
            col(Appointment.id) == appointment.id,
            col(Appointment.status) == AppointmentStatus.BOOKED,
        )
        .values(
            status=AppointmentStatus.CANCELLED,
            cancelled_at=now,
            sequence=col(Appointment.sequence) + 1,
        )
    )
    if cancelled.rowcount != 1:  # another tab was faster: the time may be someone else's by now
        raise TooLateToCancel
    session.exec(
        update(Slot).where(col(Slot.id) == appointment.slot_id).values(status=SlotStatus.FREE)
    )

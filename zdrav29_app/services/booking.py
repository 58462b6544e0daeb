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
    CancelledBy,
    NoticeKind,
    Patient,
    Slot,
    SlotStatus,
)
from zdrav29_app.errors import NotFound, SlotTaken, TooLateToCancel
from zdrav29_app.identity import Actor, Viewer
from zdrav29_app.rules import booking as rules
from zdrav29_app.services import (
    audit,
    decisions,
    holds,
    notices,
    offers,
    patients,
    reminders,
    replacements,
    visits,
)
from zdrav29_app.services.decisions import Judged

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
    patients.take_turn(session, viewer.patient_id)
    if _is_busy(session, slot_id) and (already := visit_on(session, viewer, slot_id)):
        return already
    judged = allowed(session, viewer, slot_id)
    _take(session, judged.slot, judged.patient)
    appointment = _appointment(session, judged)
    for room in (offers, replacements):
        room.settle(session, viewer.patient_id, judged.speciality.code)

    audit.record(session, viewer, Action.BOOKED, f"appointment:{appointment.id}")
    _tell(session, viewer, judged.patient, NoticeKind.BOOKED, appointment.number)
    return Booked(appointment.number, judged.slot.starts_at)


def visit_on(session: Session, viewer: Viewer, slot_id: int) -> Booked | None:
    """The viewer's own visit at a time, still ahead; an act whose answer was lost is found here."""
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


def move_visit(session: Session, viewer: Viewer, number: str, slot_id: int) -> Booked:
    """Put a visit of the viewer to another time: the same number, the old time is free again.

    Raises:
        NotFound: the viewer has no such visit, or there is no such slot.
        TooLateToCancel: the visit has begun, is over or was cancelled.
        BookingRefused: a rule forbids the new time; the old one stays.
    """
    now = clock.now()
    patients.take_turn(session, viewer.patient_id)
    appointment, before = _own_appointment(session, viewer, number)
    if appointment.slot_id == slot_id:
        return Booked(number, before.starts_at)
    rules.check_may_cancel(appointment, before, now=now)
    judged = allowed(session, viewer, slot_id, moving=number)
    _take(session, judged.slot, judged.patient)
    _put(session, appointment, judged, now)
    _give_back(session, before.id or 0)

    audit.record(session, viewer, Action.MOVED, f"appointment:{appointment.id}")
    _tell(session, viewer, judged.patient, NoticeKind.MOVED, number)
    return Booked(number, judged.slot.starts_at)


def cancel_visit(session: Session, viewer: Actor, number: str) -> None:
    """Cancel a visit of the viewer and give the time back to everybody.

    Raises:
        NotFound: the viewer has no such visit.
        TooLateToCancel: it has begun, is over or was cancelled before.
    """
    now = clock.now()
    patients.take_turn(session, viewer.patient_id)
    appointment, slot = _own_appointment(session, viewer, number)
    rules.check_may_cancel(appointment, slot, now=now)
    _release(session, appointment, now)

    audit.record(session, viewer, Action.CANCELLED, f"appointment:{appointment.id}")
    _tell(session, viewer, patient_of(session, viewer), NoticeKind.CANCELLED, number)


def allowed(session: Session, viewer: Viewer, slot_id: int, *, moving: str = "") -> Judged:
    """A time that the viewer may have, with what was judged.

    Raises:
        NotFound: no such slot.
        BookingRefused: a rule forbids it; the subclass says which.
    """
    if _is_busy(session, slot_id):  # hundreds may have been late: no other check would help them
        raise SlotTaken(decisions.neighbours(session, session.get_one(Slot, slot_id)))
    offers.end_if_over(session, slot_id)
    judged = decisions.judge(session, viewer, slot_id, moving=moving)
    if refusal := judged.decision.refusal:
        raise refusal
    return judged


def _tell(session: Session, viewer: Actor, patient: Patient, kind: NoticeKind, number: str) -> None:
    visit = visits.my_visit(session, viewer, number)
    actor = session.get_one(Patient, viewer.actor_id)
    notices.announce(session, patient, actor, kind, visit)
    reminders.plan(session, patient, actor, changed=number)


def _is_busy(session: Session, slot_id: int) -> bool:
    slot = session.get(Slot, slot_id)
    return slot is not None and slot.status is SlotStatus.BUSY


def patient_of(session: Session, viewer: Actor) -> Patient:
    """The patient the viewer acts for.

    Raises:
        NotFound: the patient is gone.
    """
    patient = session.get(Patient, viewer.patient_id)
    if patient is None:
        raise NotFound
    return patient


def _take(session: Session, slot: Slot, patient: Patient) -> None:
    try:
        holds.take(session, slot.id or 0, patient.id or 0)
    except SlotTaken:
        raise SlotTaken(decisions.neighbours(session, slot)) from None


def _appointment(session: Session, judged: Judged) -> Appointment:
    appointment = Appointment(
        number=free_number(session),
        slot_id=judged.slot.id or 0,
        patient_id=judged.patient.id or 0,
        referral_id=_referral_id(judged),
        created_at=clock.now(),
    )
    session.add(appointment)
    session.flush()
    return appointment


def _referral_id(judged: Judged) -> int | None:
    return judged.referral.id if judged.referral else None


def free_number(session: Session) -> str:
    """A number for a talon that nobody has."""
    while True:
        number = f"29-{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
        if not session.exec(select(Appointment.id).where(Appointment.number == number)).first():
            return number


def _own_appointment(session: Session, viewer: Actor, number: str) -> tuple[Appointment, Slot]:
    found = session.exec(
        select(Appointment, Slot)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .where(Appointment.number == number, Appointment.patient_id == viewer.patient_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _put(session: Session, appointment: Appointment, judged: Judged, now: datetime) -> None:
    moved = session.exec(
        update(Appointment)
        .where(
            col(Appointment.id) == appointment.id,
            col(Appointment.slot_id) == appointment.slot_id,
            col(Appointment.status) == AppointmentStatus.BOOKED,
        )
        .values(
            slot_id=judged.slot.id,
            referral_id=_referral_id(judged),
            moved_at=now,
            confirmed_at=None,
            sequence=col(Appointment.sequence) + 1,
        )
    )
    if moved.rowcount != 1:  # another tab was faster
        raise TooLateToCancel


def _release(session: Session, appointment: Appointment, now: datetime) -> None:
    cancelled = session.exec(
        update(Appointment)
        .where(
            col(Appointment.id) == appointment.id,
            col(Appointment.slot_id) == appointment.slot_id,
            col(Appointment.status) == AppointmentStatus.BOOKED,
        )
        .values(
            status=AppointmentStatus.CANCELLED,
            cancelled_at=now,
            cancelled_by=CancelledBy.PATIENT,
            sequence=col(Appointment.sequence) + 1,
        )
    )
    if cancelled.rowcount != 1:  # another tab was faster: the time may be someone else's by now
        raise TooLateToCancel
    _give_back(session, appointment.slot_id)


def _give_back(session: Session, slot_id: int) -> None:
    """A time is free again: for the waiting list, or for everybody."""
    session.exec(update(Slot).where(col(Slot.id) == slot_id).values(status=SlotStatus.FREE))
    offers.offer_first(session, slot_id)

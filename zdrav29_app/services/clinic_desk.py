"""What a clinic does with visits and times (регистратура): calls off, publishes, takes.

Whoever may do so is the caller's to check: the desk of an operator, or the demo controls.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Branch,
    CancelledBy,
    Doctor,
    Patient,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.errors import NotFound, TooLateToCancel
from zdrav29_app.rules import booking as rules
from zdrav29_app.services import family, notices, offers, reminders, replacements, visits
from zdrav29_app.services.offers import InAbsence
from zdrav29_app.services.times import DoctorTime
from zdrav29_app.values import MOSCOW, local


@dataclass(frozen=True)
class Which:
    """Which times are meant. A doctor by surname, a speciality by code or name, a branch by name.

    Without a day all days, without hours the whole day (local).
    """

    doctor: str | None = None
    speciality: str | None = None
    branch: str | None = None
    day: date | None = None
    begin: time = time()
    end: time = time.max


def call_off(session: Session, number: str, reason: str) -> list[DoctorTime]:
    """Cancel a visit for its clinic; returns up to three times that are held instead.

    The time itself does not come free: the clinic has no use for it.

    Raises:
        NotFound: there is no such visit.
        TooLateToCancel: it has begun, is over or was cancelled before.
    """
    now = clock.now()
    found = session.exec(
        select(Appointment, Slot, Patient)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Patient, col(Patient.id) == Appointment.patient_id)
        .where(Appointment.number == number)
        .with_for_update(of=Patient)  # her turn: see patients.take_turn
    ).one_or_none()
    if found is None:
        raise NotFound
    appointment, slot, patient = found
    rules.check_may_cancel(appointment, slot, now=now)
    _cancel(session, appointment, reason, now)

    told = family.who_speaks_for(session, patient)
    times = replacements.hold_for(session, InAbsence.of(session, patient, told), appointment)
    visit = next(one for one in visits.visits_of(session, patient) if one.number == number)
    until = now + rules.REPLACEMENT_FOR
    notices.tell_called_off(session, patient, told, visit, times, until)
    reminders.plan(session, patient, told)
    return times


def publish(session: Session, which: Which) -> list[int]:
    """Add free times of the first doctor that is meant; the waiting list has them first.

    Times that exist stay as they are. Returns the ids of the new ones.

    Raises:
        NotFound: no doctor is meant, or no day.
    """
    doctor = next(iter(_doctors(session, which)), None)
    if doctor is None or which.day is None:
        raise NotFound
    speciality = session.get_one(Speciality, doctor.speciality_code)
    step = timedelta(minutes=speciality.slot_minutes)
    begin, end = _bounds(which.day, which)
    known = _slots(session, [doctor], begin, end)
    kind = SlotKind.REFERRAL if speciality.by_referral else SlotKind.SELF
    made: list[int] = []
    while begin + step <= end:
        if all(one.ends_at <= begin or begin + step <= one.starts_at for one in known):
            made.append(_new(session, doctor, begin, begin + step, kind))
        begin += step
    for slot_id in made:
        offers.offer_first(session, slot_id)
    return made


def take(session: Session, slot_ids: list[int]) -> list[int]:
    """Take free times for patients of the front desk; returns those that were free."""
    taken: list[int] = []
    for slot_id in slot_ids:
        changed = session.exec(
            update(Slot)
            .where(col(Slot.id) == slot_id, col(Slot.status) == SlotStatus.FREE)
            .values(status=SlotStatus.BUSY)
        )
        if changed.rowcount == 1:
            taken.append(slot_id)
    return taken


def free_times(session: Session, which: Which) -> list[int]:
    """Ids of the free times ahead that are meant, the earliest first."""
    now = clock.now()
    begin, end = (
        _bounds(which.day, which) if which.day else (now, now + timedelta(days=rules.HORIZON_DAYS))
    )
    found = _slots(session, _doctors(session, which), max(begin, now), end)
    return [
        slot.id or 0
        for slot in found
        if slot.status is SlotStatus.FREE and which.begin <= _clock(slot) <= which.end
    ]


def _cancel(session: Session, appointment: Appointment, reason: str, now: datetime) -> None:
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
            cancelled_by=CancelledBy.CLINIC,
            cancel_reason=reason,
            sequence=col(Appointment.sequence) + 1,
        )
    )
    if cancelled.rowcount != 1:  # the patient was faster
        raise TooLateToCancel


def _doctors(session: Session, which: Which) -> list[Doctor]:
    rows = (
        select(Doctor)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .order_by(col(Doctor.id))
    )
    if which.doctor:
        rows = rows.where(Doctor.last_name == which.doctor)
    if which.branch:
        rows = rows.where(Branch.name == which.branch)
    if which.speciality:
        rows = rows.where(
            or_(Speciality.code == which.speciality, Speciality.name == which.speciality)
        )
    return list(session.exec(rows))


def _slots(session: Session, doctors: list[Doctor], begin: datetime, end: datetime) -> list[Slot]:
    ids = [one.id for one in doctors]
    rows = select(Slot).where(
        col(Slot.doctor_id).in_(ids), Slot.starts_at < end, Slot.ends_at > begin
    )
    return list(session.exec(rows.order_by(col(Slot.starts_at))))


def _new(
    session: Session, doctor: Doctor, starts_at: datetime, ends_at: datetime, kind: SlotKind
) -> int:
    slot = Slot(doctor_id=doctor.id or 0, starts_at=starts_at, ends_at=ends_at, kind=kind)
    session.add(slot)
    session.flush()
    return slot.id or 0


def _bounds(day: date, which: Which) -> tuple[datetime, datetime]:
    begin, end = (datetime.combine(day, at, MOSCOW) for at in (which.begin, which.end))
    return begin, end


def _clock(slot: Slot) -> time:
    return local(slot.starts_at).time()

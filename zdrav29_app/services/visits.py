"""The viewer's visits (мои записи), with everything a talon tells."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Branch,
    CancelledBy,
    Clinic,
    Doctor,
    Patient,
    Referral,
    Slot,
    Speciality,
)
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Actor, Viewer
from zdrav29_app.rules import booking as rules
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName, local

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Place:
    """Where a doctor receives."""

    clinic: str
    branch: str
    address: str
    phone: str
    directions: str
    room: str
    floor: int


@dataclass(frozen=True)
class Visit:
    """A visit as its patient may see it. Times are aware UTC; `sequence` grows with each change.

    `prepare` is how to get ready, empty when there is nothing to do. `has_passport` is of the day
    of the visit. `referral` is the number of the one it stands on (основание), empty for none.
    """

    number: str
    status: AppointmentStatus
    sequence: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    moved_at: datetime | None
    confirmed_at: datetime | None
    cancelled_by: CancelledBy | None
    cancel_reason: str
    referral: str
    referred_on: date | None
    speciality: str
    speciality_code: str
    prepare: str
    doctor: FullName
    post: str
    place: Place
    patient: FullName
    birth_date: date
    has_passport: bool
    is_cancellable: bool
    is_soon: bool

    @property
    def is_active(self) -> bool:
        """Whether the visit is booked (it may lie in the past)."""
        return self.status is AppointmentStatus.BOOKED

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody called the visit off."""
        return self.status is AppointmentStatus.CANCELLED

    @property
    def is_by_clinic(self) -> bool:
        """Whether it was the clinic who called it off."""
        return self.cancelled_by is CancelledBy.CLINIC


def my_visits(session: Session, viewer: Viewer) -> list[Visit]:
    """All visits of the viewer, the earliest first."""
    return _visits(session, viewer.patient_id)


def missed_lately(mine: list[Visit]) -> int:
    """How many of these visits the patient let pass within a year without calling them off."""
    since = clock.now() - A_YEAR
    return sum(
        visit.status is AppointmentStatus.NO_SHOW and visit.starts_at > since for visit in mine
    )


def visits_of(session: Session, patient: Patient) -> list[Visit]:
    """All visits of a patient, whoever asks; for acts of the house itself."""
    return _visits(session, patient.id or 0)


def my_visit(session: Session, viewer: Actor, number: str) -> Visit:
    """One visit of the viewer.

    Raises:
        NotFound: the viewer has no such visit; whether someone else has, is not told.
    """
    found = _visits(session, viewer.patient_id, Appointment.number == number)
    if not found:
        raise NotFound
    return found[0]


def place_of(branch: Branch, clinic: Clinic, doctor: Doctor) -> Place:
    """Where this doctor receives, in one piece."""
    return Place(
        clinic=clinic.name,
        branch=branch.name,
        address=branch.address,
        phone=branch.phone,
        directions=branch.directions,
        room=doctor.room,
        floor=doctor.floor,
    )


def _visits(session: Any, patient_id: int, *conditions: Any) -> list[Visit]:
    query: Any = cast("Any", select)  # typed for four tables at most
    rows: list[Any] = session.exec(
        query(Appointment, Slot, Doctor, Speciality, Branch, Clinic, Patient, Referral)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .join(Patient, col(Patient.id) == Appointment.patient_id)
        .outerjoin(Referral, col(Referral.id) == Appointment.referral_id)
        .where(Appointment.patient_id == patient_id, *conditions)
        .order_by(col(Slot.starts_at))
    ).all()
    return [_visit(*row) for row in rows]


def _visit(
    appointment: Appointment,
    slot: Slot,
    doctor: Doctor,
    speciality: Speciality,
    branch: Branch,
    clinic: Clinic,
    patient: Patient,
    referral: Referral | None,
) -> Visit:
    day, now = local(slot.starts_at).date(), clock.now()
    return Visit(
        number=appointment.number,
        status=appointment.status,
        sequence=appointment.sequence,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        created_at=appointment.created_at,
        changed_at=appointment.cancelled_at or appointment.moved_at or appointment.created_at,
        moved_at=appointment.moved_at,
        confirmed_at=appointment.confirmed_at,
        cancelled_by=appointment.cancelled_by,
        cancel_reason=appointment.cancel_reason or "",
        referral=referral.number if referral else "",
        referred_on=referral.issued_on if referral else None,
        speciality=speciality.name,
        speciality_code=speciality.code,
        prepare=speciality.prepare or "",
        doctor=name_of(doctor),
        post=doctor.post,
        place=place_of(branch, clinic, doctor),
        patient=name_of(patient),
        birth_date=patient.birth_date,
        has_passport=rules.has_passport(patient.birth_date, day),
        is_cancellable=rules.may_cancel(appointment, slot, now=now),
        is_soon=rules.is_soon(slot, now=now),
    )

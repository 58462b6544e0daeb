"""Visits of one family at the same time: nothing forbids them, but somebody should know."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Doctor,
    Patient,
    Slot,
    Speciality,
)
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import family
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName


@dataclass(frozen=True)
class Overlap:
    """A visit of somebody in the viewer's circle. `starts_at` is aware UTC."""

    name: FullName
    speciality: str
    starts_at: datetime


def overlapping(session: Session, viewer: Viewer, slot_id: int) -> list[Overlap]:
    """Visits of the others in the viewer's circle that run at the time of a slot.

    Raises:
        NotFound: no such time.
    """
    slot = session.get(Slot, slot_id)
    if slot is None:
        raise NotFound
    others = family.circle_of(session, viewer) - {viewer.patient_id}
    rows = session.exec(
        select(Patient, Speciality.name, Slot.starts_at)
        .join(Appointment, col(Appointment.patient_id) == Patient.id)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(
            col(Appointment.patient_id).in_(others),
            Appointment.status == AppointmentStatus.BOOKED,
            Slot.starts_at < slot.ends_at,
            Slot.ends_at > slot.starts_at,
        )
        .order_by(col(Slot.starts_at))
    )
    return [Overlap(name_of(who), speciality, begin) for who, speciality, begin in rows]

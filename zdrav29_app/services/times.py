"""A time of a doctor with everything that is told of it, whoever may take it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from zdrav29_app.db.tables import Branch, Clinic, Doctor, Slot, Speciality
from zdrav29_app.errors import NotFound
from zdrav29_app.services.patients import name_of
from zdrav29_app.services.visits import Place, place_of
from zdrav29_app.values import FullName


@dataclass(frozen=True)
class DoctorTime:
    """When, with whom and where. Times are aware UTC."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime
    speciality: str
    doctor: FullName
    post: str
    place: Place


def time_of(session: Session, slot_id: int) -> DoctorTime:
    """One time.

    Raises:
        NotFound: there is no such slot.
    """
    found = times_of(session, [slot_id])
    if not found:
        raise NotFound
    return found[0]


def times_of(session: Session, slot_ids: Collection[int]) -> list[DoctorTime]:
    """Several times, the earliest first."""
    rows = session.exec(
        select(Slot, Doctor, Branch, Clinic)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(col(Slot.id).in_(slot_ids))
        .order_by(col(Slot.starts_at))
    )
    return [
        DoctorTime(
            slot_id=slot.id or 0,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            speciality=session.get_one(Speciality, doctor.speciality_code).name,
            doctor=name_of(doctor),
            post=doctor.post,
            place=place_of(branch, clinic, doctor),
        )
        for slot, doctor, branch, clinic in rows
    ]

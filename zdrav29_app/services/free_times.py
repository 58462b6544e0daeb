"""Free times in the database: whose they are, how many, and the nearest of each doctor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, not_, or_
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    Doctor,
    Patient,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.rules import booking as rules
from zdrav29_app.values import FullName


@dataclass(frozen=True)
class FreeTime:
    """A free slot of a doctor. Times are aware UTC."""

    slot_id: int
    doctor_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Receiving:
    """A doctor with free times: how many, and the nearest of them (aware UTC)."""

    doctor_id: int
    name: FullName
    speciality: str
    post: str
    branch_id: int
    branch: str
    clinic_id: int
    clinic: str
    district: str
    free: int
    nearest: datetime


def open_now(*kinds: SlotKind) -> list[ColumnElement[bool]]:
    """What a slot of these kinds must be to be given out now, whoever asks."""
    now = clock.now()
    return [
        col(Slot.status) == SlotStatus.FREE,
        col(Slot.kind).in_(kinds),
        col(Slot.starts_at) > now,
        col(Slot.starts_at) < rules.horizon(now),
    ]


def open_to(patient: Patient, opened: set[str]) -> list[ColumnElement[bool]]:
    """What a slot must be to be offered to one patient through the cabinet.

    Who turns 18 inside the horizon sees doctors of children before that day, the others after it.
    `opened` are the specialities by referral that she may book.
    """
    turns = rules.adult_since(patient.birth_date)
    is_children = col(Doctor.speciality_code).in_(
        select(Speciality.code).where(col(Speciality.for_children))
    )
    by_age = or_(
        and_(is_children, col(Slot.starts_at) < turns),
        and_(not_(is_children), col(Slot.starts_at) >= turns),
    )
    by_kind = or_(col(Slot.kind) == SlotKind.SELF, col(Doctor.speciality_code).in_(opened))
    return [by_age, by_kind, *open_now(SlotKind.SELF, SlotKind.REFERRAL)]


def receiving(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[Receiving]:
    """Every doctor with free times under these conditions, in one grouped query."""
    columns: Any = cast("Any", select)(
        col(Doctor.id),
        col(Doctor.last_name),
        col(Doctor.first_name),
        col(Doctor.middle_name),
        col(Doctor.speciality_code),
        col(Doctor.post),
        col(Branch.id),
        col(Branch.name),
        col(Clinic.id),
        col(Clinic.name),
        col(Clinic.district),
        func.count(),
        func.min(Slot.starts_at),
    )
    query = (
        columns.select_from(Slot)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(*conditions)
        .group_by(col(Doctor.id), col(Branch.id), col(Clinic.id))
    )
    rows = cast("Any", session).exec(query)
    return [
        Receiving(doctor_id, FullName(last, first, middle), *facts)
        for doctor_id, last, first, middle, *facts in rows
    ]


def times_at(
    session: Session, conditions: Sequence[ColumnElement[bool]], branch_id: int, codes: set[str]
) -> list[FreeTime]:
    """The free times of a branch, the earliest first."""
    # columns, not rows: this is the longest list of the page
    rows = session.exec(
        select(Slot.id, Slot.doctor_id, Slot.starts_at, Slot.ends_at)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(
            *conditions,
            Doctor.branch_id == branch_id,
            col(Doctor.speciality_code).in_(codes),
        )
        .order_by(col(Slot.starts_at))
    )
    return [FreeTime(slot or 0, doctor, begin, end) for slot, doctor, begin, end in rows]

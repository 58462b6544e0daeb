"""Free times in the database: whose they are, how many, and the nearest of each doctor."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Share:
    """Free times, as conditions of a slot and of the doctor whose it is."""

    slots: tuple[ColumnElement[bool], ...]
    doctors: tuple[ColumnElement[bool], ...] = ()


def for_everybody(*kinds: SlotKind) -> list[Share]:
    """Free times of these kinds, whoever asks."""
    now = clock.now()
    return [Share(_free_between(now, rules.horizon(now), kinds))]


def for_patient(patient: Patient, opened: set[str]) -> list[Share]:
    """Free times that are offered to one patient through the cabinet.

    Who turns 18 inside the horizon sees doctors of children before that day, the others after it.
    `opened` are the specialities by referral that she may book.
    """
    now = clock.now()
    end, turns = rules.horizon(now), rules.adult_since(patient.birth_date)
    is_children = col(Doctor.speciality_code).in_(
        select(Speciality.code).where(col(Speciality.for_children))
    )
    spans = (
        (now, min(turns, end), is_children),
        (max(turns, now), end, not_(is_children)),
    )
    by_referral = col(Doctor.speciality_code).in_(opened)
    both = (SlotKind.SELF, SlotKind.REFERRAL)
    kinds = [(not_(by_referral), both[:1]), *([(by_referral, both)] if opened else [])]
    return [
        Share(_free_between(begin, until, which), (whose, is_opened))
        for begin, until, whose in spans
        for is_opened, which in kinds
        if begin < until
    ]


def _free_between(
    begin: datetime, end: datetime, kinds: tuple[SlotKind, ...]
) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Slot.status) == SlotStatus.FREE,
        col(Slot.kind).in_(kinds),
        col(Slot.starts_at) > clock.now(),
        col(Slot.starts_at) >= begin,
        col(Slot.starts_at) < end,
    )


def receiving(
    session: Session,
    shares: Sequence[Share],
    conditions: Sequence[ColumnElement[bool]],
    *,
    doctors: Collection[int] | None = None,
) -> list[Receiving]:
    """Every doctor with free times of these shares, under conditions of doctor, branch, clinic.

    With `doctors` only these are looked at.
    """
    if doctors is not None:
        shares = [replace(one, slots=(*one.slots, _is_of(doctors))) for one in shares]
    return [one for share in shares for one in _receiving(session, share, conditions)]


def _is_of(doctors: Collection[int]) -> ColumnElement[bool]:
    return col(Slot.doctor_id).in_(doctors)


def _receiving(
    session: Session, share: Share, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[Receiving]:
    # slots are counted before they meet their doctors: four times as fast as the other way round
    free = (
        select(
            Slot.doctor_id, func.count().label("free"), func.min(Slot.starts_at).label("nearest")
        )
        .where(*share.slots)
        .group_by(col(Slot.doctor_id))
        .subquery()
    )
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
        free.c.free,
        free.c.nearest,
    )
    rows = cast("Any", session).exec(
        columns.join(free, free.c.doctor_id == Doctor.id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(*share.doctors, *conditions)
    )
    for doctor_id, last, first, middle, *facts in rows:
        yield Receiving(doctor_id, FullName(last, first, middle), *facts)


def times_of(
    session: Session,
    shares: Sequence[Share],
    doctors: Collection[int],
) -> list[FreeTime]:
    """The free times of these doctors, the earliest first."""
    # columns, not rows: this is the longest list of the page
    rows = session.exec(
        select(Slot.id, Slot.doctor_id, Slot.starts_at, Slot.ends_at)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(_is_of(doctors), or_(*(and_(*share.slots, *share.doctors) for share in shares)))
        .order_by(col(Slot.starts_at))
    )
    return [FreeTime(slot or 0, doctor, begin, end) for slot, doctor, begin, end in rows]

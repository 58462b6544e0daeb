"""Free times in the database: whose they are, how many, and the nearest of each doctor."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Subquery, and_, func, not_, null, or_, union_all
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    Doctor,
    FreeCount,
    Patient,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.rules import booking as rules
from zdrav29_app.values import FullName, local


@dataclass(frozen=True)
class FreeTime:
    """A free slot of a doctor. Times are aware UTC."""

    slot_id: int
    doctor_id: int
    starts_at: datetime
    ends_at: datetime


class Receiving(NamedTuple):
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
    """Free times of some kinds between two moments (aware), under conditions of their doctor.

    It begins now or at a local midnight, and ends at one.
    """

    begin: datetime
    end: datetime
    kinds: tuple[SlotKind, ...]
    doctors: tuple[ColumnElement[bool], ...] = ()

    @cached_property
    def slots(self) -> tuple[ColumnElement[bool], ...]:
        """The same as conditions of a slot."""
        return (
            col(Slot.status) == SlotStatus.FREE,
            col(Slot.kind).in_(self.kinds),
            col(Slot.starts_at) > clock.now(),
            col(Slot.starts_at) >= self.begin,
            col(Slot.starts_at) < self.end,
        )


def for_everybody(*kinds: SlotKind) -> list[Share]:
    """Free times of these kinds, whoever asks."""
    now = clock.now()
    return [Share(now, rules.horizon(now), kinds)]


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
        Share(begin, until, which, (whose, is_opened))
        for begin, until, whose in spans
        for is_opened, which in kinds
        if begin < until
    ]


def by_speciality(
    session: Session, shares: Sequence[Share], conditions: Sequence[ColumnElement[bool]]
) -> dict[str, tuple[int, datetime]]:
    """How much is free of each speciality, and the nearest of it (aware UTC).

    `conditions` are of doctor, branch and clinic.
    """
    found: dict[str, tuple[int, datetime]] = {}
    for share in shares:
        rows = cast("Any", session).exec(_summed(share, conditions))
        for code, free, nearest in rows:
            before, soonest = found.get(code, (0, nearest))
            found[code] = (before + free, min(soonest, nearest))
    return found


def _summed(share: Share, conditions: Sequence[ColumnElement[bool]]) -> Any:
    counted = _counted(share, conditions)
    return (
        cast("Any", select)(
            col(Doctor.speciality_code), func.sum(counted.c.free), func.min(counted.c.nearest)
        )
        .join(counted, counted.c.doctor_id == Doctor.id)
        .group_by(col(Doctor.speciality_code))
    )


def receiving(
    session: Session, shares: Sequence[Share], conditions: Sequence[ColumnElement[bool]]
) -> list[Receiving]:
    """Every doctor with free times of these shares, under conditions of doctor, branch, clinic."""
    return [one for share in shares for one in _receiving(session, share, conditions)]


def _receiving(
    session: Session, share: Share, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[Receiving]:
    counted = _counted(share, conditions)
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
        counted.c.free,
        counted.c.nearest,
    )
    rows = cast("Any", session).exec(
        columns.join(counted, counted.c.doctor_id == Doctor.id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
    )
    for doctor_id, last, first, middle, *facts in rows:
        yield Receiving(doctor_id, FullName(last, first, middle), *facts)


def _counted(share: Share, conditions: Sequence[ColumnElement[bool]]) -> Subquery:
    """Doctors with free times: how many, and the nearest.

    Of the first day those before now are over already, so it is counted off the times themselves;
    the days behind it have been counted.
    """
    whose = (
        select(Doctor.id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(*share.doctors, *conditions)
    )
    first = local(share.begin).replace(hour=0, minute=0, second=0, microsecond=0)
    second = first + timedelta(days=1)
    at_first = (
        select(Slot.doctor_id, func.count().label("free"), func.min(Slot.starts_at).label("soon"))
        .where(*share.slots, col(Slot.starts_at) < second, col(Slot.doctor_id).in_(whose))
        .group_by(col(Slot.doctor_id))
    )
    later = select(col(FreeCount.doctor_id), col(FreeCount.free), null()).where(
        col(FreeCount.day) >= second.date(),
        col(FreeCount.day) < share.end.date(),
        col(FreeCount.kind).in_(share.kinds),
        col(FreeCount.free) > 0,
        col(FreeCount.doctor_id).in_(whose),
    )
    days = union_all(at_first, later).subquery()
    nearest = (
        select(Slot.starts_at)
        .where(*share.slots, col(Slot.doctor_id) == days.c.doctor_id)
        .order_by(col(Slot.starts_at))
        .limit(1)
        .scalar_subquery()
    )
    return (
        cast("Any", select)(
            days.c.doctor_id,
            func.sum(days.c.free).label("free"),
            func.coalesce(func.min(days.c.soon), nearest).label("nearest"),
        )
        .group_by(days.c.doctor_id)
        .subquery()
    )


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
        .where(
            col(Slot.doctor_id).in_(doctors),
            or_(*(and_(*share.slots, *share.doctors) for share in shares)),
        )
        .order_by(col(Slot.starts_at))
    )
    return [FreeTime(slot or 0, doctor, begin, end) for slot, doctor, begin, end in rows]

"""Finding a free time: counts and nearest dates before the choice, days and times after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    ClinicKind,
    Doctor,
    Patient,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import booking as rules
from zdrav29_app.services import booking, referrals
from zdrav29_app.services.visits import Place, name_of, place_of
from zdrav29_app.values import FullName, local


@dataclass(frozen=True)
class Wanted:
    """What the patient looks for; None means any, or the soonest for `branch_id` and `day`."""

    speciality: str | None = None
    district: str | None = None
    kind: ClinicKind | None = None
    branch_id: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Offer:
    """Something to choose from, with how much is free. `nearest` is aware UTC or None.

    A branch has the name of its clinic and, as `place`, its own. `by_referral`: closed to this
    viewer until somebody refers her.
    """

    code: str
    name: str
    free: int
    nearest: datetime | None
    by_referral: bool = False
    place: str = ""


@dataclass(frozen=True)
class FreeTime:
    """A free slot of a doctor. Times are aware UTC."""

    slot_id: int
    doctor_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class DoctorTimes:
    """A doctor with her free times on one day."""

    name: FullName
    speciality: str
    post: str
    category: str | None
    plot: str | None
    place: Place
    times: tuple[FreeTime, ...]


@dataclass(frozen=True)
class Chosen:
    """A slot the patient looks at before confirming."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime
    speciality: str
    doctor: FullName
    post: str
    place: Place
    patient: FullName


@dataclass(frozen=True)
class _Seeker:
    """For whom a time is looked for, and which specialities by referral are open to her."""

    patient: Patient
    opened: set[str]


@dataclass(frozen=True)
class Found:
    """What there is for a `Wanted`; `days` cover the whole horizon, with their free times."""

    districts: tuple[str, ...]
    kinds: tuple[ClinicKind, ...]
    specialities: tuple[Offer, ...]
    branches: tuple[Offer, ...]
    branch_id: int | None
    days: tuple[tuple[date, int], ...]
    day: date | None
    doctors: tuple[DoctorTimes, ...]
    nearest: datetime | None


def look(session: Session, viewer: Viewer, wanted: Wanted) -> Found:
    """Everything the booking page shows, in one reading."""
    opened = referrals.opened_specialities(session, viewer)
    who = _Seeker(booking.patient_of(session, viewer), opened)
    specialities = _specialities(session, who, wanted)
    open_codes = {offer.code for offer in specialities if not offer.by_referral}
    codes = open_codes & {wanted.speciality} if wanted.speciality else open_codes
    branches = _branches(session, who, codes, wanted)
    branch_id = _chosen_branch(session, who, branches, wanted)
    slots = _free_slots(session, who, codes, branch_id) if branch_id else []
    days = _days(slots)
    day = wanted.day or next((day for day, free in days if free), None)
    return Found(
        districts=tuple(session.exec(select(Clinic.district).distinct().order_by(Clinic.district))),
        kinds=tuple(map(ClinicKind, session.exec(select(Clinic.kind).distinct()))),
        specialities=specialities,
        branches=branches,
        branch_id=branch_id,
        days=days,
        day=day,
        doctors=_doctors(session, [slot for slot in slots if _day_of(slot) == day]),
        nearest=branches[0].nearest if branches else None,
    )


def _specialities(session: Session, who: _Seeker, wanted: Wanted) -> tuple[Offer, ...]:
    now = clock.now()
    free = _counted(session, who, col(Doctor.speciality_code), wanted)
    rows = session.exec(select(Speciality).order_by(Speciality.name))
    return tuple(
        Offer(
            row.code,
            row.name,
            *free.get(row.code, (0, None)),
            by_referral=row.by_referral and row.code not in who.opened,
        )
        for row in rows
        if rules.may_ever_fit(who.patient, row, now=now)
    )


def _branches(session: Session, who: _Seeker, codes: set[str], wanted: Wanted) -> tuple[Offer, ...]:
    is_wanted = col(Doctor.speciality_code).in_(codes)
    free = _counted(session, who, col(Branch.id), wanted, is_wanted)
    rows = session.exec(
        select(Branch, Clinic)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(col(Branch.id).in_(free))
    )
    offers = [
        Offer(str(branch.id), clinic.name, *free[branch.id or 0], place=branch.name)
        for branch, clinic in rows
    ]
    return tuple(sorted(offers, key=lambda offer: (offer.nearest or clock.now(), offer.place)))


def _chosen_branch(
    session: Session, who: _Seeker, branches: Sequence[Offer], wanted: Wanted
) -> int | None:
    """The branch that was asked for, else one of the patient's own clinic, else the soonest."""
    ids = [int(offer.code) for offer in branches]
    if wanted.branch_id in ids:
        return wanted.branch_id
    own = set(session.exec(select(Branch.id).where(Branch.clinic_id == who.patient.clinic_id)))
    return next((each for each in ids if each in own), next(iter(ids), None))


def _free_slots(session: Session, who: _Seeker, codes: set[str], branch_id: int) -> list[FreeTime]:
    # columns, not rows: this is the longest list of the page
    rows = session.exec(
        select(Slot.id, Slot.doctor_id, Slot.starts_at, Slot.ends_at)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(
            *_is_free(who, clock.now()),
            Doctor.branch_id == branch_id,
            col(Doctor.speciality_code).in_(codes),
        )
        .order_by(col(Slot.starts_at))
    )
    return [FreeTime(slot or 0, doctor, begin, end) for slot, doctor, begin, end in rows]


def _days(slots: Sequence[FreeTime]) -> tuple[tuple[date, int], ...]:
    count = Counter(_day_of(slot) for slot in slots)
    today = local(clock.now()).date()
    days = (today + timedelta(days=ahead) for ahead in range(rules.HORIZON_DAYS))
    return tuple((day, count[day]) for day in days)


def _doctors(session: Session, slots: Sequence[FreeTime]) -> tuple[DoctorTimes, ...]:
    rows = session.exec(
        select(Doctor, Speciality, Branch, Clinic)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(col(Doctor.id).in_({slot.doctor_id for slot in slots}))
        .order_by(col(Doctor.last_name), col(Doctor.id))
    )
    return tuple(
        DoctorTimes(
            name=name_of(doctor),
            speciality=speciality.name,
            post=doctor.post,
            category=doctor.category,
            plot=doctor.plot,
            place=place_of(branch, clinic, doctor),
            times=tuple(slot for slot in slots if slot.doctor_id == doctor.id),
        )
        for doctor, speciality, branch, clinic in rows
    )


def chosen_slot(session: Session, viewer: Viewer, slot_id: int) -> Chosen:
    """The slot the viewer is about to confirm; whether she may is for services/booking.py to say.

    Raises:
        NotFound: no such slot.
    """
    found = session.exec(
        select(Slot, Doctor, Branch, Clinic)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(Slot.id == slot_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    slot, doctor, branch, clinic = found
    return Chosen(
        slot_id=slot_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        speciality=session.get_one(Speciality, doctor.speciality_code).name,
        doctor=name_of(doctor),
        post=doctor.post,
        place=place_of(branch, clinic, doctor),
        patient=name_of(booking.patient_of(session, viewer)),
    )


def _counted(
    session: Session, who: _Seeker, by: Any, wanted: Wanted, *conditions: ColumnElement[bool]
) -> dict[Any, tuple[int, datetime]]:
    """Free times and the nearest of them, by a column, inside district and kind."""
    query = (
        select(by, func.count(), func.min(Slot.starts_at))
        .select_from(Slot)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(*_is_free(who, clock.now()), *conditions)
        .group_by(by)
    )
    if wanted.district:
        query = query.where(Clinic.district == wanted.district)
    if wanted.kind:
        query = query.where(Clinic.kind == wanted.kind)
    return {key: (count, nearest) for key, count, nearest in session.exec(query)}


def _is_free(who: _Seeker, now: datetime) -> Sequence[ColumnElement[bool]]:
    # who turns 18 inside the horizon sees doctors of children before that day, the others after it
    turns = rules.adult_since(who.patient.birth_date)
    is_children = col(Doctor.speciality_code).in_(
        select(Speciality.code).where(col(Speciality.for_children))
    )
    is_opened = col(Doctor.speciality_code).in_(who.opened)
    return (
        or_(
            and_(is_children, col(Slot.starts_at) < turns),
            and_(not_(is_children), col(Slot.starts_at) >= turns),
        ),
        col(Slot.status) == SlotStatus.FREE,
        or_(col(Slot.kind) == SlotKind.SELF, and_(col(Slot.kind) == SlotKind.REFERRAL, is_opened)),
        col(Slot.starts_at) > now,
        col(Slot.starts_at) < rules.horizon(now),
    )


def _day_of(slot: FreeTime) -> date:
    return local(slot.starts_at).date()

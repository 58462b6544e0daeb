"""Finding a free time: counts and nearest dates before the choice, days and times after it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Branch, Clinic, ClinicKind, Doctor, Patient, Speciality
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import booking as rules
from zdrav29_app.services import booking, finding, free_times, referrals
from zdrav29_app.services.finding import Meant
from zdrav29_app.services.free_times import FreeTime, Receiving
from zdrav29_app.services.ordering import Order, distances, in_order
from zdrav29_app.services.times import DoctorTime, time_of
from zdrav29_app.services.visits import Place, name_of, place_of
from zdrav29_app.values import FullName, local

Key = TypeVar("Key")


@dataclass(frozen=True)
class Wanted:
    """What the patient looks for; None means any, or the soonest for `branch_id` and `day`.

    `words` are a name or what hurts, as she typed it.
    """

    words: str | None = None
    speciality: str | None = None
    district: str | None = None
    kind: ClinicKind | None = None
    branch_id: int | None = None
    day: date | None = None
    order: Order = Order.NEAREST


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
class DoctorTimes:
    """A doctor with her free times on one day.

    `note` is what the clinic says of her, `prepare` how to get ready for the visit.
    """

    name: FullName
    speciality: str
    post: str
    category: str | None
    plot: str | None
    note: str | None
    prepare: str | None
    place: Place
    times: tuple[FreeTime, ...]


@dataclass(frozen=True)
class Chosen(DoctorTime):
    """A slot the patient looks at before confirming."""

    patient: FullName


@dataclass(frozen=True)
class Found:
    """What there is for a `Wanted`; `days` cover the whole horizon, with their free times.

    `specialities` are counted as long as none is chosen. `doctors` receive on the chosen day at
    the chosen branch, `receiving` on any day anywhere.
    `meant` are the specialities that the words name; None when there were no words.
    `distances_km` are those of districts from the patient's clinic; empty when she has none.
    """

    districts: tuple[str, ...]
    kinds: tuple[ClinicKind, ...]
    specialities: tuple[Offer, ...]
    meant: tuple[Offer, ...] | None
    receiving: tuple[Receiving, ...]
    distances_km: Mapping[str, int]
    branches: tuple[Offer, ...]
    branch_id: int | None
    days: tuple[tuple[date, int], ...]
    day: date | None
    doctors: tuple[DoctorTimes, ...]
    nearest: datetime | None


def look(session: Session, viewer: Viewer, wanted: Wanted) -> Found:
    """Everything the booking page shows, in one reading."""
    patient = booking.patient_of(session, viewer)
    opened = referrals.opened_specialities(session, viewer)
    meant = finding.meant_by(session, wanted.words) if wanted.words else None
    shares = free_times.for_patient(patient, opened)
    inside = _inside(wanted, meant)
    # with a speciality chosen nobody sees how much is free of the others
    free = {} if wanted.speciality else free_times.by_speciality(session, shares, inside)
    specialities = _specialities(session, patient, opened, free)
    codes = _codes(specialities, wanted)
    clinics = session.exec(select(Clinic.district, Clinic.kind).distinct()).all()
    districts = sorted({district for district, _ in clinics})
    distances_km = distances(session, patient, districts)
    asked_for = [*inside, col(Doctor.speciality_code).in_(codes)]
    receiving = in_order(
        free_times.receiving(session, shares, asked_for), wanted.order, distances_km
    )
    branches = _branches(receiving)
    branch_id = _chosen_branch(session, patient, branches, wanted)
    there = [one.doctor_id for one in receiving if one.branch_id == branch_id]
    slots = free_times.times_of(session, shares, there)
    days = _days(slots)
    day = wanted.day or next((day for day, free in days if free), None)
    return Found(
        districts=tuple(districts),
        kinds=tuple({ClinicKind(kind) for _, kind in clinics}),
        specialities=specialities,
        meant=_meant(specialities, meant),
        receiving=tuple(receiving),
        distances_km=distances_km,
        branches=branches,
        branch_id=branch_id,
        days=days,
        day=day,
        doctors=_doctors(session, [slot for slot in slots if _day_of(slot) == day]),
        nearest=min((one.nearest for one in receiving), default=None),
    )


def _inside(wanted: Wanted, meant: Meant | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if meant:
        conditions.append(col(Doctor.id).in_(meant.doctors))
    if wanted.district:
        conditions.append(col(Clinic.district) == wanted.district)
    if wanted.kind:
        conditions.append(col(Clinic.kind) == wanted.kind)
    return conditions


def _specialities(
    session: Session,
    patient: Patient,
    opened: set[str],
    free: Mapping[str, tuple[int, datetime]],
) -> tuple[Offer, ...]:
    now = clock.now()
    rows = session.exec(select(Speciality).order_by(Speciality.name))
    return tuple(
        Offer(
            row.code,
            row.name,
            *free.get(row.code, (0, None)),
            by_referral=row.by_referral and row.code not in opened,
        )
        for row in rows
        if rules.may_ever_fit(patient, row, now=now)
    )


def _codes(specialities: Iterable[Offer], wanted: Wanted) -> set[str]:
    codes = {offer.code for offer in specialities if not offer.by_referral}
    return codes & {wanted.speciality} if wanted.speciality else codes


def _meant(specialities: Iterable[Offer], meant: Meant | None) -> tuple[Offer, ...] | None:
    if meant is None:
        return None
    return tuple(offer for offer in specialities if offer.code in meant.specialities)


def _branches(receiving: Sequence[Receiving]) -> tuple[Offer, ...]:
    """The places of these doctors, in the order of the doctors."""
    free = counted(receiving, lambda one: one.branch_id)
    places = {one.branch_id: one for one in receiving}
    return tuple(
        Offer(str(branch_id), places[branch_id].clinic, *count, place=places[branch_id].branch)
        for branch_id, count in free.items()
    )


def counted(
    receiving: Iterable[Receiving], by: Callable[[Receiving], Key]
) -> dict[Key, tuple[int, datetime]]:
    """Free times and the nearest of them, by what `by` says of a doctor; in the order given."""
    groups: defaultdict[Key, list[Receiving]] = defaultdict(list)
    for one in receiving:
        groups[by(one)].append(one)
    return {
        key: (sum(one.free for one in group), min(one.nearest for one in group))
        for key, group in groups.items()
    }


def _chosen_branch(
    session: Session, patient: Patient, branches: Sequence[Offer], wanted: Wanted
) -> int | None:
    """The branch that was asked for, else one of the patient's own clinic, else the first."""
    ids = [int(offer.code) for offer in branches]
    if wanted.branch_id in ids:
        return wanted.branch_id
    own = set(session.exec(select(Branch.id).where(Branch.clinic_id == patient.clinic_id)))
    return next((each for each in ids if each in own), next(iter(ids), None))


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
            note=doctor.note,
            prepare=speciality.prepare,
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
    found = time_of(session, slot_id)
    return Chosen(**vars(found), patient=name_of(booking.patient_of(session, viewer)))


def _day_of(slot: FreeTime) -> date:
    return local(slot.starts_at).date()

"""What everybody may look at without signing in: institutions, and when doctors receive."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from zdrav29_app.db.tables import Branch, Clinic, ClinicKind, Doctor, Slot, SlotKind, Speciality
from zdrav29_app.rules import words as rules
from zdrav29_app.services import free_times
from zdrav29_app.services.free_times import Receiving
from zdrav29_app.services.timetable import Offer
from zdrav29_app.values import local

LISTED = 30
"""So many doctors are shown day by day; a district finds the others."""
_SHOWN = (SlotKind.SELF, SlotKind.REFERRAL)


@dataclass(frozen=True)
class PlaceEntry:
    """A branch with those it has doctors of: codes and names of specialities."""

    name: str
    address: str
    phone: str
    directions: str
    specialities: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class InstitutionEntry:
    """A clinic with its branches, or those of them that were looked for."""

    name: str
    kind: ClinicKind
    district: str
    places: tuple[PlaceEntry, ...]


@dataclass(frozen=True)
class DoctorDays:
    """A doctor with how many free times she has on each day that has any."""

    who: Receiving
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Timetable:
    """What is free of everybody, by speciality; the doctors of the chosen one, day by day.

    `total` counts those doctors too that are not listed.
    """

    specialities: tuple[Offer, ...]
    doctors: tuple[DoctorDays, ...]
    total: int


def districts(session: Session) -> list[str]:
    """Where there are institutions."""
    return list(session.exec(select(Clinic.district).distinct().order_by(Clinic.district)))


def institutions(
    session: Session, *, district: str | None, words: str | None
) -> list[InstitutionEntry]:
    """Institutions of a district, or of all, that the words fit by name, address or speciality."""
    asked = rules.told(words or "")
    received = _received(session)
    found: defaultdict[int, list[PlaceEntry]] = defaultdict(list)
    clinics: dict[int, Clinic] = {}
    rows = session.exec(
        select(Clinic, Branch)
        .join(Branch, col(Branch.clinic_id) == Clinic.id)
        .order_by(Clinic.district, Clinic.name, Branch.name)
    )
    for clinic, branch in rows:
        specialities = received.get(branch.id or 0, [])
        if district in {None, clinic.district} and _fits(asked, clinic, branch, specialities):
            clinics[branch.clinic_id] = clinic
            found[branch.clinic_id].append(_place(branch, specialities))
    return [
        InstitutionEntry(clinic.name, clinic.kind, clinic.district, tuple(found[clinic_id]))
        for clinic_id, clinic in clinics.items()
    ]


def timetable(session: Session, *, speciality: str | None, district: str | None) -> Timetable:
    """How many times are free, of everybody and day by day of one speciality.

    Times by referral are counted too: whoever only looks wants to know when a doctor receives.
    """
    inside = [col(Clinic.district) == district] if district else []
    everybody = free_times.for_everybody(*_SHOWN)
    free = free_times.by_speciality(session, everybody, inside)
    rows = session.exec(select(Speciality).order_by(Speciality.name))
    offers = tuple(
        Offer(row.code, row.name, *free.get(row.code, (0, None)), by_referral=row.by_referral)
        for row in rows
    )
    asked_for = [*inside, col(Doctor.speciality_code) == speciality]
    chosen = free_times.receiving(session, everybody, asked_for) if speciality else []
    chosen.sort(key=lambda one: (one.nearest, one.name.last))
    return Timetable(offers, _days(session, chosen[:LISTED]), len(chosen))


def _received(session: Session) -> dict[int, list[Speciality]]:
    rows = session.exec(
        select(Doctor.branch_id, Speciality)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .order_by(Speciality.name)
    )
    by_branch: defaultdict[int, list[Speciality]] = defaultdict(list)
    for branch_id, speciality in rows:
        if speciality not in by_branch[branch_id]:
            by_branch[branch_id].append(speciality)
    return by_branch


def _fits(
    asked: Sequence[str], clinic: Clinic, branch: Branch, specialities: Sequence[Speciality]
) -> bool:
    if not asked:
        return True
    said = [word for one in specialities for word in (one.name, *one.words)]
    known = rules.known_words([clinic.name, clinic.district, branch.name, branch.address, *said])
    return all(rules.is_known(word, known) for word in asked)


def _place(branch: Branch, specialities: Sequence[Speciality]) -> PlaceEntry:
    return PlaceEntry(
        name=branch.name,
        address=branch.address,
        phone=branch.phone,
        directions=branch.directions,
        specialities=tuple((one.code, one.name) for one in specialities),
    )


def _days(session: Session, chosen: Sequence[Receiving]) -> tuple[DoctorDays, ...]:
    moments: defaultdict[int, list[datetime]] = defaultdict(list)
    [share] = free_times.for_everybody(*_SHOWN)
    rows = session.exec(
        select(Slot.doctor_id, Slot.starts_at).where(
            *share.slots,
            col(Slot.doctor_id).in_([one.doctor_id for one in chosen]),
        )
    )
    for doctor_id, starts_at in rows:
        moments[doctor_id].append(starts_at)
    counts = {key: Counter(local(at).date() for at in group) for key, group in moments.items()}
    return tuple(
        DoctorDays(one, tuple(sorted(counts.get(one.doctor_id, Counter()).items())))
        for one in chosen
    )

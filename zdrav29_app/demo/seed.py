"""Demo data: institutions, invented doctors and their times.

Invariant: what a day of a doctor looks like depends on the doctor and the date alone, so topping up
tomorrow gives what seeding tomorrow would. People are in people.py.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import delete, func, insert
from sqlmodel import Session, SQLModel, col, select

from zdrav29_app.db import audit_guard
from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    Doctor,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.demo.past_services import seed_services
from zdrav29_app.demo.people import seed_cast
from zdrav29_app.demo.vocabulary import Institution, Place, Post, Profession, vocabulary
from zdrav29_app.rules.booking import HORIZON_DAYS
from zdrav29_app.values import MOSCOW, FullName, local

SEED = 29
SATURDAY, SUNDAY = 5, 6
HOURS = {
    "morning": (time(8), time(14)),
    "evening": (time(14), time(20)),
    "saturday": (time(9), time(13)),
}


@dataclass(frozen=True)
class Tier:
    """How large the region is.

    Past the end of the vocabulary its places come again, numbered, and receive on every open day.
    """

    places: int
    doctors: int


DEMO = Tier(places=10, doctors=20)
QA = Tier(places=120, doctors=400)


def seed(session: Session, *, today: date, tier: Tier = DEMO) -> None:
    """Make what is missing up to the horizon; visits and what was booked stay as they are.

    A region that exists keeps its size: `tier` counts at the first time only.
    """
    if session.exec(select(Clinic.id).limit(1)).first() is None:
        _make_region(session, tier)
    _make_slots(session, today)


def make_anew(session: Session, *, today: date) -> None:
    """Everything as at the first start: the region, its times, who has entered before."""
    wipe(session)
    seed(session, today=today)
    seed_cast(session, today=today)
    seed_services(session, today=today)


def wipe(session: Session) -> None:
    """Delete everything, people, sessions and what the audit trail says too."""
    with audit_guard.lifted(session.connection()):
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.exec(delete(table))
    session.expunge_all()


def _make_region(session: Session, tier: Tier) -> None:
    _save(session, [_speciality(each) for each in vocabulary().professions.values()])
    places = list(islice(_places(), tier.places))
    institutions = list(dict.fromkeys(institution for institution, _ in places))
    clinics = [
        Clinic(
            name=each.name,
            kind=each.kind,
            district=each.district,
            free_places=each.free_places,
        )
        for each in institutions
    ]
    _save(session, clinics)
    ids = {each: clinic.id or 0 for each, clinic in zip(institutions, clinics, strict=True)}
    branches = [_branch(ids[institution], place) for institution, place in places]
    _save(session, branches)
    _save(session, list(_doctors(places, branches, tier)))


def _save(session: Session, rows: list[Any]) -> None:
    session.add_all(rows)
    session.flush()


def _places() -> Iterator[tuple[Institution, Place]]:
    for round_number in count(1):
        for institution in vocabulary().institutions:
            numbered = _numbered(institution, round_number)
            for place in numbered.branches:
                yield numbered, place


def _numbered(institution: Institution, number: int) -> Institution:
    if number == 1:
        return institution
    return replace(
        institution,
        name=re.sub(r"( № \d+)?»", f" № {number}»", institution.name),
        branches=tuple(
            replace(
                place,
                name=f"{place.name} № {number}",
                address=_further_along(place.address, number),
                latitude=_beside(place.latitude, 37 * number),
                longitude=_beside(place.longitude, 53 * number),
                doctors=tuple(
                    replace(post, days="every", saturdays=True) for post in place.doctors
                ),
            )
            for place in institution.branches
        ),
    )


def _further_along(address: str, number: int) -> str:
    return re.sub(r"\d+", lambda house: str(int(house[0]) + 2 * number), address)


def _beside(degrees: float | None, number: int) -> float | None:
    return None if degrees is None else round(degrees + (number % 41 - 20) / 1000, 4)


def _posts(places: list[Place], doctors: int) -> list[tuple[int, Post]]:
    """Who works where (an index of `places`): first everybody of the vocabulary, then more."""

    def endlessly() -> Iterator[tuple[int, Post]]:
        for round_number in count():
            for index, place in enumerate(places):
                for post in place.doctors:
                    yield index, post if round_number % 2 == 0 else _colleague(post)

    return list(islice(endlessly(), doctors))


def _colleague(post: Post) -> Post:
    other = {"morning": "evening", "evening": "morning"}
    return replace(post, shift=other.get(post.shift, post.shift))


def _speciality(profession: Profession) -> Speciality:
    return Speciality(
        code=profession.code,
        name=profession.name,
        for_children=profession.children,
        for_women=profession.women,
        by_referral=profession.referral,
        by_attachment=profession.attached,
        slot_minutes=profession.minutes,
        prepare=profession.prepare,
        words=list(profession.words),
    )


def _branch(clinic_id: int, place: Place) -> Branch:
    return Branch(
        clinic_id=clinic_id,
        name=place.name,
        address=place.address,
        phone=place.phone,
        directions=place.directions,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _doctors(
    places: list[tuple[Institution, Place]], branches: list[Branch], tier: Tier
) -> Iterator[Doctor]:
    of_sex, at_place = Counter[str](), Counter[int]()
    for index, post in _posts([place for _, place in places], tier.doctors):
        name = vocabulary().name(post.sex, of_sex[post.sex])
        floor = 1 + at_place[index] % places[index][1].floors
        room = f"{floor}{1 + 3 * at_place[index]:02d}"
        of_sex[post.sex] += 1
        at_place[index] += 1
        yield _doctor(branches[index], post, name, room=room, floor=floor)


def _doctor(branch: Branch, post: Post, name: FullName, *, room: str, floor: int) -> Doctor:
    return Doctor(
        branch_id=branch.id or 0,
        speciality_code=post.speciality,
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        post=vocabulary().professions[post.speciality].post,
        category=post.category,
        room=room,
        floor=floor,
        plot=post.plot,
        note=post.note,
    )


def _make_slots(session: Session, today: date) -> None:
    days = sorted(_open_days(today) - _known_days(session, today))
    ids = session.exec(select(Doctor.id).order_by(col(Doctor.id))).all()
    places = [place for _, place in islice(_places(), _number_of(session, Branch))]
    rows = [
        {"doctor_id": doctor_id, **slot}
        for number, (doctor_id, (index, post)) in enumerate(
            zip(ids, _posts(places, len(ids)), strict=True)
        )
        for day in days
        if _works(post, index, day)
        for slot in _times(number, post, day)
    ]
    if rows:
        session.connection().execute(insert(Slot), rows)
        # until it is told how many there are, SQLite guesses, and reads the wrong index
        session.connection().exec_driver_sql("ANALYZE")


def _number_of(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def _known_days(session: Session, today: date) -> set[date]:
    begin, end = _moment(today, time()), _moment(today + timedelta(days=HORIZON_DAYS), time())
    known = select(Slot.starts_at).where(Slot.starts_at >= begin, Slot.starts_at < end).distinct()
    return {local(moment).date() for moment in session.exec(known)}


def _open_days(today: date) -> set[date]:
    days = {today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS)}
    return {day for day in days if day.weekday() != SUNDAY and not vocabulary().is_holiday(day)}


def _works(post: Post, place: int, day: date) -> bool:
    if day.weekday() == SATURDAY:
        return post.saturdays
    # every branch cleans one day in two weeks, so that an empty day can be seen anywhere
    is_cleaning = day.weekday() == place % SATURDAY and (day.toordinal() // 7 + place) % 2 == 0
    return not is_cleaning and post.days in {"every", "even" if day.day % 2 == 0 else "odd"}


def _times(number: int, post: Post, day: date) -> Iterator[dict[str, Any]]:
    chance = random.Random(f"{SEED}/{number}/{day.isoformat()}")
    profession = vocabulary().professions[post.speciality]
    step = timedelta(minutes=profession.minutes)
    opens, closes = HOURS[_shift(post, day)]
    moment, end = _moment(day, opens), _moment(day, closes)
    while moment + step <= end:
        is_busy = chance.random() < post.full
        yield {
            "starts_at": moment,
            "ends_at": moment + step,
            "status": SlotStatus.BUSY if is_busy else SlotStatus.FREE,
            "kind": _kind(profession, is_last=moment + 2 * step > end),
        }
        moment += step


def _kind(profession: Profession, *, is_last: bool) -> SlotKind:
    if is_last:  # kept for whom the doctor herself asks to come again
        return SlotKind.REPEAT
    return SlotKind.REFERRAL if profession.referral else SlotKind.SELF


def _shift(post: Post, day: date) -> str:
    if day.weekday() == SATURDAY:
        return "saturday"
    if post.shift == "alternating":
        return "morning" if day.day % 2 == 0 else "evening"
    return post.shift


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, MOSCOW).astimezone(UTC)

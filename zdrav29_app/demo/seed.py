"""Demo data: institutions, invented doctors and their times.

What a day of a doctor looks like is in times.py; people are in people.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
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
    Speciality,
)
from zdrav29_app.demo.past_services import seed_services
from zdrav29_app.demo.people import seed_cast
from zdrav29_app.demo.times import first_moment, is_open, times_of
from zdrav29_app.demo.vocabulary import Institution, Place, Post, Profession, vocabulary
from zdrav29_app.rules.booking import HORIZON_DAYS
from zdrav29_app.values import FullName, local


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
        make_region(session, tier)
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


def make_region(session: Session, tier: Tier) -> None:
    """Make specialities, clinics, their branches and doctors; no times yet."""
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


def posts_of(tier: Tier) -> list[tuple[int, Post]]:
    """Who works where (number of the place, from 0), in the order of the doctors."""
    return _posts([place for _, place in islice(_places(), tier.places)], tier.doctors)


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
    posts = posts_of(Tier(_number_of(session, Branch), len(ids)))
    rows = [
        {"doctor_id": doctor_id, **vars(one)}
        for number, (doctor_id, (place, post)) in enumerate(zip(ids, posts, strict=True))
        for day in days
        for one in times_of(number, place, post, day)
    ]
    if rows:
        session.connection().execute(insert(Slot), rows)
        # until it is told how many there are, SQLite guesses, and reads the wrong index
        session.connection().exec_driver_sql("ANALYZE")


def _number_of(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def _known_days(session: Session, today: date) -> set[date]:
    begin, end = first_moment(today), first_moment(today + timedelta(days=HORIZON_DAYS))
    known = select(Slot.starts_at).where(Slot.starts_at >= begin, Slot.starts_at < end).distinct()
    return {local(moment).date() for moment in session.exec(known)}


def _open_days(today: date) -> set[date]:
    days = (today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS))
    return {day for day in days if is_open(day)}

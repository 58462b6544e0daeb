"""Demo data: institutions, invented doctors, and their times; the same day gives the same rows.

People are not here: they live at ESIA and become patients when they sign in.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from zdrav29_app.db.tables import (
    Appointment,
    AuditEvent,
    Branch,
    Clinic,
    Doctor,
    Notice,
    Patient,
    SignInAttempt,
    Slot,
    SlotStatus,
    Speciality,
    WebSession,
)
from zdrav29_app.rules.booking import HORIZON_DAYS
from zdrav29_app.values import MOSCOW

SEED = 29
SATURDAY, SUNDAY = 5, 6
SHIFTS = {"morning": (time(8), time(14)), "evening": (time(14), time(20))}
QUIET_WEEKDAY = 2  # a Wednesday in the second week has no times, so that an empty day can be seen
EVERYTHING = (
    AuditEvent, Notice, Appointment, Slot, Doctor, Branch, Clinic, Speciality, WebSession,
    SignInAttempt, Patient,
)  # fmt: skip


@dataclass(frozen=True)
class Tier:
    """How large the region is: the vocabulary is repeated `copies` times."""

    copies: int


DEMO = Tier(copies=1)
QA = Tier(copies=20)


def seed(session: Session, *, today: date, tier: Tier = DEMO) -> None:
    """Make what is missing up to the horizon; visits and what was booked stay as they are."""
    if session.exec(select(Clinic.id).limit(1)).first() is None:
        _make_region(session, tier)
    _make_slots(session, today)


def wipe(session: Session) -> None:
    """Delete everything, people and sessions too."""
    for table in EVERYTHING:
        session.exec(delete(table))


@cache
def vocabulary() -> dict[str, Any]:
    """The words of region.yaml."""
    return yaml.safe_load(Path(__file__).with_name("region.yaml").read_text(encoding="utf-8"))


def _make_region(session: Session, tier: Tier) -> None:
    chance, words = random.Random(SEED), vocabulary()
    for code, facts in words["specialities"].items():
        session.add(
            Speciality(
                code=code,
                name=facts["name"],
                for_children=facts.get("children", False),
                for_women=facts.get("women", False),
                by_referral=facts.get("referral", False),
                slot_minutes=facts["minutes"],
            )
        )
    session.flush()
    names = _names(chance)
    for copy in range(tier.copies):
        for clinic in words["clinics"]:
            _make_clinic(session, clinic, names, chance, suffix=f", {copy + 1}" if copy else "")


def _make_clinic(
    session: Session,
    facts: dict[str, Any],
    names: Iterator[int],
    chance: random.Random,
    *,
    suffix: str,
) -> None:
    clinic = Clinic(name=facts["name"], kind=facts["kind"], district=facts["district"])
    session.add(clinic)
    session.flush()
    for place in facts["branches"]:
        branch = Branch(
            clinic_id=clinic.id or 0,
            name=place["name"] + suffix,
            address=place["address"],
            phone=place["phone"],
            directions=place["directions"],
        )
        session.add(branch)
        session.flush()
        for doctor in place["doctors"]:
            session.add(_doctor(branch, doctor, next(names), chance))
    session.flush()


def _doctor(
    branch: Branch, facts: dict[str, Any], name: int, chance: random.Random
) -> Doctor:
    words, sex = vocabulary(), facts["sex"]
    surnames = words["surnames"]
    floor = chance.randint(1, 4)
    return Doctor(
        branch_id=branch.id or 0,
        speciality_code=facts["speciality"],
        last_name=surnames[name % len(surnames)][sex == "F"],
        first_name=chance.choice(words["first_names"][sex]),
        middle_name=chance.choice(words["middle_names"][sex]),
        post=words["specialities"][facts["speciality"]]["post"],
        category=facts.get("category"),
        room=f"{floor}{chance.randint(1, 28):02d}",
        floor=floor,
        plot=facts.get("plot"),
    )


def _names(chance: random.Random) -> Iterator[int]:
    numbers = list(range(len(vocabulary()["surnames"])))
    chance.shuffle(numbers)
    while True:
        yield from numbers


def _make_slots(session: Session, today: date) -> None:
    lengths = dict(session.exec(select(Speciality.code, Speciality.slot_minutes)).all())
    doctors = session.exec(select(Doctor).order_by(col(Doctor.id))).all()
    plans = [doctor for clinic in vocabulary()["clinics"] for branch in clinic["branches"]
             for doctor in branch["doctors"]]  # fmt: skip
    begin, end = _midnight(today), _midnight(today + timedelta(days=HORIZON_DAYS + 1))
    known = session.exec(
        select(Slot.doctor_id, Slot.starts_at).where(Slot.starts_at >= begin, Slot.starts_at < end)
    ).all()
    days_known = {(doctor_id, starts_at.astimezone(MOSCOW).date()) for doctor_id, starts_at in known}
    rows = [
        row
        for place, doctor in enumerate(doctors)
        for day in _working_days(today)
        if (doctor.id, day) not in days_known
        for row in _times(doctor, day, plans[place % len(plans)], lengths[doctor.speciality_code])
    ]
    if rows:
        session.connection().execute(insert(Slot), rows)


def _working_days(today: date) -> list[date]:
    days = [today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1)]
    quiet = next(day for day in days[7:] if day.weekday() == QUIET_WEEKDAY)
    return [day for day in days if day.weekday() < SATURDAY and day != quiet]


def _times(
    doctor: Doctor, day: date, plan: dict[str, Any], minutes: int
) -> Iterator[dict[str, Any]]:
    # its own chance per doctor and day: topping up tomorrow gives what seeding tomorrow would
    chance = random.Random(f"{SEED}/{doctor.id}/{day.isoformat()}")
    opens, closes = SHIFTS[plan["shift"]]
    moment = datetime.combine(day, opens, MOSCOW)
    while moment + timedelta(minutes=minutes) <= datetime.combine(day, closes, MOSCOW):
        is_busy = chance.random() < plan["full"]
        yield {
            "doctor_id": doctor.id,
            "starts_at": moment,
            "ends_at": moment + timedelta(minutes=minutes),
            "status": SlotStatus.BUSY if is_busy else SlotStatus.FREE,
        }
        moment += timedelta(minutes=minutes)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), MOSCOW)

"""Demo people in the cabinet: who has entered before, and making that so."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Consent, Patient
from zdrav29_app.rules.entry import CURRENT_VERSIONS
from zdrav29_app.services import sign_in
from zdrav29_app.values import EsiaPerson, Gender, SignInWay

NOWHERE = "127.0.0.1"


def seed_cast(session: Session, *, today: date) -> None:
    """Make the cast known that has entered before; whoever is known already stays as she is."""
    known = set(session.exec(select(Patient.oid)))
    for person in _cast(today):
        if person.oid not in known:
            enter(session, person)


def enter(session: Session, person: EsiaPerson) -> None:
    """Make it so that a person has completed her first entry."""
    patient, now = sign_in.refresh_patient(session, person), clock.now()
    if patient.phone_confirmed_at is None:
        patient.phone_confirmed_at = now
    patient.next_way = patient.next_way or SignInWay.PASSWORD
    given = select(Consent.purpose).where(Consent.patient_id == patient.id)
    for purpose in set(CURRENT_VERSIONS) - set(session.exec(given)):
        session.add(
            Consent(
                patient_id=patient.id or 0,
                purpose=purpose,
                version=CURRENT_VERSIONS[purpose],
                ip=NOWHERE,
                given_at=now,
            )
        )


def forget_entry(session: Session, person: EsiaPerson) -> None:
    """Make it so that a person has never completed a first entry."""
    patient = sign_in.refresh_patient(session, person)
    patient.phone_confirmed_at = patient.next_way = None
    session.exec(delete(Consent).where(col(Consent.patient_id) == patient.id))


def _cast(today: date) -> Iterator[EsiaPerson]:
    words = Path(__file__).with_name("cast.yaml").read_text(encoding="utf-8")
    for facts in yaml.safe_load(words):
        yield EsiaPerson(
            oid=facts["oid"],
            trusted=True,
            last_name=facts["last"],
            first_name=facts["first"],
            middle_name=facts.get("middle"),
            birth_date=_birth_date(facts["born"], today),
            gender=Gender(facts["gender"]),
        )


def _birth_date(born: Any, today: date) -> date:
    if isinstance(born, date):
        return born
    birthday = today + timedelta(days=born["in_days"])
    if (birthday.month, birthday.day) == (2, 29):  # most birth years have no such day
        birthday += timedelta(days=1)
    return birthday.replace(year=birthday.year - born["turns"])

"""Demo people in the cabinet: who has entered before, and making that so."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Clinic,
    Consent,
    DispensaryRecord,
    Patient,
)
from zdrav29_app.demo import history, past_visits
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import EsiaPerson
from zdrav29_app.rules.attachment import primary_care_for
from zdrav29_app.rules.entry import CURRENT_VERSIONS
from zdrav29_app.services import attachment, family, patients
from zdrav29_app.values import Gender, OmsNumber, SignInWay, local

NOWHERE = "127.0.0.1"
LONG_AGO_DAYS = 1500


def seed_cast(session: Session, *, today: date) -> None:
    """Make the cast known that has entered before; whoever is known already stays as she is."""
    known = set(session.exec(select(Patient.oid)))
    for person, facts in _cast(today):
        if person.oid not in known:
            enter(session, person)
            _give(session, person, facts, today)


def enter(session: Session, person: EsiaPerson) -> None:
    """Make it so that a person has completed her first entry."""
    patient, now = patients.refresh(session, person), clock.now()
    if patient.phone_confirmed_at is None:
        patient.phone_confirmed_at = now
    patient.next_way = patient.next_way or SignInWay.PASSWORD
    provide(session, person)
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


def known(session: Session, person: EsiaPerson) -> int:
    """The id of a person, whom the cabinet knows from now on."""
    return patients.refresh(session, person).id or 0


def provide(session: Session, person: EsiaPerson) -> None:
    """Give a newcomer what a registry would know: a policy, and a clinic by her address.

    The cast is left as its story has it.
    """
    if person.oid in _cast_oids():
        return
    patient = patients.refresh(session, person)
    patient.oms_number = patient.oms_number or invented_policy(patient.oid)
    if patient.clinic_id is None:
        _attach(session, patient, nearest_clinic(session, patient))
    for child in family.children(session, patient):
        child.oms_number = child.oms_number or invented_policy(child.oid)
        if child.clinic_id is None:
            _attach(session, child, nearest_clinic(session, child, patient))


def nearest_clinic(
    session: Session, patient: Patient, lives_with: Patient | None = None
) -> int | None:
    """The clinic that serves where a person lives; one in the largest town if nobody knows."""
    home = (lives_with or patient).addresses
    lines = " ".join(line for _, line in home)
    kinds = primary_care_for(patient.birth_date, local(clock.now()).date())
    clinics = [
        clinic
        for clinic in session.exec(select(Clinic).order_by(col(Clinic.id)))
        if clinic.kind in kinds
    ]
    near = [clinic for clinic in clinics if clinic.district.removesuffix("ий") in lines]
    return next((clinic.id for clinic in [*near, *clinics]), None)


def _attach(
    session: Session, patient: Patient, clinic_id: int | None, chosen_days_ago: int = 0
) -> None:
    """Attached by address long ago, or by choice so many days ago."""
    since = local(clock.now()).date() - timedelta(days=chosen_days_ago or LONG_AGO_DAYS)
    attachment.attach(session, patient, clinic_id, since=since, by_choice=chosen_days_ago > 0)


def invented_policy(oid: int) -> str:
    """A policy number with a right last digit that nobody else has."""
    return OmsNumber.of_body(f"29{oid:013d}").digits


def set_clinic(session: Session, person: EsiaPerson, clinic: str | None) -> None:
    """Attach a person to the clinic of this name, or to none.

    Raises:
        NotFound: there is no such clinic.
    """
    found = session.exec(select(Clinic.id).where(Clinic.name == clinic)).first()
    if clinic is not None and found is None:
        raise NotFound
    _attach(session, patients.refresh(session, person), found)


def set_children(session: Session, person: EsiaPerson, children: Sequence[EsiaPerson]) -> None:
    """Let a person act for these children alone; her next sign-in brings ESIA's again."""
    family.refresh_children(session, patients.refresh(session, person), children)


def set_policy(session: Session, person: EsiaPerson, policy: str | None) -> None:
    """Give a person another policy number, or none; her next sign-in brings ESIA's again."""
    patients.refresh(session, person).oms_number = policy


def forget_entry(session: Session, person: EsiaPerson) -> None:
    """Make it so that a person has never completed a first entry."""
    patient = patients.refresh(session, person)
    patient.phone_confirmed_at = patient.next_way = None
    session.exec(delete(Consent).where(col(Consent.patient_id) == patient.id))


@cache
def _cast_facts() -> tuple[dict[str, Any], ...]:
    words = Path(__file__).with_name("cast.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(words))


def _cast_oids() -> set[int]:
    return {facts["oid"] for facts in _cast_facts()}


def _give(session: Session, person: EsiaPerson, facts: dict[str, Any], today: date) -> None:
    patient = session.exec(select(Patient).where(Patient.oid == person.oid)).one()
    if facts.get("clinic") != "none":
        _attach(session, patient, nearest_clinic(session, patient), facts.get("chose", 0))
    for one in facts.get("observed", []):
        session.add(
            DispensaryRecord(
                patient_id=patient.id or 0,
                speciality_code=one["speciality"],
                diagnosis=one["diagnosis"],
                since=today - timedelta(days=400),
            )
        )
    past_visits.give(session, patient, facts.get("visits", []), today)
    for one in facts.get("referred", []):
        history.refer(session, patient, one["speciality"], one["reason"], days=one["days"])


def _cast(today: date) -> Iterator[tuple[EsiaPerson, dict[str, Any]]]:
    for facts in _cast_facts():
        yield _person(facts, today), facts


def _person(facts: dict[str, Any], today: date) -> EsiaPerson:
    return EsiaPerson(
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

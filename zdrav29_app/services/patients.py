"""What the cabinet knows of people: brought up to date from what ESIA says."""

from typing import Any

from sqlmodel import Session, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Doctor, Patient
from zdrav29_app.identity import EsiaPerson
from zdrav29_app.values import FullName


def name_of(person: Doctor | Patient) -> FullName:
    """The name of a doctor or a patient."""
    return FullName(person.last_name, person.first_name, person.middle_name)


def take_turn(session: Session, patient_id: int) -> None:
    """Wait until no other transaction acts for this patient, and let the others wait.

    Rules look at all her visits and places at once; two tabs must not each see half. SQLite lets
    only one write at all and needs no such lock.
    """
    session.exec(select(Patient.id).where(Patient.id == patient_id).with_for_update())


def changed_fields(session: Session, person: EsiaPerson) -> list[str]:
    """Which data of a known patient ESIA now gives differently; none for a new one."""
    patient = _known(session, person)
    if patient is None:
        return []
    facts = {**_facts(person), **_contacts(person)}
    return [name for name, value in facts.items() if getattr(patient, name) != value]


def refresh(session: Session, person: EsiaPerson) -> Patient:
    """Bring what the cabinet knows of a person up to what ESIA says; makes her known if need be."""
    return _refresh(session, person, {**_facts(person), **_contacts(person)})


def refresh_child(session: Session, child: EsiaPerson) -> Patient:
    """The same for a child as its parent's account shows it: without contacts of its own."""
    return _refresh(session, child, _facts(child))


def _refresh(session: Session, person: EsiaPerson, facts: dict[str, Any]) -> Patient:
    patient = _known(session, person)
    facts = {**facts, "refreshed_at": clock.now()}
    if patient is None:
        patient = Patient(oid=person.oid, **facts)
    else:
        patient.sqlmodel_update(facts)
    session.add(patient)
    session.flush()
    return patient


def _known(session: Session, person: EsiaPerson) -> Patient | None:
    return session.exec(select(Patient).where(Patient.oid == person.oid)).one_or_none()


def _facts(person: EsiaPerson) -> dict[str, Any]:
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "birth_date": person.birth_date,
        "gender": person.gender,
        "snils": person.snils,
        "oms_number": person.oms_number,
    }


def _contacts(person: EsiaPerson) -> dict[str, Any]:
    return {
        "phone": person.phone,
        "email": person.email,
        "passport": _passport(person),
        "addresses": [[kind.value, line] for kind, line in person.addresses],
    }


def _passport(person: EsiaPerson) -> dict[str, str | None] | None:
    if person.passport is None:
        return None
    issued = person.passport.issued_on
    return {
        "number": person.passport.number,
        "issued_on": issued.isoformat() if issued else None,
        "issued_by": person.passport.issued_by,
    }

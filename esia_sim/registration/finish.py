"""The end of registration: an account, simplified at first, that is checked in time."""

from dataclasses import replace
from datetime import date

from esia_sim import email_links
from esia_sim.people import Document, Level, Person
from esia_sim.records import Checking, Registration
from esia_sim.registration.texts import READY, READY_SUBJECT
from esia_sim.store import World


def finish(world: World, registration: Registration) -> Person:
    """Make the account and let it be checked; a letter asks to confirm the address.

    An e-mail or a СНИЛС that somebody has already is left out: `registration.refused` says so.
    """
    facts = registration.facts
    blank = world.invent_person()
    person = replace(
        blank,
        last_name=facts["last_name"],
        first_name=facts["first_name"],
        middle_name=facts["middle_name"] or None,
        birth_date=date.fromisoformat(facts["birth_date"]),
        gender=facts["gender"],
        phone=registration.phone,
        email=_free(world, registration, "email"),
        email_verified=False,
        snils=_free(world, registration, "snils"),
        inn=facts["inn"] or None,
        birth_place=None,
        level=Level.SIMPLIFIED,
        password_hash=registration.password_hash,
        story="Зарегистрирован на этом стенде.",
        documents=(_passport(blank.oid, facts),),
    )
    world.put_person(person)
    registration.person_key = person.key
    limits = world.config.limits
    world.checkings.append(
        Checking(
            person_key=person.key,
            standard_at=world.after(limits.processing_seconds // 2),
            confirmed_at=world.after(limits.processing_seconds),
            subject=READY_SUBJECT,
            text=READY,
        )
    )
    if person.email:
        email_links.send(world, person)
    return person


def _free(world: World, registration: Registration, name: str) -> str | None:
    value = registration.facts[name]
    if value and world.person_by_login(value):
        registration.refused.append(name)
        return None
    return value or None


def _passport(oid: int, facts: dict[str, str]) -> Document:
    return Document(
        id=oid * 100 + 1,
        type="RF_PASSPORT",
        series=facts["passport"][:4],
        number=facts["passport"][4:],
        issue_date=date.fromisoformat(facts["issue_date"]),
        issue_id=facts["issue_id"],
        issued_by=facts["issued_by"],
    )

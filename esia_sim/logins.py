"""What people sign in with and what reaches them, in the forms that the world keeps."""

from esia_sim import identifiers
from esia_sim.people import Person


def logins_of(person: Person) -> list[str]:
    """Return everything that a person may type as her login."""
    organisation = person.organisation
    numbers = (organisation.ogrn, organisation.inn) if organisation else ()
    return [one for one in (person.phone, person.email, person.snils, *numbers) if one]


def readings(typed: str) -> frozenset[str]:
    """Return what a typed login can stand for, in the forms that people are kept with."""
    found = (
        identifiers.normalise_phone(typed),
        identifiers.normalise_snils(typed),
        identifiers.normalise_email(typed),
        identifiers.organisation_number(typed),
    )
    return frozenset(filter(None, found))


def contacts_of(person: Person) -> frozenset[str]:
    """Return where messages to a person go: phone, e-mail, and her app."""
    return frozenset(filter(None, (person.phone, person.email, app_of(person))))


def app_of(person: Person) -> str:
    """Return where pushes to a person go."""
    return f"app:{person.key}"

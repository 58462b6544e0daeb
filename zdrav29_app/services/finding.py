"""Who is meant by the words of the search field: doctors by name, specialities by what hurts."""

from dataclasses import dataclass

from sqlmodel import Session, select

from zdrav29_app.db.tables import Doctor, Speciality
from zdrav29_app.rules import words as rules
from zdrav29_app.services.patients import name_of


@dataclass(frozen=True)
class Meant:
    """Doctors and specialities that the words fit; both empty when they fit nothing."""

    doctors: frozenset[int]
    specialities: frozenset[str]


def meant_by(session: Session, text: str) -> Meant:
    """Whom a patient means: «Лодьева М. П.», «глаза», «терапевт Лодьева»."""
    words = rules.told(text)
    known = {
        row.code: rules.known_words([row.name, *row.words])
        for row in session.exec(select(Speciality))
    }
    found = {
        doctor.id or 0: doctor.speciality_code
        for doctor in session.exec(select(Doctor))
        if rules.fits(words, name_of(doctor), known[doctor.speciality_code])
    }
    by_words = {code for code in known if all(rules.is_known(word, known[code]) for word in words)}
    return Meant(frozenset(found), frozenset(by_words | set(found.values())))

"""What prevention offers the patient whose cabinet is open."""

from dataclasses import dataclass

from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import Patient
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import prevention as rules
from zdrav29_app.rules.prevention import Examination, Vaccination
from zdrav29_app.values import local


@dataclass(frozen=True)
class Offer:
    """`check_up` is its year, None for a child, whose clinic invites; `age` is that of the year."""

    check_up: int | None
    is_this_year: bool
    age: int
    examinations: tuple[Examination, ...]
    vaccinations: tuple[Vaccination, ...]


def my_offer(session: Session, viewer: Viewer) -> Offer:
    """By age and sex, as the orders say."""
    patient = session.get_one(Patient, viewer.patient_id)
    today = local(clock.now()).date()
    year = rules.next_check_up(patient.birth_date, today)
    age = rules.age_of_year(patient.birth_date, year or today.year)
    return Offer(
        check_up=year,
        is_this_year=year == today.year,
        age=age,
        examinations=tuple(rules.examinations(age, patient.gender)) if year else (),
        vaccinations=tuple(rules.vaccinations(age)) if year else (),
    )

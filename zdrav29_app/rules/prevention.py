"""What a person's age and sex give a right to: the dispensary check-up and its examinations.

Source: order of the Ministry of Health 404н of 27.04.2021 (dispensary check-up) and 1122н of
06.12.2021 (calendar of vaccinations). Only that the check-up is due every three years from 18 and
every year from 40 was read (portal notes §2.8, 2026-11-25), and mammography from 40; ages of the
other examinations and of vaccinations: status demo, as widely told, to be checked by paragraph
before anybody relies on them.
"""

from datetime import date
from enum import StrEnum

from zdrav29_app.rules.booking import ADULT_AGE
from zdrav29_app.values import Gender

YEARLY_FROM = 40
EVERY_YEARS = 3


class Examination(StrEnum):
    """Examinations of the check-up that depend on age and sex."""

    FLUOROGRAPHY = "fluorography"
    GLUCOSE = "glucose"
    CARDIOGRAM = "cardiogram"
    EYE_PRESSURE = "eye_pressure"
    MAMMOGRAPHY = "mammography"
    CERVIX = "cervix"
    BOWEL = "bowel"
    PROSTATE = "prostate"


class Vaccination(StrEnum):
    """Vaccinations that a grown person comes back for."""

    INFLUENZA = "influenza"
    DIPHTHERIA = "diphtheria"
    MEASLES = "measles"


_PROSTATE_AGES = frozenset({45, 50, 55, 60, 64})
_MEASLES_UNTIL = 35


def age_of_year(birth_date: date, year: int) -> int:
    """The age a person reaches in a year: by it, not by the day, the check-up is counted."""
    return year - birth_date.year


def next_check_up(birth_date: date, today: date) -> int | None:
    """The first year from now on with a check-up; None for a child, who is examined otherwise."""
    if age_of_year(birth_date, today.year) < ADULT_AGE:
        return None
    return next(
        year
        for year in range(today.year, today.year + EVERY_YEARS + 1)
        if _is_due(age_of_year(birth_date, year))
    )


def examinations(age: int, gender: Gender) -> list[Examination]:
    """What the check-up of this age holds besides the questions and measurements of everybody."""
    is_woman = gender is Gender.FEMALE
    rights = {
        Examination.GLUCOSE: True,
        Examination.FLUOROGRAPHY: age % 2 == 0,
        Examination.CARDIOGRAM: age >= 35,
        Examination.EYE_PRESSURE: age >= 40,
        Examination.MAMMOGRAPHY: is_woman and 40 <= age <= 75 and age % 2 == 0,
        Examination.CERVIX: is_woman and 18 <= age <= 64 and age % 3 == 0,
        Examination.BOWEL: (40 <= age <= 64 and age % 2 == 0) or 65 <= age <= 75,
        Examination.PROSTATE: not is_woman and age in _PROSTATE_AGES,
    }
    return [one for one, is_due in rights.items() if is_due]


def vaccinations(age: int) -> list[Vaccination]:
    """What a grown person should have this year or ask for."""
    measles = [Vaccination.MEASLES] if age <= _MEASLES_UNTIL else []
    return [Vaccination.INFLUENZA, Vaccination.DIPHTHERIA, *measles]


def _is_due(age: int) -> bool:
    return age >= YEARLY_FROM or (age >= ADULT_AGE and (age - ADULT_AGE) % EVERY_YEARS == 0)

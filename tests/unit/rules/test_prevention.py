"""The dispensary check-up: every three years to 39, then every year."""

from datetime import date

import pytest

from zdrav29_app.rules import prevention
from zdrav29_app.rules.prevention import Examination, Vaccination
from zdrav29_app.values import Gender

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("age", "years_away"),
    [(18, 0), (19, 2), (20, 1), (21, 0), (38, 1), (39, 0), (40, 0), (41, 0), (90, 0)],
)
def test_the_next_check_up_is_counted_by_the_age_of_the_year(age: int, years_away: int):
    born = date(TODAY.year - age, 12, 31)

    assert prevention.next_check_up(born, TODAY) == TODAY.year + years_away


def test_a_child_is_invited_by_its_clinic():
    assert prevention.next_check_up(date(2009, 1, 1), TODAY) is None


@pytest.mark.parametrize(
    ("age", "gender", "has", "has_not"),
    [
        (18, Gender.FEMALE, {Examination.CERVIX}, {Examination.MAMMOGRAPHY}),
        (40, Gender.FEMALE, {Examination.MAMMOGRAPHY, Examination.BOWEL}, {Examination.CERVIX}),
        (41, Gender.FEMALE, {Examination.CARDIOGRAM}, {Examination.MAMMOGRAPHY}),
        (45, Gender.MALE, {Examination.PROSTATE}, {Examination.MAMMOGRAPHY, Examination.BOWEL}),
        (46, Gender.MALE, {Examination.BOWEL}, {Examination.PROSTATE}),
        (67, Gender.MALE, {Examination.BOWEL}, {Examination.FLUOROGRAPHY}),
        (76, Gender.FEMALE, {Examination.GLUCOSE}, {Examination.BOWEL, Examination.MAMMOGRAPHY}),
    ],
)
def test_examinations_depend_on_age_and_sex(
    age: int, gender: Gender, has: set[Examination], has_not: set[Examination]
):
    found = set(prevention.examinations(age, gender))

    assert has <= found
    assert not has_not & found


def test_measles_is_offered_up_to_35():
    assert Vaccination.MEASLES in prevention.vaccinations(35)
    assert Vaccination.MEASLES not in prevention.vaccinations(36)

"""The rules of booking, each at its edges. Rows are built by hand: no rule needs a database."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY, at
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Patient,
    Slot,
    SlotStatus,
    Speciality,
)
from zdrav29_app.errors import (
    TooLateToCancel,
)
from zdrav29_app.rules import booking as rules
from zdrav29_app.values import Gender

NOW = at(TODAY, 7)
TOMORROW = TODAY + timedelta(days=1)
MINUTE = timedelta(minutes=1)


def _patient(birth_date: date = date(1984, 4, 12), gender: Gender = Gender.FEMALE) -> Patient:
    return Patient(
        oid=1,
        last_name="Двинская",
        first_name="Анна",
        birth_date=birth_date,
        gender=gender,
        refreshed_at=NOW,
    )


def _speciality(code: str = "therapist", **rules_of_it: bool) -> Speciality:
    made = Speciality(code=code, name=code, slot_minutes=15, for_children=False)
    made.sqlmodel_update(rules_of_it)
    return made


def _slot(starts_at: datetime, status: SlotStatus = SlotStatus.FREE) -> Slot:
    return Slot(doctor_id=1, starts_at=starts_at, ends_at=starts_at + 15 * MINUTE, status=status)


def test_a_person_has_a_passport_from_the_day_she_is_fourteen():
    birthday = TODAY.replace(year=TODAY.year - 14)

    assert rules.has_passport(birthday, TODAY)
    assert not rules.has_passport(birthday + timedelta(days=1), TODAY)


def test_the_horizon_moves_at_midnight_of_arkhangelsk():
    evening, night = at(TODAY, 23, 59), at(TOMORROW, 0)

    assert rules.horizon(night) - rules.horizon(evening) == timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 4, 11), 41), (date(2026, 4, 12), 42), (date(1984, 4, 12), 0)],
)
def test_a_year_is_full_on_the_birthday(day: date, age: int):
    assert rules.age_on(date(1984, 4, 12), day) == age


def test_a_person_of_the_29th_of_february_is_older_on_the_first_of_march():
    born = date(2008, 2, 29)

    assert rules.age_on(born, date(2026, 2, 28)) == 17
    assert rules.age_on(born, date(2026, 3, 1)) == 18


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 40_000))
def test_nobody_grows_younger(born: date, days: int):
    day = born + timedelta(days=days)

    assert rules.age_on(born, day) <= rules.age_on(born, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("born", "adults", "children"),
    [
        (date(1984, 4, 12), True, False),
        (date(2019, 7, 27), False, True),
        (date(2008, 12, 1), True, True),
        (date(2008, 12, 7), True, True),
        (date(2008, 12, 8), False, True),
        (date(2008, 11, 24), True, False),
    ],
)
def test_who_turns_18_inside_the_horizon_may_look_at_both(born: date, adults: bool, children: bool):
    patient = _patient(born)

    assert rules.may_ever_fit(patient, _speciality(), now=NOW) is adults
    assert rules.may_ever_fit(patient, _speciality(for_children=True), now=NOW) is children


def test_what_is_for_women_is_not_shown_to_men():
    man = _patient(gender=Gender.MALE)

    assert not rules.may_ever_fit(man, _speciality(for_women=True), now=NOW)
    assert rules.may_ever_fit(_patient(), _speciality(for_women=True), now=NOW)


@pytest.mark.parametrize(
    ("starts_at", "status", "may"),
    [
        (NOW + MINUTE, AppointmentStatus.BOOKED, True),
        (NOW, AppointmentStatus.BOOKED, False),
        (NOW - MINUTE, AppointmentStatus.BOOKED, False),
        (NOW + MINUTE, AppointmentStatus.CANCELLED, False),
        (NOW + MINUTE, AppointmentStatus.FULFILLED, False),
    ],
)
def test_a_visit_may_be_cancelled_until_it_begins(
    starts_at: datetime, status: AppointmentStatus, may: bool
):
    visit = Appointment(number="29-1", slot_id=1, patient_id=1, status=status, created_at=NOW)

    assert rules.may_cancel(visit, _slot(starts_at), now=NOW) is may
    if not may:
        with pytest.raises(TooLateToCancel):
            rules.check_may_cancel(visit, _slot(starts_at), now=NOW)

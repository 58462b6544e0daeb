"""The rules of booking, each at its edges. Rows are built by hand: no rule needs a database."""

from datetime import date, datetime, timedelta
from typing import Any

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
    AlreadyBooked,
    BeyondHorizon,
    BookingRefused,
    ReferralNeeded,
    SlotPast,
    SlotTaken,
    TimeConflict,
    TooLateToCancel,
    TooManyVisits,
    WrongAge,
    WrongSex,
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
    return Speciality(
        code=code, name=code, slot_minutes=15, **{"for_children": False, **rules_of_it}
    )


def _slot(starts_at: datetime, status: SlotStatus = SlotStatus.FREE) -> Slot:
    return Slot(doctor_id=1, starts_at=starts_at, ends_at=starts_at + 15 * MINUTE, status=status)


def _held(code: str, starts_at: datetime) -> rules.ActiveVisit:
    return rules.ActiveVisit("29-1", _speciality(code), _slot(starts_at))


def _check(slot: Slot, *active: rules.ActiveVisit, patient: Patient | None = None, **of: Any):
    rules.check_may_book(patient or _patient(), slot, _speciality(**of), active, now=NOW)


def test_a_free_time_tomorrow_may_be_booked():
    _check(_slot(at(TOMORROW, 9)))


def test_a_time_that_begins_in_a_minute_may_be_booked():
    _check(_slot(NOW + MINUTE))


@pytest.mark.parametrize("starts_at", [NOW, NOW - MINUTE])
def test_a_time_that_has_begun_is_past(starts_at: datetime):
    with pytest.raises(SlotPast):
        _check(_slot(starts_at))


def test_the_last_minute_of_the_horizon_is_open():
    last_day = TODAY + timedelta(days=rules.HORIZON_DAYS - 1)

    _check(_slot(at(last_day, 23, 59)))


def test_the_midnight_after_the_horizon_is_not_open():
    day_after = TODAY + timedelta(days=rules.HORIZON_DAYS)

    with pytest.raises(BeyondHorizon) as refusal:
        _check(_slot(at(day_after, 0)))

    assert refusal.value.horizon_days == rules.HORIZON_DAYS


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


def test_who_turns_18_on_the_day_of_the_visit_goes_to_the_doctors_of_adults():
    born_18_years_before = TOMORROW.replace(year=TOMORROW.year - 18)
    sasha = _patient(born_18_years_before, Gender.MALE)

    _check(_slot(at(TOMORROW, 9)), patient=sasha)
    with pytest.raises(WrongAge) as refusal:
        _check(_slot(at(TOMORROW, 9)), patient=sasha, for_children=True)

    assert refusal.value.age == 18
    assert refusal.value.for_children


def test_who_turns_18_the_day_after_the_visit_goes_to_the_doctors_of_children():
    born = (TOMORROW + timedelta(days=1)).replace(year=TOMORROW.year - 18)
    sasha = _patient(born, Gender.MALE)

    _check(_slot(at(TOMORROW, 9)), patient=sasha, for_children=True)
    with pytest.raises(WrongAge) as refusal:
        _check(_slot(at(TOMORROW, 9)), patient=sasha)

    assert refusal.value.age == 17


def test_the_day_of_the_visit_is_the_day_in_arkhangelsk():
    born = TOMORROW.replace(year=TOMORROW.year - 18)

    _check(_slot(at(TOMORROW, 0, 30)), patient=_patient(born))


def test_a_man_is_refused_where_women_are_received():
    man = _patient(gender=Gender.MALE)

    with pytest.raises(WrongSex):
        _check(_slot(at(TOMORROW, 9)), patient=man, for_women=True)


def test_a_referral_is_asked_for_before_anything_about_the_person():
    child = _patient(date(2019, 7, 27))

    with pytest.raises(ReferralNeeded):
        _check(_slot(at(TOMORROW, 9)), patient=child, by_referral=True)


def test_a_second_visit_to_the_same_speciality_is_refused_with_the_first():
    first = _held("therapist", at(TOMORROW, 15))

    with pytest.raises(AlreadyBooked) as refusal:
        _check(_slot(at(TOMORROW, 9)), first)

    assert refusal.value.number == first.number
    assert refusal.value.starts_at == first.slot.starts_at


@pytest.mark.parametrize("minutes", [-14, 0, 14])
def test_two_visits_at_one_time_are_refused(minutes: int):
    other = _held("surgeon", at(TOMORROW, 9) + minutes * MINUTE)

    with pytest.raises(TimeConflict):
        _check(_slot(at(TOMORROW, 9)), other)


@pytest.mark.parametrize("minutes", [-15, 15])
def test_visits_one_after_the_other_are_no_conflict(minutes: int):
    _check(_slot(at(TOMORROW, 9)), _held("surgeon", at(TOMORROW, 9) + minutes * MINUTE))


def test_more_visits_than_the_limit_are_refused():
    held = [_held(f"s{n}", at(TOMORROW, 10 + n)) for n in range(rules.MOST_ACTIVE_VISITS)]

    _check(_slot(at(TOMORROW, 9)), *held[:-1])
    with pytest.raises(TooManyVisits) as refusal:
        _check(_slot(at(TOMORROW, 9)), *held)

    assert refusal.value.limit == rules.MOST_ACTIVE_VISITS


def test_a_taken_time_is_refused_last():
    taken = _slot(at(TOMORROW, 9), SlotStatus.BUSY)

    with pytest.raises(SlotTaken):
        _check(taken)
    with pytest.raises(AlreadyBooked):
        _check(taken, _held("therapist", at(TOMORROW, 15)))


def test_every_refusal_is_a_refusal_of_booking():
    with pytest.raises(BookingRefused):
        _check(_slot(NOW))


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

"""Finding a free time: what is offered to whom, and that its counts are true."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.conftest import VERA, FrozenClock, Town, at, signed_in
from zdrav29_app.db.tables import Branch, ClinicKind, Doctor, Slot
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.booking import HORIZON_DAYS
from zdrav29_app.services import booking, timetable
from zdrav29_app.services.timetable import Found, Wanted


def _codes(found: Found) -> set[str]:
    return {offer.code for offer in found.specialities}


def _offered_times(found: Found) -> list[int]:
    return [time.slot_id for doctor in found.doctors for time in doctor.times]


@pytest.fixture
def severodvinsk(town: Town) -> Branch:
    return town.branch(district="Северодвинск", kind=ClinicKind.DENTAL)


def test_the_soonest_time_is_offered_without_any_choice(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    town.slot(town.doctor("therapist"), at(today, 12))

    found = timetable.look(session, anna, Wanted())

    assert found.day == today
    assert found.nearest == morning_slot.starts_at
    assert _offered_times(found) == [morning_slot.id]
    assert [offer.free for offer in found.branches] == [1, 1]


def test_an_empty_region_is_no_error(session: Session, anna: Viewer):
    found = timetable.look(session, anna, Wanted(speciality="therapist", district="Котлас"))

    assert (found.branches, found.branch_id, found.day, found.doctors) == ((), None, None, ())
    assert len(found.days) == HORIZON_DAYS


def test_times_of_one_speciality_only(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    doctor = session.get_one(Doctor, morning_slot.doctor_id)
    surgeon = town.doctor("surgeon", branch=session.get_one(Branch, doctor.branch_id))
    slot = town.slot(surgeon, at(today, 8))

    found = timetable.look(session, anna, Wanted(speciality="surgeon"))

    assert _offered_times(found) == [slot.id]
    assert [doctor.post for doctor in found.doctors] == ["Врач-surgeon"]


@pytest.mark.parametrize("speciality", ["", "astrologer", "'; DROP TABLE slot", "x" * 1000])
def test_a_speciality_nobody_has_is_the_same_as_none(
    session: Session, anna: Viewer, morning_slot: Slot, speciality: str
):
    found = timetable.look(session, anna, Wanted(speciality=speciality))

    assert _offered_times(found) in ([], [morning_slot.id])


def test_a_district_narrows_branches_and_counts(
    session: Session,
    anna: Viewer,
    morning_slot: Slot,
    town: Town,
    severodvinsk: Branch,
    today: date,
):
    there = town.slot(town.doctor("therapist", branch=severodvinsk), at(today, 10))

    found = timetable.look(session, anna, Wanted(district="Северодвинск"))

    assert found.branch_id == severodvinsk.id
    assert _offered_times(found) == [there.id]
    assert [(offer.code, offer.free) for offer in found.specialities] == [("therapist", 1)]
    assert found.districts == ("Архангельск", "Северодвинск")


def test_a_kind_of_institution_narrows_branches(
    session: Session,
    anna: Viewer,
    morning_slot: Slot,
    town: Town,
    severodvinsk: Branch,
    today: date,
):
    there = town.slot(town.doctor("dentist", branch=severodvinsk), at(today, 10))

    found = timetable.look(session, anna, Wanted(kind=ClinicKind.DENTAL))

    assert _offered_times(found) == [there.id]


def test_a_chosen_branch_wins_over_a_sooner_one(
    session: Session,
    anna: Viewer,
    morning_slot: Slot,
    town: Town,
    severodvinsk: Branch,
    today: date,
):
    there = town.slot(town.doctor("therapist", branch=severodvinsk), at(today, 18))

    found = timetable.look(session, anna, Wanted(branch_id=severodvinsk.id))

    assert found.branch_id == severodvinsk.id
    assert _offered_times(found) == [there.id]


@pytest.mark.parametrize("branch_id", [0, -1, 10**6])
def test_an_unknown_branch_becomes_the_soonest(
    session: Session, anna: Viewer, morning_slot: Slot, branch_id: int
):
    found = timetable.look(session, anna, Wanted(branch_id=branch_id))

    assert _offered_times(found) == [morning_slot.id]


def test_a_branch_outside_the_filter_becomes_the_soonest_inside(
    session: Session,
    anna: Viewer,
    morning_slot: Slot,
    town: Town,
    severodvinsk: Branch,
    today: date,
):
    town.slot(town.doctor("dentist", branch=severodvinsk), at(today, 8))
    wanted = Wanted(speciality="therapist", branch_id=severodvinsk.id)

    found = timetable.look(session, anna, wanted)

    assert found.branch_id != severodvinsk.id
    assert _offered_times(found) == [morning_slot.id]


def test_a_child_is_offered_doctors_for_children_only(
    session: Session, boris: Viewer, morning_slot: Slot, town: Town, today: date
):
    pediatrician = town.doctor(town.speciality("pediatrician", children=True))
    slot = town.slot(pediatrician, at(today, 11))

    found = timetable.look(session, boris, Wanted())

    assert _codes(found) == {"pediatrician"}
    assert _offered_times(found) == [slot.id]
    assert _offered_times(timetable.look(session, boris, Wanted(speciality="therapist"))) == []


def test_an_adult_is_not_offered_doctors_for_children(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    pediatrician = town.doctor(town.speciality("pediatrician", children=True))
    town.slot(pediatrician, at(today, 8))

    found = timetable.look(session, anna, Wanted())

    assert _codes(found) == {"therapist"}
    assert _offered_times(found) == [morning_slot.id]


def test_a_doctor_by_referral_is_named_but_her_times_are_not_offered(
    session: Session, anna: Viewer, morning_slot: Slot, town: Town, today: date
):
    neurologist = town.doctor(town.speciality("neurologist", referral=True))
    town.slot(neurologist, at(today, 8))

    found = timetable.look(session, anna, Wanted())
    asked = timetable.look(session, anna, Wanted(speciality="neurologist"))

    named = {offer.code: offer.by_referral for offer in found.specialities}
    assert named == {"neurologist": True, "therapist": False}
    assert _offered_times(found) == [morning_slot.id]
    assert asked.branches == ()
    assert _offered_times(asked) == []


def test_days_cover_the_horizon_and_count_what_is_free(
    session: Session, anna: Viewer, therapist: Doctor, town: Town, today: date
):
    last = today + timedelta(days=HORIZON_DAYS - 1)
    for moment in (at(today, 9), at(today, 10), at(last, 23, 45)):
        town.slot(therapist, moment)
    town.slot(therapist, at(today, 11), is_free=False)
    town.slot(therapist, at(last + timedelta(days=1), 0))

    found = timetable.look(session, anna, Wanted())

    assert found.days[0] == (today, 2)
    assert found.days[-1] == (last, 1)
    assert sum(free for _, free in found.days) == found.branches[0].free == 3


def test_a_time_before_midnight_in_greenwich_belongs_to_the_day_in_arkhangelsk(
    session: Session, anna: Viewer, therapist: Doctor, town: Town, today: date
):
    town.slot(therapist, at(today + timedelta(days=1), 0, 30))

    found = timetable.look(session, anna, Wanted())

    assert found.day == today + timedelta(days=1)


def test_times_of_today_that_have_begun_are_not_offered(
    session: Session,
    anna: Viewer,
    morning_slot: Slot,
    town: Town,
    today: date,
    frozen_clock: FrozenClock,
):
    doctor = session.get_one(Doctor, morning_slot.doctor_id)
    later = town.slot(doctor, at(today, 9, 30))
    frozen_clock.moment = morning_slot.starts_at

    found = timetable.look(session, anna, Wanted())

    assert _offered_times(found) == [later.id]
    assert found.days[0] == (today, 1)
    assert found.branches[0].free == 1


def test_a_day_without_times_is_shown_empty(
    session: Session, anna: Viewer, morning_slot: Slot, today: date
):
    for day in (today + timedelta(days=1), today - timedelta(days=1), today + timedelta(days=99)):
        found = timetable.look(session, anna, Wanted(day=day))

        assert found.day == day
        assert found.doctors == ()


def test_a_booked_time_leaves_the_list_and_comes_back_when_cancelled(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    number = booking.book_slot(session, anna, morning_slot.id or 0).number
    assert timetable.look(session, vera, Wanted()).doctors == ()

    booking.cancel_visit(session, anna, number)

    assert _offered_times(timetable.look(session, vera, Wanted())) == [morning_slot.id]


def test_the_check_page_shows_who_goes_where_to_whom(
    session: Session, anna: Viewer, morning_slot: Slot
):
    chosen = timetable.chosen_slot(session, anna, morning_slot.id or 0)

    assert chosen.patient.first == "Анна"
    assert chosen.starts_at == morning_slot.starts_at
    assert chosen.place.address.startswith("Архангельск")


def test_a_time_that_does_not_exist_is_not_shown(session: Session, anna: Viewer):
    with pytest.raises(NotFound):
        timetable.chosen_slot(session, anna, 10**6)


def test_who_turns_18_sees_doctors_of_children_before_that_day_and_the_others_after_it(
    session: Session, town: Town, today: date
):
    birthday = today + timedelta(days=5)
    born = birthday.replace(year=birthday.year - 18)
    sasha = signed_in(session, replace(VERA, oid=1000000105, birth_date=born))
    for speciality in (town.speciality("pediatrician", children=True), "therapist"):
        doctor = town.doctor(speciality)
        for day in (birthday - timedelta(days=1), birthday):
            town.slot(doctor, at(day, 9))

    found = timetable.look(session, sasha, Wanted())

    free = {offer.code: (offer.free, offer.nearest) for offer in found.specialities}
    assert free["pediatrician"] == (1, at(birthday - timedelta(days=1), 9))
    assert free["therapist"] == (1, at(birthday, 9))

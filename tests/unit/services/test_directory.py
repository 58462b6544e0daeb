"""What everybody may look at: institutions, and how much is free of whom on which day."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.conftest import Town, at
from zdrav29_app.db.tables import Branch, ClinicKind, Slot, SlotKind
from zdrav29_app.services import directory


@pytest.fixture
def clinic(town: Town) -> Branch:
    """A therapist and an eye doctor in Arkhangelsk."""
    branch = town.branch()
    town.doctor("therapist", branch=branch)
    eyes = town.speciality("ophthalmologist")
    eyes.words = ["глаза"]
    town.doctor(eyes, branch=branch)
    return branch


@pytest.fixture
def dentistry(town: Town) -> Branch:
    """A dentist in Severodvinsk."""
    branch = town.branch(district="Северодвинск", kind=ClinicKind.DENTAL)
    town.doctor("dentist", branch=branch)
    return branch


def _places(session: Session, **asked: str | None) -> list[str]:
    found = directory.institutions(session, **{"district": None, "words": None, **asked})
    return [place.name for one in found for place in one.places]


def test_every_institution_tells_where_it_is_and_who_receives(
    session: Session, clinic: Branch, dentistry: Branch
):
    first, second = directory.institutions(session, district=None, words=None)

    assert (first.district, second.district) == ("Архангельск", "Северодвинск")
    assert second.kind is ClinicKind.DENTAL
    [place] = first.places
    assert (place.phone, place.directions) == (clinic.phone, clinic.directions)
    assert [code for code, _ in place.specialities] == ["ophthalmologist", "therapist"]


@pytest.mark.parametrize("words", ["глаз", "болят глаза", "Архангельск", "поморской", "therapist"])
def test_words_find_a_place_by_what_hurts_by_town_street_and_speciality(
    session: Session, clinic: Branch, dentistry: Branch, words: str
):
    found = _places(session, words=words)

    assert clinic.name in found


def test_words_and_district_narrow_and_nonsense_finds_nothing(
    session: Session, clinic: Branch, dentistry: Branch
):
    assert _places(session, district="Северодвинск") == [dentistry.name]
    assert _places(session, district="Северодвинск", words="глаза") == []
    assert _places(session, words="абракадабра") == []
    assert _places(session, district="Атлантида") == []


def test_the_timetable_counts_every_day_of_the_chosen_speciality(
    session: Session, town: Town, morning_slot: Slot, today: date
):
    doctor_id, tomorrow = morning_slot.doctor_id, today + timedelta(days=1)
    other = town.doctor("surgeon")
    town.slot(other, at(today, 8))
    later = [at(today, 12), at(tomorrow, 0, 30)]
    session.add_all(Slot(doctor_id=doctor_id, starts_at=moment, ends_at=moment) for moment in later)
    session.flush()

    found = directory.timetable(session, speciality="therapist", district=None)

    [one] = found.doctors
    assert (one.who.doctor_id, one.who.free) == (doctor_id, 3)
    assert one.who.nearest == morning_slot.starts_at
    assert one.days == ((today, 2), (tomorrow, 1))
    assert {offer.code: offer.free for offer in found.specialities} == {
        "surgeon": 1,
        "therapist": 3,
    }


def test_times_by_referral_are_counted_and_those_kept_back_are_not(
    session: Session, town: Town, today: date
):
    neurologist = town.doctor(town.speciality("neurologist", referral=True))
    for hour, kind in ((9, SlotKind.REFERRAL), (10, SlotKind.RESERVE)):
        town.slot(neurologist, at(today, hour)).kind = kind

    found = directory.timetable(session, speciality="neurologist", district=None)

    assert [one.days for one in found.doctors] == [((today, 1),)]
    assert found.specialities[0].by_referral


def test_no_choice_another_district_and_an_unknown_speciality_show_no_doctors(
    session: Session, morning_slot: Slot
):
    for asked in ({}, {"district": "Котлас", "speciality": "therapist"}, {"speciality": "x"}):
        found = directory.timetable(session, **{"speciality": None, "district": None, **asked})

        assert found.doctors == ()

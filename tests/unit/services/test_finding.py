"""Finding by words: what a patient types, and which doctors and times that leads to."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.conftest import Town, at
from zdrav29_app.db.tables import Doctor, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import timetable
from zdrav29_app.services.timetable import Found, Wanted


def _doctors(found: Found) -> list[int]:
    return [one.doctor_id for one in found.receiving]


@pytest.fixture
def eyes(session: Session, town: Town, today: date) -> Doctor:
    """A doctor for the eyes with two free times, one of them tomorrow's eve."""
    speciality = town.speciality("ophthalmologist")
    speciality.words = ["глаза", "зрение"]
    session.add(speciality)
    doctor = town.doctor(speciality)
    doctor.last_name = "Нёнокшина"
    session.add(doctor)
    for hour in (10, 19):
        town.slot(doctor, at(today, hour))
    return doctor


@pytest.mark.parametrize("words", ["глаза", "глаз", "болит глаз", "ненокшина", "Нёнокшина М. П."])
def test_words_lead_to_the_doctor_and_her_times(
    session: Session, anna: Viewer, morning_slot: Slot, eyes: Doctor, words: str
):
    found = timetable.look(session, anna, Wanted(words=words))

    assert [offer.code for offer in found.meant or ()] == ["ophthalmologist"]
    assert _doctors(found) == [eyes.id]
    assert [len(doctor.times) for doctor in found.doctors] == [2]
    assert found.branch_id == eyes.branch_id


def test_without_words_every_doctor_is_listed_with_count_and_nearest_time(
    session: Session, anna: Viewer, morning_slot: Slot, eyes: Doctor, today: date
):
    found = timetable.look(session, anna, Wanted())

    assert found.meant is None
    assert [(one.doctor_id, one.free, one.nearest) for one in found.receiving] == [
        (morning_slot.doctor_id, 1, morning_slot.starts_at),
        (eyes.id, 2, at(today, 10)),
    ]


def test_words_that_are_nothing_find_nobody_and_keep_the_filter_whole(
    session: Session, anna: Viewer, morning_slot: Slot, eyes: Doctor
):
    found = timetable.look(session, anna, Wanted(words="абракадабра"))

    assert found.meant == ()
    assert (found.receiving, found.branches, found.doctors) == ((), (), ())
    assert {offer.code for offer in found.specialities} == {"therapist", "ophthalmologist"}


def test_words_and_a_district_narrow_together(
    session: Session, anna: Viewer, morning_slot: Slot, eyes: Doctor
):
    found = timetable.look(session, anna, Wanted(words="глаза", district="Котлас"))

    assert [offer.code for offer in found.meant or ()] == ["ophthalmologist"]
    assert found.receiving == ()


def test_a_doctor_without_free_times_is_known_all_the_same(
    session: Session, anna: Viewer, therapist: Doctor
):
    found = timetable.look(session, anna, Wanted(words=therapist.last_name))

    assert [offer.code for offer in found.meant or ()] == ["therapist"]
    assert found.receiving == ()


def test_words_do_not_show_a_child_the_doctors_of_adults(
    session: Session, boris: Viewer, eyes: Doctor
):
    found = timetable.look(session, boris, Wanted(words="глаза"))

    assert found.meant == ()
    assert found.receiving == ()

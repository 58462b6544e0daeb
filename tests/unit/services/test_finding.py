"""Finding by words: what a patient types, and which doctors and times that leads to."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.conftest import Town, at
from zdrav29_app.db.tables import Doctor, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import timetable
from zdrav29_app.services.timetable import Found, Order, Wanted


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


@pytest.fixture
def far_and_near(town: Town, anna: Viewer, today: date) -> dict[str, Doctor]:
    """The sooner a doctor can be seen the farther she is; surnames follow neither."""
    own = town.attach(anna)
    places = {
        "Котлас": ("Бобрёва", town.branch(district="Котлас"), 8),
        "Северодвинск": ("Ёлкина", town.branch(district="Северодвинск"), 9),
        "Архангельск": ("Елисеева", own, 10),
    }
    doctors: dict[str, Doctor] = {}
    for district, (surname, branch, hour) in places.items():
        doctors[district] = town.doctor("surgeon", branch=branch)
        doctors[district].last_name = surname
        town.slot(doctors[district], at(today, hour))
    return doctors


@pytest.mark.parametrize(
    ("order", "districts"),
    [
        (Order.NEAREST, ["Котлас", "Северодвинск", "Архангельск"]),
        (Order.DISTANCE, ["Архангельск", "Северодвинск", "Котлас"]),
        (Order.NAME, ["Котлас", "Архангельск", "Северодвинск"]),
    ],
)
def test_what_was_found_comes_in_the_order_asked_for(
    session: Session,
    anna: Viewer,
    far_and_near: dict[str, Doctor],
    order: Order,
    districts: list[str],
):
    found = timetable.look(session, anna, Wanted(order=order))

    assert [one.district for one in found.receiving] == districts
    assert [int(offer.code) for offer in found.branches] == [
        far_and_near[district].branch_id for district in districts
    ]
    assert found.distances_km == {"Архангельск": 0, "Северодвинск": 40, "Котлас": 600}


def test_who_has_no_clinic_is_shown_the_soonest_first_and_no_distances(
    session: Session, vera: Viewer, far_and_near: dict[str, Doctor]
):
    found = timetable.look(session, vera, Wanted(order=Order.DISTANCE))

    assert found.distances_km == {}
    assert [one.district for one in found.receiving] == ["Котлас", "Северодвинск", "Архангельск"]


def test_a_district_that_the_table_does_not_know_comes_last(
    session: Session, anna: Viewer, far_and_near: dict[str, Doctor], town: Town, today: date
):
    nowhere = town.branch(district="Лешуконский")
    town.slot(town.doctor("surgeon", branch=nowhere), at(today, 7, 30))

    found = timetable.look(session, anna, Wanted(order=Order.DISTANCE))

    assert found.receiving[-1].district == "Лешуконский"


def test_a_doctor_is_shown_with_all_that_the_clinic_says_of_her(
    session: Session, anna: Viewer, eyes: Doctor, town: Town
):
    eyes.note, eyes.category, eyes.plot = "С 10 декабря в отпуске.", "высшая", "12"
    town.speciality("ophthalmologist").prepare = "Снимите линзы."

    [shown] = timetable.look(session, anna, Wanted(words="глаза")).doctors

    assert (shown.note, shown.category, shown.plot) == ("С 10 декабря в отпуске.", "высшая", "12")
    assert shown.prepare == "Снимите линзы."
    assert (shown.place.room, shown.place.floor) == ("214", 2)

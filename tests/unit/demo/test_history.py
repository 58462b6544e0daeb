"""Visits and referrals that a test or a trainer gives a person."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.conftest import ANNA, Town, at
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    CancelledBy,
    Doctor,
    Referral,
    Slot,
    SlotStatus,
)
from zdrav29_app.demo import history
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, visits

DAY = timedelta(days=1)


def _visits(session: Session, anna: Viewer) -> list[tuple[AppointmentStatus, Any]]:
    return [(one.status, one.starts_at) for one in visits.my_visits(session, anna)]


def test_visits_of_all_kinds_replace_those_she_had(
    session: Session, anna: Viewer, therapist: Doctor, morning_slot: Slot, today: date
):
    booking.book_slot(session, anna, morning_slot.id or 0)
    body = [
        {"speciality": "therapist", "in_days": 3, "time": "09:15"},
        {"speciality": "Therapist", "in_days": -20, "status": "fulfilled"},
        {"speciality": "therapist", "in_days": -10, "status": "noshow"},
        {
            "speciality": "therapist",
            "in_days": 1,
            "status": "cancelled",
            "by": "clinic",
            "reason": "Врач заболел",
        },
    ]

    for _ in range(2):
        history.change(session, ANNA, {"visits": body})

    assert _visits(session, anna) == [
        (AppointmentStatus.FULFILLED, at(today - 20 * DAY, 10)),
        (AppointmentStatus.NO_SHOW, at(today - 10 * DAY, 10)),
        (AppointmentStatus.CANCELLED, at(today + DAY, 10)),
        (AppointmentStatus.BOOKED, at(today + 3 * DAY, 9, 15)),
    ]
    cancelled = visits.my_visits(session, anna)[2]
    assert (cancelled.cancelled_by, cancelled.cancel_reason) == (CancelledBy.CLINIC, "Врач заболел")
    session.refresh(morning_slot)
    assert morning_slot.status is SlotStatus.FREE


def test_a_visit_takes_a_free_time_before_one_of_the_crowd_and_never_somebody_elses(
    session: Session, anna: Viewer, vera: Viewer, town: Town, therapist: Doctor, today: date
):
    day = today + DAY
    town.slot(therapist, at(day, 8), is_free=False)
    hers = town.slot(therapist, at(day, 9))
    free = town.slot(therapist, at(day, 10))
    booking.book_slot(session, vera, hers.id or 0)

    history.change(session, ANNA, {"visits": [{"speciality": "therapist", "in_days": 1}]})

    assert _visits(session, anna) == [(AppointmentStatus.BOOKED, free.starts_at)]
    booked = select(Appointment).where(Appointment.status == AppointmentStatus.BOOKED)
    assert len(session.exec(booked).all()) == 2


def test_referrals_replace_those_that_were_not_used(
    session: Session, anna: Viewer, town: Town, today: date
):
    neurologist = town.doctor(town.speciality("neurologist", referral=True))
    first = [{"speciality": "neurologist", "reason": "Головные боли", "days": 25}]
    history.change(session, ANNA, {"referrals": first})
    slot = town.slot(neurologist, at(today + DAY, 9))
    booking.book_slot(session, anna, slot.id or 0)

    for _ in range(2):
        history.change(session, ANNA, {"referrals": [{**first[0], "days": -3}]})

    rows = session.exec(select(Referral).order_by(col(Referral.valid_until))).all()
    assert [row.valid_until for row in rows] == [today - 3 * DAY, today + 25 * DAY]
    assert len({row.number for row in rows}) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"visits": {"speciality": "therapist"}},
        {"visits": [{"speciality": "therapist"}]},
        {"visits": [{"speciality": "therapist", "in_days": True}]},
        {"visits": [{"speciality": "therapist", "in_days": 1, "time": "soon"}]},
        {"visits": [{"speciality": "therapist", "in_days": 1, "status": "lost"}]},
        {"visits": [{"speciality": "therapist", "in_days": 1, "by": "nobody"}]},
        {"visits": [{"speciality": "therapist", "in_days": 1, "room": "214"}]},
        {"referrals": [{"speciality": "neurologist", "days": "25"}]},
        {"referrals": ["neurologist"]},
        {"referrals": [{"speciality": 7, "days": 25}]},
    ],
)
@pytest.mark.usefixtures("anna", "therapist")
def test_what_makes_no_sense_is_refused_with_what_is_expected(
    session: Session, fields: dict[str, Any]
):
    with pytest.raises(ValueError, match="expected"):
        history.change(session, ANNA, fields)


@pytest.mark.usefixtures("anna", "therapist")
@pytest.mark.parametrize("what", ["visits", "referrals"])
def test_an_unknown_speciality_is_not_found(session: Session, what: str):
    one = {"visits": {"in_days": 1}, "referrals": {"days": 5}}[what]

    with pytest.raises(NotFound):
        history.change(session, ANNA, {what: [{"speciality": "shaman", **one}]})

"""Visits of one family at the same time are seen before they are made."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.conftest import FrozenClock, Town, at, entered
from tests.unit.services.test_family import open_child, sign_in_mother
from zdrav29_app.db.tables import Doctor, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, family_visits, sign_in
from zdrav29_app.values import FullName


@pytest.fixture
def token(session: Session) -> str:
    """Anna's session; Boris is her son."""
    return sign_in_mother(session)


@pytest.fixture
def mother(session: Session, token: str) -> Viewer:
    return entered(sign_in.viewer_for(session, token))


@pytest.fixture
def pediatrician(town: Town) -> Doctor:
    return town.doctor(town.speciality("pediatrician", children=True))


def _as_child(session: Session, token: str) -> Viewer:
    return entered(open_child(session, token))


@pytest.mark.parametrize(("minute", "is_seen"), [(0, False), (1, True), (29, True), (30, False)])
def test_a_visit_of_the_mother_is_named_only_when_her_sons_runs_at_the_same_time(
    session: Session,
    mother: Viewer,
    token: str,
    town: Town,
    therapist: Doctor,
    pediatrician: Doctor,
    today: date,
    minute: int,
    is_seen: bool,
):
    hers = town.slot(therapist, at(today, 9, 15))
    booking.book_slot(session, mother, hers.id or 0)
    his = town.slot(pediatrician, at(today, 9, minute))

    found = family_visits.overlapping(session, _as_child(session, token), his.id or 0)

    assert [one.name for one in found] == (
        [FullName("Двинская", "Анна", "Сергеевна")] if is_seen else []
    )


def test_ones_own_visit_and_those_of_strangers_are_not_the_familys_business(
    session: Session,
    mother: Viewer,
    vera: Viewer,
    town: Town,
    morning_slot: Slot,
    today: date,
):
    other = town.slot(town.doctor("surgeon"), at(today, 9, 15))
    booking.book_slot(session, vera, other.id or 0)
    booking.book_slot(session, mother, morning_slot.id or 0)

    assert family_visits.overlapping(session, mother, morning_slot.id or 0) == []


def test_a_right_that_has_ended_tells_nothing_any_more(
    session: Session,
    token: str,
    town: Town,
    pediatrician: Doctor,
    therapist: Doctor,
    today: date,
    frozen_clock: FrozenClock,
):
    mother = entered(sign_in.viewer_for(session, token))
    his = town.slot(pediatrician, frozen_clock.now() + timedelta(hours=2))
    booking.book_slot(session, _as_child(session, token), his.id or 0)
    hers = town.slot(therapist, his.starts_at)
    assert len(family_visits.overlapping(session, mother, hers.id or 0)) == 1

    frozen_clock.advance(days=365 * 9)

    assert family_visits.overlapping(session, mother, hers.id or 0) == []

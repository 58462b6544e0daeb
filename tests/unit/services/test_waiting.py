"""The waiting list: who may stand in it, who is before whom, and why she moved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.conftest import BORIS, Town, entered, signed_in
from tests.unit.services.waiting_list import free_up, join, steps
from zdrav29_app.db.tables import (
    Doctor,
    Slot,
    WaitingStep,
)
from zdrav29_app.errors import (
    AlreadyBooked,
    AlreadyWaiting,
    AttachedElsewhere,
    NotFound,
    ReferralNeeded,
    WrongAge,
)
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.waiting import PERIOD_DAYS
from zdrav29_app.services import booking, offers, waiting
from zdrav29_app.services.waiting import Wish

NOON = 12 * 60

pytestmark = pytest.mark.usefixtures("morning")


def test_who_joins_stands_behind_those_who_want_what_she_wants(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, wish: Wish
):
    first = join(session, anna, therapist, wish)

    second = join(session, vera, therapist, wish)

    assert (first.ahead, second.ahead) == (0, 1)
    assert steps(session, vera) == [WaitingStep.JOINED]


@pytest.mark.parametrize("apart", ["days", "hours", "doctors"])
def test_who_wants_something_else_is_not_before_her(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    town: Town,
    therapist: Doctor,
    wish: Wish,
    apart: str,
):
    colleague = town.doctor("therapist", branch=None)
    colleague.branch_id = therapist.branch_id
    later = wish.first_day + timedelta(days=5)
    hers, others = {
        "days": (replace(wish, last_day=later), replace(wish, first_day=later + timedelta(days=1))),
        "hours": (replace(wish, to_minute=NOON), replace(wish, from_minute=NOON + 1)),
        "doctors": (
            replace(wish, doctor_id=therapist.id),
            replace(wish, doctor_id=colleague.id),
        ),
    }[apart]
    join(session, anna, therapist, hers)

    assert join(session, vera, therapist, others).ahead == 0


def test_why_she_moved_is_written_down(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, wish: Wish
):
    first = join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)

    for _ in range(2):
        waiting.leave(session, anna, first.id)

    place = waiting.mine(session, vera)[0]
    assert place.ahead == 0
    assert [(step.kind, step.facts) for step in place.events[:1]] == [("moved_up", {"why": "left"})]
    assert steps(session, vera) == [WaitingStep.JOINED, WaitingStep.MOVED_UP]
    assert steps(session, anna) == [WaitingStep.JOINED, WaitingStep.LEFT]


def test_nobody_stands_twice_in_one_list(
    session: Session, anna: Viewer, therapist: Doctor, wish: Wish
):
    join(session, anna, therapist, wish)

    with pytest.raises(AlreadyWaiting):
        waiting.join(session, anna, therapist.branch_id, "therapist", wish)


def test_nobody_sees_or_gives_up_the_place_of_another(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, wish: Wish, free: Slot
):
    place = join(session, anna, therapist, wish)
    free_up(session, free)

    for act in (waiting.leave, waiting.offered_slot, offers.decline):
        with pytest.raises(NotFound):
            act(session, vera, place.id)

    assert waiting.mine(session, vera) == []
    assert waiting.mine(session, anna)[0].offer


def test_who_may_never_book_there_cannot_join(
    session: Session, anna: Viewer, boris: Viewer, town: Town, therapist: Doctor, wish: Wish
):
    own = town.doctor(town.speciality("district", attached=True))
    neurologist = town.doctor(town.speciality("neurologist", referral=True))

    for viewer, doctor, refusal in (
        (boris, therapist, WrongAge),
        (anna, own, AttachedElsewhere),
        (anna, neurologist, ReferralNeeded),
    ):
        with pytest.raises(refusal):
            waiting.join(session, viewer, doctor.branch_id, doctor.speciality_code, wish)


def test_who_turns_eighteen_within_the_period_can_join(
    session: Session, therapist: Doctor, wish: Wish, today: date
):
    birthday = (today + timedelta(days=5)).replace(year=today.year - 18)
    sasha = entered(signed_in(session, replace(BORIS, birth_date=birthday, oid=1000000105)))

    waiting.join(session, sasha, therapist.branch_id, "therapist", wish)

    assert waiting.mine(session, sasha)


def test_who_has_a_visit_there_is_led_to_moving_it(
    session: Session, anna: Viewer, therapist: Doctor, morning_slot: Slot, wish: Wish
):
    booking.book_slot(session, anna, morning_slot.id or 0)

    with pytest.raises(AlreadyBooked):
        waiting.join(session, anna, therapist.branch_id, "therapist", wish)


def test_a_period_lies_ahead_and_ends_in_time(
    session: Session, anna: Viewer, therapist: Doctor, wish: Wish, today: date
):
    day = timedelta(days=1)
    wrong = (
        replace(wish, first_day=today - day),
        replace(wish, last_day=today + (PERIOD_DAYS + 1) * day),
        replace(wish, first_day=wish.last_day + day),
        replace(wish, from_minute=NOON, to_minute=NOON),
        replace(wish, to_minute=24 * 60 + 1),
    )
    for each in wrong:
        with pytest.raises(ValueError, match="make no sense"):
            waiting.join(session, anna, therapist.branch_id, "therapist", each)
    with pytest.raises(NotFound):
        waiting.join(session, anna, therapist.branch_id, "ent", wish)

    assert waiting.mine(session, anna) == []


def test_choices_begin_with_the_own_clinic_and_name_its_doctors(
    session: Session, anna: Viewer, town: Town
):
    elsewhere = town.doctor("therapist")
    own = town.doctor("therapist", branch=town.attach(anna))

    found = waiting.choices(session, anna, "therapist", None)

    assert [branch for branch, _, _ in found.branches] == [own.branch_id, elsewhere.branch_id]
    assert found.branch_id == own.branch_id
    assert [doctor for doctor, _ in found.doctors] == [own.id]
    assert waiting.choices(session, anna, "", None).branches == ()

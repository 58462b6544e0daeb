"""Free times go to the waiting list first, one offer at a time, and nobody is woken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import BORIS, FrozenClock, Town, at, entered, signed_in
from tests.unit.services.waiting_list import free_up, join, status_of, steps, told_of
from zdrav29_app.db.tables import (
    Doctor,
    Hold,
    HoldPurpose,
    NoticeKind,
    Patient,
    Slot,
    SlotStatus,
    WaitingStatus,
    WaitingStep,
)
from zdrav29_app.demo import people
from zdrav29_app.errors import (
    HoldEnded,
    SlotTaken,
)
from zdrav29_app.identity import EsiaPerson, Viewer
from zdrav29_app.rules.waiting import LEAD, OFFER_FOR
from zdrav29_app.services import booking, holding, holds, offers, preferences, waiting
from zdrav29_app.services.waiting import Wish

MINUTE = timedelta(minutes=1)
NINE, NOON = 9 * 60, 12 * 60

pytestmark = pytest.mark.usefixtures("morning")


def test_a_freed_time_goes_to_the_first_whom_it_fits(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, wish: Wish, free: Slot
):
    join(session, anna, therapist, replace(wish, from_minute=NOON))
    join(session, vera, therapist, replace(wish, from_minute=NINE, to_minute=NOON))

    free_up(session, free)

    assert status_of(session, free) is SlotStatus.HELD
    assert waiting.mine(session, anna)[0].offer is None
    offer = waiting.mine(session, vera)[0].offer
    assert offer
    assert offer.time.starts_at == free.starts_at
    assert {one.address for one in told_of(session, NoticeKind.OFFERED)} == {"+79000000103", ""}
    with pytest.raises(SlotTaken):
        booking.book_slot(session, anna, free.id or 0)


def test_whatever_frees_a_time_the_list_has_it_first(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    town: Town,
    therapist: Doctor,
    wish: Wish,
    today: date,
):
    tomorrow = today + timedelta(days=1)
    slots = [town.slot(therapist, at(tomorrow, hour)) for hour in (9, 10, 11)]
    first, second, third = (slot.id or 0 for slot in slots)
    number = booking.book_slot(session, anna, first).number
    join(session, vera, therapist, wish)

    holding.hold_slot(session, anna, second, moving=number)
    holding.hold_slot(session, anna, third, moving=number)
    assert waiting.mine(session, vera)[0].offer is not None
    offers.decline(session, vera, waiting.mine(session, vera)[0].id)
    booking.move_visit(session, anna, number, third)
    assert waiting.offered_slot(session, vera, waiting.mine(session, vera)[0].id) == first
    offers.decline(session, vera, waiting.mine(session, vera)[0].id)
    booking.cancel_visit(session, anna, number)

    assert waiting.offered_slot(session, vera, waiting.mine(session, vera)[0].id) == third


def test_an_offer_is_booked_like_any_time_and_the_place_waits_no_longer(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, wish: Wish, free: Slot
):
    place = join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)
    free_up(session, free)

    slot_id = waiting.offered_slot(session, anna, place.id)
    booked = booking.book_slot(session, anna, slot_id)

    assert booked.starts_at == free.starts_at
    assert status_of(session, free) is SlotStatus.BUSY
    assert waiting.mine(session, anna)[0].status is WaitingStatus.BOOKED
    assert waiting.mine(session, vera)[0].events[0].facts == {"why": "booked"}
    assert waiting.mine(session, vera)[0].ahead == 0
    assert session.exec(select(Hold)).all() == []


def test_an_offer_opened_in_booking_is_the_same_hold_and_cannot_be_made_longer(
    session: Session, anna: Viewer, therapist: Doctor, wish: Wish, free: Slot
):
    join(session, anna, therapist, wish)
    free_up(session, free)
    offer = waiting.mine(session, anna)[0].offer
    assert offer

    held = holding.hold_slot(session, anna, free.id or 0)

    assert (held.until, held.is_extended) == (offer.until, True)
    with pytest.raises(HoldEnded):
        holding.extend_hold(session, anna, free.id or 0)
    assert [one.until for one in waiting.offered_now(session, anna)] == [offer.until]


def test_who_books_elsewhere_gives_place_and_offer_to_the_next(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    therapist: Doctor,
    wish: Wish,
    free: Slot,
    morning_slot: Slot,
):
    join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)
    free_up(session, free)

    booking.book_slot(session, anna, morning_slot.id or 0)

    assert waiting.mine(session, anna)[0].status is WaitingStatus.BOOKED
    assert waiting.mine(session, vera)[0].offer


def test_no_is_an_answer_and_the_next_is_asked(
    session: Session, anna: Viewer, vera: Viewer, therapist: Doctor, wish: Wish, free: Slot
):
    place = join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)
    free_up(session, free)

    offers.decline(session, anna, place.id)

    kept = waiting.mine(session, anna)[0]
    assert (kept.status, kept.ignored, kept.ahead) == (WaitingStatus.WAITING, 0, 0)
    assert waiting.mine(session, vera)[0].offer
    with pytest.raises(HoldEnded):
        offers.decline(session, anna, place.id)


def test_a_time_is_offered_to_a_place_once(
    session: Session, anna: Viewer, therapist: Doctor, wish: Wish, free: Slot
):
    place = join(session, anna, therapist, wish)
    free_up(session, free)

    offers.decline(session, anna, place.id)

    assert waiting.mine(session, anna)[0].offer is None
    assert status_of(session, free) is SlotStatus.FREE


def test_an_offer_without_an_answer_goes_on_after_half_an_hour(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    therapist: Doctor,
    wish: Wish,
    free: Slot,
    frozen_clock: FrozenClock,
):
    place = join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)
    free_up(session, free)
    frozen_clock.moment += OFFER_FOR - MINUTE
    assert not offers.is_any_over(session)
    offers.end_over(session)
    assert waiting.offered_slot(session, anna, place.id) == free.id

    frozen_clock.moment += MINUTE
    assert offers.is_any_over(session)
    for _ in range(2):  # a second worker comes too late
        offers.end_over(session)

    assert steps(session, anna) == [WaitingStep.JOINED, WaitingStep.OFFERED, WaitingStep.IGNORED]
    assert waiting.mine(session, anna)[0].is_last_chance
    assert waiting.mine(session, vera)[0].offer


def test_two_offers_without_an_answer_end_the_waiting_in_words(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    town: Town,
    therapist: Doctor,
    wish: Wish,
    free: Slot,
    frozen_clock: FrozenClock,
):
    join(session, vera, therapist, wish)
    join(session, anna, therapist, wish)
    other = town.slot(therapist, free.starts_at + timedelta(hours=1), is_free=False)
    for slot in (free, other):
        free_up(session, slot)
        frozen_clock.moment += OFFER_FOR
        offers.end_over(session)

    ended = waiting.mine(session, vera)[0]
    assert (ended.status, ended.ignored) == (WaitingStatus.ENDED, 2)
    assert ended.events[0].facts == {"why": "ignored"}
    [told] = [one for one in told_of(session, NoticeKind.WAITING_ENDED) if one.address]
    assert told.address == "+79000000103"
    assert waiting.mine(session, anna)[0].ahead == 0


def test_nobody_has_two_offers_at_once_for_one_place(
    session: Session, anna: Viewer, town: Town, therapist: Doctor, wish: Wish, free: Slot
):
    join(session, anna, therapist, wish)
    other = town.slot(therapist, free.starts_at + timedelta(hours=1), is_free=False)

    free_up(session, free)
    free_up(session, other)

    [offer] = session.exec(select(Hold).where(Hold.purpose == HoldPurpose.OFFER)).all()
    assert offer.slot_id == free.id
    assert status_of(session, other) is SlotStatus.FREE


def test_quiet_hours_pass_her_by_and_cost_her_nothing(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    therapist: Doctor,
    wish: Wish,
    free: Slot,
    frozen_clock: FrozenClock,
    today: date,
):
    awake = replace(preferences.DEFAULTS, quiet=None)
    join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)
    preferences.save(session, vera, awake)
    frozen_clock.moment = at(today, 23)

    free_up(session, free)

    assert waiting.mine(session, vera)[0].offer
    asleep = waiting.mine(session, anna)[0]
    assert (asleep.offer, asleep.ignored, asleep.ahead) == (None, 0, 0)


def test_what_was_freed_at_night_is_offered_in_the_morning(
    session: Session,
    anna: Viewer,
    therapist: Doctor,
    wish: Wish,
    free: Slot,
    frozen_clock: FrozenClock,
    today: date,
):
    join(session, anna, therapist, wish)
    frozen_clock.moment = at(today, 23)
    free_up(session, free)
    offers.offer_free(session)
    assert offers.is_anybody_open(session)
    assert status_of(session, free) is SlotStatus.FREE

    frozen_clock.moment = at(today + timedelta(days=1), 8)
    offers.offer_free(session)

    assert waiting.mine(session, anna)[0].offer
    assert not offers.is_anybody_open(session)


def test_a_time_that_begins_too_soon_or_is_not_open_yet_is_offered_to_nobody(
    session: Session,
    anna: Viewer,
    town: Town,
    therapist: Doctor,
    wish: Wish,
    frozen_clock: FrozenClock,
    today: date,
):
    join(session, anna, therapist, replace(wish, last_day=today + timedelta(days=30)))
    soon = town.slot(therapist, frozen_clock.moment + LEAD - MINUTE, is_free=False)
    far = town.slot(therapist, at(today + timedelta(days=14), 9), is_free=False)

    for slot in (soon, far):
        free_up(session, slot)

    assert [status_of(session, slot) for slot in (soon, far)] == [SlotStatus.FREE] * 2


def test_whom_a_check_would_refuse_is_passed_over(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    town: Town,
    therapist: Doctor,
    wish: Wish,
    free: Slot,
):
    join(session, anna, therapist, wish)
    join(session, vera, therapist, wish)
    overlapping = town.slot(town.doctor("surgeon"), free.starts_at)
    booking.book_slot(session, anna, overlapping.id or 0)

    free_up(session, free)

    assert waiting.mine(session, vera)[0].offer


def test_a_parent_is_told_of_a_childs_offer_by_the_childs_name(
    session: Session, town: Town, wish: Wish, today: date
):
    mother = replace(_mother(), children=(BORIS,))
    viewer = entered(signed_in(session, mother))
    people.enter(session, mother)
    child = session.exec(select(Patient).where(Patient.oid == BORIS.oid)).one()
    pediatrician = town.doctor(town.speciality("pediatrician", children=True))
    acting = replace(viewer, patient_id=child.id or 0)
    waiting.join(session, acting, pediatrician.branch_id, "pediatrician", wish)
    slot = town.slot(pediatrician, at(today + timedelta(days=1), 10), is_free=False)

    free_up(session, slot)

    told = told_of(session, NoticeKind.OFFERED)
    assert {one.patient_id for one in told} == {viewer.actor_id}
    assert {one.facts["for_last"] for one in told} == {"Двинской"}


def test_a_period_that_is_over_ends_the_waiting(
    session: Session, anna: Viewer, therapist: Doctor, wish: Wish, frozen_clock: FrozenClock
):
    join(session, anna, therapist, wish)
    frozen_clock.advance(days=11)
    assert offers.is_any_over(session)

    offers.end_over(session)

    assert waiting.mine(session, anna)[0].events[0].facts == {"why": "period"}
    assert not offers.is_any_over(session)


def test_a_hold_of_the_booking_page_that_ends_goes_to_the_list(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    therapist: Doctor,
    wish: Wish,
    morning_slot: Slot,
    frozen_clock: FrozenClock,
):
    holding.hold_slot(session, anna, morning_slot.id or 0)
    join(session, vera, therapist, wish)

    frozen_clock.moment += holding.HOLD_FOR
    offers.end_over(session)

    assert waiting.mine(session, vera)[0].offer
    assert holds.of_patient(session, anna.patient_id, morning_slot.id or 0) is None


def _mother() -> EsiaPerson:
    return replace(
        BORIS,
        oid=1000000199,
        last_name="Двинская",
        birth_date=date(1988, 4, 12),
        phone="+79000000199",
        oms_number="2900000000001990",
    )

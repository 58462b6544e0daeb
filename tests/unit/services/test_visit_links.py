"""Links of a reminder: one act each, once, before the visit; nothing to read in the database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import (
    Action,
    AuditEvent,
    Doctor,
    Notice,
    NoticeKind,
    Slot,
    SlotStatus,
    VisitLink,
)
from zdrav29_app.errors import LinkDead
from zdrav29_app.identity import Viewer, fingerprint
from zdrav29_app.services import booking, visit_links, visits
from zdrav29_app.values import LinkAct


@pytest.fixture
def slot(town: Town, therapist: Doctor, today: date) -> Slot:
    """A time in three days, so that there is something to remind of."""
    return town.slot(therapist, at(today + timedelta(days=3), 10))


@pytest.fixture
def number(session: Session, anna: Viewer, slot: Slot) -> str:
    return booking.book_slot(session, anna, slot.id or 0).number


def _dead(session: Session, act: str, token: str) -> None:
    for ask in (visit_links.peek, visit_links.use):
        with pytest.raises(LinkDead):
            ask(session, act, token)


def _last_event(session: Session) -> AuditEvent:
    return session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc())).all()[0]


def test_only_the_hash_of_a_link_is_kept(session: Session, number: str):
    tokens = visit_links.mint(session, number)

    kept = session.exec(select(VisitLink.token_hash)).all()
    assert set(kept) == {fingerprint(token) for token in tokens.values()}
    assert all(len(token) >= 43 for token in tokens.values())


def test_looking_at_a_link_changes_nothing(session: Session, anna: Viewer, slot: Slot, number: str):
    tokens = visit_links.mint(session, number)

    for act, token in tokens.items():
        assert visit_links.peek(session, act, token) == slot.starts_at
        assert visit_links.peek(session, act, token) == slot.starts_at

    visit = visits.my_visit(session, anna, number)
    assert visit.is_active
    assert visit.confirmed_at is None


def test_a_link_confirms_once_and_the_trail_names_the_patient(
    session: Session, anna: Viewer, number: str, frozen_clock: FrozenClock
):
    token = visit_links.mint(session, number)[LinkAct.CONFIRM]

    visit_links.use(session, LinkAct.CONFIRM, token)

    assert visits.my_visit(session, anna, number).confirmed_at == frozen_clock.now()
    event = _last_event(session)
    assert (event.action, event.actor_id, event.session_id) == (
        Action.CONFIRMED,
        anna.patient_id,
        None,
    )
    _dead(session, LinkAct.CONFIRM, token)


def test_a_link_cancels_and_gives_the_time_back(
    session: Session, anna: Viewer, slot: Slot, number: str
):
    token = visit_links.mint(session, number)[LinkAct.CANCEL]

    visit_links.use(session, LinkAct.CANCEL, token)

    session.refresh(slot)
    assert slot.status is SlotStatus.FREE
    assert visits.my_visit(session, anna, number).is_cancelled
    assert _last_event(session).action is Action.CANCELLED


def test_a_link_does_nothing_but_its_own_act(session: Session, number: str):
    token = visit_links.mint(session, number)[LinkAct.CONFIRM]

    _dead(session, LinkAct.CANCEL, token)
    _dead(session, "delete", token)
    _dead(session, LinkAct.CONFIRM, "x" * 43)
    _dead(session, LinkAct.CONFIRM, "")


def test_a_link_dies_when_the_visit_begins(
    session: Session, number: str, slot: Slot, frozen_clock: FrozenClock
):
    token = visit_links.mint(session, number)[LinkAct.CANCEL]

    frozen_clock.moment = slot.starts_at

    _dead(session, LinkAct.CANCEL, token)
    assert visit_links.mint(session, number) == {}


def test_a_moved_visit_kills_the_links_of_its_old_time_and_is_not_confirmed_any_more(
    session: Session, town: Town, anna: Viewer, therapist: Doctor, slot: Slot, number: str
):
    tokens = visit_links.mint(session, number)
    visit_links.use(session, LinkAct.CONFIRM, tokens[LinkAct.CONFIRM])
    later = town.slot(therapist, slot.starts_at + timedelta(hours=1))

    booking.move_visit(session, anna, number, later.id or 0)

    _dead(session, LinkAct.CANCEL, tokens[LinkAct.CANCEL])
    assert visits.my_visit(session, anna, number).confirmed_at is None


def test_a_cancelled_visit_gets_no_links_and_keeps_none_alive(
    session: Session, anna: Viewer, number: str
):
    token = visit_links.mint(session, number)[LinkAct.CONFIRM]

    booking.cancel_visit(session, anna, number)

    _dead(session, LinkAct.CONFIRM, token)
    assert visit_links.mint(session, number) == {}


def test_a_parent_who_cancels_by_a_letter_is_told_and_reminded_no_more(
    session: Session, town: Town, anna: Viewer, boris: Viewer, today: date
):
    acting = replace(anna, patient_id=boris.patient_id)
    doctor = town.doctor(town.speciality("pediatrician", children=True))
    slot = town.slot(doctor, at(today + timedelta(days=3), 10))
    number = booking.book_slot(session, acting, slot.id or 0).number
    token = visit_links.mint(session, number)[LinkAct.CANCEL]

    visit_links.use(session, LinkAct.CANCEL, token)

    assert _last_event(session).actor_id == anna.actor_id
    kinds = session.exec(
        select(Notice.kind).where(Notice.about == number, Notice.patient_id == anna.actor_id)
    ).all()
    assert NoticeKind.CANCELLED in kinds
    assert NoticeKind.REMINDER not in kinds

"""What a person chose decides what is sent, when, and what only stands in the cabinet."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import Doctor, Notice, NoticeKind, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, notices, preferences, reminders
from zdrav29_app.values import Channel, NoticeGroup, local


def reminded(session: Session) -> set[str]:
    rows = session.exec(
        select(Notice).where(Notice.kind == NoticeKind.REMINDER, Notice.channel == Channel.SMS)
    )
    return {f"{local(row.due_at):%d.%m %H:%M}" for row in rows if row.due_at}


@pytest.fixture
def slot(town: Town, therapist: Doctor, frozen_clock: FrozenClock) -> Slot:
    """Noon, three days from now."""
    day = local(frozen_clock.now()).date().replace(day=27)
    return town.slot(therapist, at(day, 12))


def test_what_was_chosen_is_read_again(session: Session, anna: Viewer):
    wanted = replace(
        preferences.DEFAULTS,
        channels={**preferences.DEFAULTS.channels, NoticeGroup.VISITS: frozenset({Channel.EMAIL})},
        remind_hours=(72,),
        quiet=None,
    )

    preferences.save(session, anna, wanted)

    assert preferences.mine(session, anna)[0] == wanted


def test_a_group_without_channels_still_stands_in_the_cabinet(
    session: Session, anna: Viewer, slot: Slot
):
    nowhere = {**preferences.DEFAULTS.channels, NoticeGroup.VISITS: frozenset[Channel]()}
    preferences.save(session, anna, replace(preferences.DEFAULTS, channels=nowhere))

    booking.book_slot(session, anna, slot.id or 0)

    booked = session.exec(select(Notice).where(Notice.kind == NoticeKind.BOOKED)).all()
    assert [row.channel for row in booked] == [Channel.CABINET]
    assert [told.kind for told in notices.my_notices(session, anna)] == [NoticeKind.BOOKED]


def test_visits_are_reminded_as_early_as_chosen_and_never_after_cancelling(
    session: Session, anna: Viewer, slot: Slot
):
    number = booking.book_slot(session, anna, slot.id or 0).number
    by_default = reminded(session)
    preferences.save(session, anna, replace(preferences.DEFAULTS, remind_hours=(72, 2)))
    reminders.plan_own(session, anna)
    by_choice = reminded(session)
    booking.cancel_visit(session, anna, number)

    assert by_default == {"26.11 12:00", "27.11 10:00"}
    assert by_choice == {"24.11 12:00", "27.11 10:00"}
    assert reminded(session) == set()


def test_a_reminder_is_shown_in_the_cabinet_when_its_time_has_come(
    session: Session, anna: Viewer, slot: Slot, frozen_clock: FrozenClock
):
    booking.book_slot(session, anna, slot.id or 0)
    assert NoticeKind.REMINDER not in {told.kind for told in notices.my_notices(session, anna)}

    frozen_clock.moment = at(local(slot.starts_at).date().replace(day=26), 12)
    for due in notices.claim_due(session):
        notices.mark_sent(session, due.id)

    assert NoticeKind.REMINDER in {told.kind for told in notices.my_notices(session, anna)}


def test_a_test_message_goes_to_every_contact_whatever_was_chosen(session: Session, anna: Viewer):
    notices.send_test(session, anna)

    rows = session.exec(select(Notice).where(Notice.kind == NoticeKind.TEST)).all()
    assert {row.channel for row in rows} == {Channel.SMS, Channel.EMAIL}


def test_vera_sees_nothing_of_what_anna_was_told(
    session: Session, anna: Viewer, vera: Viewer, slot: Slot
):
    booking.book_slot(session, anna, slot.id or 0)

    assert notices.my_notices(session, vera) == []

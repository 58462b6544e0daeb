"""What is announced: by whom, how long, and where it is seen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock
from zdrav29_app.db.tables import Action, AuditEvent
from zdrav29_app.errors import BadInput, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import announcements
from zdrav29_app.values import AnnouncementKind, Service

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def fresh(session: Session) -> Iterator[None]:
    announcements.load(session)
    yield
    announcements._known = ()


def test_an_outage_stands_everywhere_until_it_is_taken_away(session: Session, anna: Viewer):
    made = announcements.announce_outage(session, anna, text=" Нет  СМС ", service=Service.SMS)
    announcements.load(session)

    [shown] = announcements.current()
    assert (shown.text, shown.kind, shown.service) == (
        "Нет СМС",
        AnnouncementKind.OUTAGE,
        Service.SMS,
    )

    announcements.end(session, anna, made)
    announcements.load(session)
    assert announcements.current() == ()


def test_whoever_announces_is_written_down(session: Session, anna: Viewer):
    made = announcements.announce_outage(session, anna, text="Нет СМС")
    announcements.end(session, anna, made)

    events = session.exec(select(AuditEvent).where(AuditEvent.subject == f"announcement:{made}"))
    assert [(event.action, event.actor_id) for event in events] == [
        (Action.ANNOUNCED, anna.actor_id),
        (Action.ANNOUNCEMENT_ENDED, anna.actor_id),
    ]


def test_an_outage_with_an_end_goes_by_itself_without_a_look_into_the_database(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    ends_at = frozen_clock.now() + HOUR
    announcements.announce_outage(session, anna, text="Нет СМС", ends_at=ends_at)
    announcements.load(session)

    frozen_clock.advance(hours=1)

    assert announcements.current() == ()


def test_works_stand_everywhere_from_the_day_before_and_on_the_status_page_from_the_beginning(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    begins_at = frozen_clock.now() + timedelta(days=3)
    announcements.plan_works(
        session, anna, text="Обновление", begins_at=begins_at, ends_at=begins_at + HOUR
    )
    announcements.load(session)
    assert announcements.current() == ()
    assert len(announcements.works()) == 1

    frozen_clock.advance(days=2)

    assert len(announcements.current()) == 1


@pytest.mark.parametrize("text", ["", "   ", "я" * 301])
def test_an_announcement_without_words_or_with_too_many_is_refused(
    session: Session, anna: Viewer, text: str
):
    with pytest.raises(BadInput):
        announcements.announce_outage(session, anna, text=text)


def test_works_that_end_before_they_begin_are_refused(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    begins_at = frozen_clock.now() + HOUR

    with pytest.raises(BadInput):
        announcements.plan_works(
            session, anna, text="Обновление", begins_at=begins_at, ends_at=begins_at
        )


def test_the_second_operator_who_takes_it_away_is_told(session: Session, anna: Viewer):
    made = announcements.announce_outage(session, anna, text="Нет СМС")
    announcements.end(session, anna, made)

    with pytest.raises(NotFound):
        announcements.end(session, anna, made)

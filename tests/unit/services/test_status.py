"""How the services are: seen, kept in rows, shown from memory alone."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from tests.conftest import FrozenClock
from zdrav29_app.db.tables import ServiceSpell
from zdrav29_app.demo.past_services import seed_services
from zdrav29_app.rules.status import Level
from zdrav29_app.services import announcements, status
from zdrav29_app.values import Service


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    status.forget()
    yield
    status.forget()


def _sms() -> status.ServiceNow:
    return next(one for one in status.board() if one.service is Service.SMS)


def _keep(session: Session) -> None:
    status.note_written(status.write(session))
    session.flush()


def test_only_a_change_is_told(frozen_clock: FrozenClock):
    changes = []
    for answers in (True, True, False, False, True):
        frozen_clock.advance(seconds=15)
        changes.append(status.note(Service.SMS, answers=answers))

    assert changes == [False, False, True, False, True]


def test_a_failing_service_says_since_when(frozen_clock: FrozenClock):
    status.note(Service.SMS, answers=True)
    frozen_clock.advance(seconds=15)
    status.note(Service.SMS, answers=False)
    broke_at = frozen_clock.now()
    frozen_clock.advance(seconds=15)
    status.note(Service.SMS, answers=False)

    assert (_sms().is_up, _sms().since, _sms().checked_at) == (
        False,
        broke_at,
        broke_at + timedelta(seconds=15),
    )


def test_a_restart_goes_on_with_the_history_of_the_rows(
    session: Session, frozen_clock: FrozenClock
):
    began_at = frozen_clock.now()
    status.note(Service.SMS, answers=False)
    _keep(session)
    status.forget()

    status.load(session)
    frozen_clock.advance(minutes=2)
    status.note(Service.SMS, answers=False)
    _keep(session)

    assert _sms().since == began_at
    row = session.exec(select(ServiceSpell)).one()
    assert (row.began_at, row.seen_at) == (began_at, frozen_clock.now())


def test_what_was_seen_while_the_database_was_away_is_written_later(
    session: Session, frozen_clock: FrozenClock
):
    for answers in (True, False, True):
        status.note(Service.DATABASE, answers=answers)
        frozen_clock.advance(minutes=1)

    _keep(session)

    rows = session.exec(select(ServiceSpell).order_by("began_at")).all()  # pyright: ignore[reportArgumentType]
    assert [row.is_up for row in rows] == [True, False, True]
    assert not status.has_news()


def test_what_lasts_is_written_once_a_minute_only(session: Session, frozen_clock: FrozenClock):
    status.note(Service.SMS, answers=True)
    _keep(session)

    frozen_clock.advance(seconds=15)
    status.note(Service.SMS, answers=True)
    assert not status.has_news()
    frozen_clock.advance(seconds=45)
    status.note(Service.SMS, answers=True)

    assert status.has_news()


def test_two_processes_that_saw_the_same_failure_count_it_once(
    session: Session, frozen_clock: FrozenClock
):
    for _ in range(2):
        status.forget()
        status.note(Service.SMS, answers=False)
        frozen_clock.advance(minutes=4)
        status.note(Service.SMS, answers=False)
        _keep(session)
        frozen_clock.advance(minutes=-3)
    status.load(session)
    frozen_clock.advance(minutes=3)

    assert _sms().days[-1].minutes_down == 5


def test_rows_older_than_the_strip_are_deleted(session: Session, frozen_clock: FrozenClock):
    status.note(Service.SMS, answers=True)
    _keep(session)
    status.forget()
    frozen_clock.advance(days=92)

    status.note(Service.SMS, answers=True)
    _keep(session)

    assert len(session.exec(select(ServiceSpell)).all()) == 1


def test_looking_at_the_page_asks_the_database_nothing(
    session: Session, engine: Engine, today: date
):
    seed_services(session, today=today)
    session.flush()
    status.load(session)
    announcements.load(session)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    board = status.board()
    works = announcements.works()

    assert asked == []
    assert works == ()  # no operator yet, so nobody planned any
    levels = {one.service: {day.level for day in one.days} for one in board}
    assert levels[Service.SMS] == {Level.WORKED, Level.TROUBLED, Level.DOWN}
    assert levels[Service.DATABASE] == {Level.WORKED}


def test_a_service_forced_by_a_demo_looks_broken_until_it_may_be_itself(
    frozen_clock: FrozenClock,
):
    status.force(Service.SMS, answers=False)
    frozen_clock.advance(seconds=15)
    status.note(Service.SMS, answers=True)
    assert not status.is_up(Service.SMS)

    status.force(Service.SMS, answers=None)
    status.note(Service.SMS, answers=True)

    assert status.is_up(Service.SMS)

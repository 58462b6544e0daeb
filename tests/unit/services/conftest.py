"""Services are tested on both engines; here is also what the rooms of the waiting list need."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests import servers
from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import Doctor, Slot
from zdrav29_app.services.waiting import Wish


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """A database with every table, in which nothing stays."""
    with servers.with_schema() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def session(request: pytest.FixtureRequest, frozen_clock: FrozenClock) -> Iterator[Session]:
    """A session as `transaction()` gives it, on each engine in turn, in frozen time."""
    del frozen_clock  # time stands still before anything is written
    if request.param == "sqlite":
        with Session(request.getfixturevalue("engine"), expire_on_commit=False) as opened:
            yield opened
        return
    with request.getfixturevalue("postgresql").connect() as connection, connection.begin() as all_:
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as opened:
            yield opened
        all_.rollback()


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    """What the database was asked, whichever it is."""
    asked: list[str] = []

    def keep(*call: object) -> None:
        asked.append(str(call[2]))

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", keep)
    yield asked
    event.remove(bind, "before_cursor_execute", keep)


@pytest.fixture
def wish(today: date) -> Wish:
    """Any hour of the next ten days."""
    return Wish(today, today + timedelta(days=10), 0, 24 * 60)


@pytest.fixture
def morning(frozen_clock: FrozenClock, today: date) -> None:
    """Eight o'clock: nobody's quiet hours any more."""
    frozen_clock.moment = at(today, 8)


@pytest.fixture
def free(town: Town, therapist: Doctor, today: date) -> Slot:
    """10:00 tomorrow with the therapist, taken by nobody we know."""
    return town.slot(therapist, at(today + timedelta(days=1), 10), is_free=False)

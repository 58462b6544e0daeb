"""The database counts free times itself, whatever changes them."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from tests import servers
from tests.conftest import Town, at
from zdrav29_app.db.tables import FreeCount, Slot, SlotKind, SlotStatus
from zdrav29_app.values import local

Counts = dict[tuple[int, date, SlotKind], int]
FIRST = date(2026, 11, 24)


@pytest.fixture(params=["sqlite", "postgresql"])
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    """An empty schema on each engine in turn."""
    if request.param == "sqlite":
        with Session(request.getfixturevalue("engine")) as opened:
            yield opened
        return
    with servers.with_schema() as made, Session(made) as opened:
        yield opened


@pytest.fixture
def doctors(session: Session) -> list[int]:
    """Three doctors without times."""
    town = Town(session)
    return [town.doctor().id or 0 for _ in range(3)]


def _counted(session: Session) -> Counts:
    """What the database says, without days on which nothing is left."""
    rows = session.exec(select(FreeCount).execution_options(populate_existing=True))
    return {(one.doctor_id, one.day, one.kind): one.free for one in rows if one.free}


def _recounted(session: Session) -> Counts:
    rows = session.exec(
        select(Slot.doctor_id, Slot.starts_at, Slot.kind).where(Slot.status == SlotStatus.FREE)
    )
    return dict(Counter((one, local(moment).date(), SlotKind(kind)) for one, moment, kind in rows))


def _row(doctor_id: int, starts_at: datetime, **other: Any) -> dict[str, Any]:
    ends_at = starts_at + timedelta(minutes=15)
    return {"doctor_id": doctor_id, "starts_at": starts_at, "ends_at": ends_at, **other}


def test_counts_stay_true_through_any_acts(session: Session, doctors: list[int]):
    chance = Random(29)  # noqa: S311  any acts will do
    moments = [at(FIRST, 0) + timedelta(hours=number) for number in range(24 * 4)]
    free_moments = {(doctor, moment) for doctor in doctors for moment in moments}

    def add() -> Any:
        chosen = chance.sample(sorted(free_moments), min(5, len(free_moments)))
        free_moments.difference_update(chosen)
        return insert(Slot).values(
            [
                _row(
                    doctor,
                    moment,
                    status=chance.choice(list(SlotStatus)),
                    kind=chance.choice([SlotKind.SELF, SlotKind.REFERRAL]),
                )
                for doctor, moment in chosen
            ]
        )

    def some() -> Any:
        return col(Slot.id).in_(chance.sample(range(1, 120), 7))

    acts: list[Callable[[], Any]] = [
        add,
        lambda: update(Slot).where(some()).values(status=chance.choice(list(SlotStatus))),
        lambda: update(Slot).where(some()).values(kind=chance.choice(list(SlotKind))),
        lambda: update(Slot).where(some()).values(ends_at=moments[-1]),
        lambda: delete(Slot).where(some()),
    ]
    for _ in range(120):
        session.exec(chance.choice(acts)())

        assert _counted(session) == _recounted(session)
    assert _counted(session)


def test_a_time_that_moves_to_another_day_and_doctor_is_counted_there(
    session: Session, doctors: list[int]
):
    session.exec(insert(Slot).values(_row(doctors[0], at(FIRST, 9))))

    session.exec(update(Slot).values(doctor_id=doctors[1], starts_at=at(FIRST, 24 - 1, 59)))
    session.exec(update(Slot).values(starts_at=at(FIRST + timedelta(days=1), 0)))

    tomorrow = FIRST + timedelta(days=1)
    assert _counted(session) == {(doctors[1], tomorrow, SlotKind.SELF): 1}


def test_the_day_is_the_one_on_clocks_of_arkhangelsk(session: Session, doctors: list[int]):
    before_midnight_in_utc = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)

    session.exec(insert(Slot).values(_row(doctors[0], before_midnight_in_utc)))

    assert _counted(session) == {(doctors[0], date(2026, 11, 25), SlotKind.SELF): 1}


def test_what_is_taken_back_is_not_counted(session: Session, doctors: list[int]):
    session.exec(insert(Slot).values(_row(doctors[0], at(FIRST, 9))))
    session.commit()

    session.exec(update(Slot).values(status=SlotStatus.BUSY))
    session.rollback()

    assert _counted(session) == {(doctors[0], FIRST, SlotKind.SELF): 1}


def test_everything_can_be_deleted_in_any_order(session: Session, doctors: list[int]):
    session.exec(insert(Slot).values(_row(doctors[0], at(FIRST, 9))))

    session.exec(delete(FreeCount))
    session.exec(delete(Slot))

    assert _counted(session) == {}

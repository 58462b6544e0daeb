"""The clock of a demo: moved, stopped, running again, reset."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from zdrav29_app import clock

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=5)


@pytest.fixture(autouse=True)
def own_time() -> Iterator[None]:
    yield
    clock.reset()


def test_advancing_moves_every_later_reading():
    clock.advance(DAY)

    assert abs(clock.now() - datetime.now(UTC) - DAY) < MOMENT
    assert clock.is_moved()


def test_a_frozen_clock_stands_still_until_it_is_moved_or_runs():
    clock.freeze()
    before = clock.now()

    clock.advance(DAY)

    assert clock.now() == before + DAY == clock.now()
    clock.run()
    assert not clock.is_frozen()
    assert abs(clock.now() - before - DAY) < MOMENT


def test_resetting_brings_back_the_time_of_the_machine():
    clock.freeze()
    clock.advance(DAY)

    clock.reset()

    assert not clock.is_moved()
    assert abs(clock.now() - datetime.now(UTC)) < MOMENT

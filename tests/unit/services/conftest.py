"""What the rooms of the waiting list are tested with."""

from datetime import date, timedelta

import pytest

from tests.conftest import FrozenClock, Town, at
from zdrav29_app.db.tables import Doctor, Slot
from zdrav29_app.services.waiting import Wish


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

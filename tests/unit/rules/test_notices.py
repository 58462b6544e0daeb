"""When reminders come: so many hours ahead, and never in the quiet hours."""

from datetime import date, time

import pytest

from tests.conftest import at
from zdrav29_app.rules import notices as rules
from zdrav29_app.values import Channel, NoticeGroup, local

DAY = date(2026, 11, 24)
NIGHT = (time(22), time(8))


@pytest.mark.parametrize(
    ("visit", "hours", "comes"),
    [
        ((12, 0), 2, "24 10:00"),
        ((9, 15), 2, "24 08:00"),  # would be 07:15: moves to the morning
        ((8, 30), 2, "23 22:00"),  # the morning is too late: the evening before
        ((6, 0), 24, "23 08:00"),
        ((23, 30), 24, "24 08:00"),
    ],
)
def test_a_reminder_leaves_the_night_in_the_direction_that_helps(
    visit: tuple[int, int], hours: int, comes: str
):
    moment = rules.reminder_at(at(DAY, *visit), hours, NIGHT)

    assert f"{local(moment):%d %H:%M}" == comes


def test_without_quiet_hours_it_comes_on_the_minute():
    assert rules.reminder_at(at(DAY, 9, 15), 2, None) == at(DAY, 7, 15)


def test_quiet_hours_may_lie_within_one_day():
    assert rules.reminder_at(at(DAY, 18), 4, (time(13), time(15))) == at(DAY, 15)


def test_warnings_of_sign_ins_cannot_be_switched_off():
    channels = dict.fromkeys(NoticeGroup, frozenset[Channel]())

    with pytest.raises(ValueError, match="new device"):
        rules.check_switchable(channels)

"""A day of an invented doctor: whether she receives, at which times, and which of them are taken.

Invariant: it depends on the doctor and the date alone, so topping up tomorrow gives what seeding
tomorrow would.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from zdrav29_app.db.tables import SlotKind, SlotStatus
from zdrav29_app.demo.vocabulary import Post, Profession, vocabulary
from zdrav29_app.values import MOSCOW

SEED = 29
SATURDAY, SUNDAY = 5, 6
HOURS = {
    "morning": (time(8), time(14)),
    "evening": (time(14), time(20)),
    "saturday": (time(9), time(13)),
}


@dataclass(frozen=True)
class Time:
    """A time of a doctor, named as the columns of a Slot. Moments are aware UTC."""

    starts_at: datetime
    ends_at: datetime
    status: SlotStatus
    kind: SlotKind


def is_open(day: date) -> bool:
    """Whether anybody receives on that day."""
    return day.weekday() != SUNDAY and not vocabulary().is_holiday(day)


def times_of(number: int, place: int, post: Post, day: date) -> Iterator[Time]:
    """The times of a doctor on an open day, both numbered from 0; none when she does not work."""
    if not _works(post, place, day):
        return
    chance = random.Random(f"{SEED}/{number}/{day.isoformat()}")
    profession = vocabulary().professions[post.speciality]
    step = timedelta(minutes=profession.minutes)
    opens, closes = HOURS[_shift(post, day)]
    moment, end = _moment(day, opens), _moment(day, closes)
    while moment + step <= end:
        is_busy = chance.random() < post.full
        yield Time(
            starts_at=moment,
            ends_at=moment + step,
            status=SlotStatus.BUSY if is_busy else SlotStatus.FREE,
            kind=_kind(profession, is_last=moment + 2 * step > end),
        )
        moment += step


def first_moment(day: date) -> datetime:
    """Midnight of a day where the clinics are, in UTC."""
    return _moment(day, time())


def _works(post: Post, place: int, day: date) -> bool:
    if day.weekday() == SATURDAY:
        return post.saturdays
    # every branch cleans one day in two weeks, so that an empty day can be seen anywhere
    is_cleaning = day.weekday() == place % SATURDAY and (day.toordinal() // 7 + place) % 2 == 0
    return not is_cleaning and post.days in {"every", "even" if day.day % 2 == 0 else "odd"}


def _kind(profession: Profession, *, is_last: bool) -> SlotKind:
    if is_last:  # kept for whom the doctor herself asks to come again
        return SlotKind.REPEAT
    return SlotKind.REFERRAL if profession.referral else SlotKind.SELF


def _shift(post: Post, day: date) -> str:
    if day.weekday() == SATURDAY:
        return "saturday"
    if post.shift == "alternating":
        return "morning" if day.day % 2 == 0 else "evening"
    return post.shift


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, MOSCOW).astimezone(UTC)

"""How a service fared, day by day: the strip of the status page. The limits are ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil

from zdrav29_app.values import MOSCOW, local

HISTORY_DAYS = 90
LOOKED_EVERY = timedelta(minutes=5)
"""Two looks further apart than this tell nothing of the time between them."""
LONG = timedelta(hours=1)
"""A day with more downtime than this counts as lost, not as troubled."""


class Level(StrEnum):
    """How a day went."""

    WORKED = "worked"
    TROUBLED = "troubled"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Spell:
    """A time in which every look saw the same; both moments are aware UTC."""

    is_up: bool
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Day:
    """One day of a service on the clocks of Arkhangelsk; `minutes_down` are rounded up."""

    day: date
    level: Level
    minutes_down: int = 0


def is_continued(spell: Spell, *, is_up: bool, at: datetime) -> bool:
    """Whether a look at this moment goes on with the spell."""
    return spell.is_up is is_up and timedelta() <= at - spell.seen_at <= LOOKED_EVERY


def days(spells: Iterable[Spell], *, today: date, count: int = HISTORY_DAYS) -> tuple[Day, ...]:
    """The last days, the oldest first; a day nobody looked at is unknown."""
    first = today - timedelta(days=count - 1)
    known: set[date] = set()
    down: dict[date, timedelta] = {}
    for spell in spells:
        for day, spent in _divided(spell, first, today):
            known.add(day)
            if not spell.is_up:
                down[day] = down.get(day, timedelta()) + max(spent, timedelta(minutes=1))
    all_days = (first + timedelta(days=number) for number in range(count))
    return tuple(_day(day, down.get(day), is_known=day in known) for day in all_days)


def _divided(spell: Spell, first: date, last: date) -> Iterable[tuple[date, timedelta]]:
    """How long the spell lasted on each of these days."""
    day = max(local(spell.began_at).date(), first)
    while day <= min(local(spell.seen_at).date(), last):
        begin = datetime.combine(day, time(), MOSCOW)
        end = begin + timedelta(days=1)
        yield day, min(spell.seen_at, end) - max(spell.began_at, begin)
        day += timedelta(days=1)


def _day(day: date, down: timedelta | None, *, is_known: bool) -> Day:
    if down is None:
        return Day(day, Level.WORKED if is_known else Level.UNKNOWN)
    level = Level.DOWN if down > LONG else Level.TROUBLED
    return Day(day, level, ceil(down / timedelta(minutes=1)))

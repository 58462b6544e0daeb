"""The waiting list (лист ожидания): whom a time fits, who is before whom, what is promised.

The figures stand in waiting.yaml. Pure functions of rows and moments.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from zdrav29_app.db.tables import Slot, WaitingEntry
from zdrav29_app.rules.booking import horizon
from zdrav29_app.values import local

DAY_MINUTES = 24 * 60


class Promise(StrEnum):
    """What is said beforehand, in this order."""

    ORDER = "order"
    OFFER = "offer_minutes"
    IGNORED = "ignored"
    DECLINED = "declined"
    QUIET = "quiet"
    LEAD = "lead_minutes"
    PERIOD = "period_days"


@dataclass(frozen=True)
class Term:
    """One promise: its words, its figure, where it comes from and how binding it is."""

    text: str
    source: str
    checked: date
    status: Literal["norm", "practice", "demo"]
    value: int = 0


@cache
def terms() -> dict[Promise, Term]:
    """The whole table."""
    words = yaml.safe_load(Path(__file__).with_name("waiting.yaml").read_text(encoding="utf-8"))
    return {Promise(name): Term(**facts) for name, facts in words.items()}


MOST_IGNORED = terms()[Promise.IGNORED].value
PERIOD_DAYS = terms()[Promise.PERIOD].value
OFFER_FOR = timedelta(minutes=terms()[Promise.OFFER].value)
LEAD = timedelta(minutes=terms()[Promise.LEAD].value)


@dataclass(frozen=True)
class Wish:
    """When somebody can come, and to whom; minutes count from local midnight."""

    first_day: date
    last_day: date
    from_minute: int
    to_minute: int
    doctor_id: int | None = None


def wish_of(entry: WaitingEntry) -> Wish:
    """What a place in the list is for."""
    return Wish(
        entry.first_day, entry.last_day, entry.from_minute, entry.to_minute, entry.doctor_id
    )


def check_wish(wish: Wish, *, today: date) -> None:
    """The period lies ahead and is not too long, the hours are those of one day.

    Raises:
        ValueError: they do not.
    """
    is_period = today <= wish.first_day <= wish.last_day <= last_day(today)
    if not is_period or not 0 <= wish.from_minute < wish.to_minute <= DAY_MINUTES:
        raise ValueError("the period or the hours make no sense")


def last_day(today: date) -> date:
    """The last day one may wait for."""
    return today + timedelta(days=PERIOD_DAYS)


def may_be_offered(slot: Slot, *, now: datetime) -> bool:
    """Whether a time is open for booking and far enough ahead to come to."""
    return now + LEAD <= slot.starts_at < horizon(now)


def fits(wish: Wish, slot: Slot) -> bool:
    """Whether a time is one that was wished for; its last minute may be the beginning."""
    begin = local(slot.starts_at)
    minute = begin.hour * 60 + begin.minute
    return (
        wish.doctor_id in {None, slot.doctor_id}
        and wish.first_day <= begin.date() <= wish.last_day
        and wish.from_minute <= minute <= wish.to_minute
    )


def compete(one: Wish, other: Wish) -> bool:
    """Whether one time could fit both."""
    return (
        (None in {one.doctor_id, other.doctor_id} or one.doctor_id == other.doctor_id)
        and one.first_day <= other.last_day
        and other.first_day <= one.last_day
        and one.from_minute <= other.to_minute
        and other.from_minute <= one.to_minute
    )


def offer_until(slot: Slot, *, now: datetime) -> datetime:
    """How long an offer of this time is held."""
    return min(now + OFFER_FOR, slot.starts_at)

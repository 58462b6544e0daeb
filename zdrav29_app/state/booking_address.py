"""The address of `/booking`: the filter, the place, the day, the chosen time, the visit to move.

So a link, a reload, the back button and a new sign-in all lead to the same screen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from zdrav29_app.errors import BadInput
from zdrav29_app.services.timetable import ClinicKind, Order, Wanted
from zdrav29_app.state.queries import fields_of, one_of, text_of, words_of

LARGEST_ID = 2**31  # ids are 32-bit in every engine
_VISIT = re.compile(r"29-\d{8}")


@dataclass(frozen=True)
class BookingAddress:
    """What the query says, as checked values; 0, "" and None mean «not chosen»."""

    words: str = ""
    speciality: str = ""
    district: str = ""
    kind: str = ""
    is_searched: bool = False
    branch: int = 0
    day: date | None = None
    slot: int = 0
    move: str = ""
    order: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Self:
        """Read a query from the browser; what makes no sense counts as not chosen."""
        return cls(
            words=words_of(query.get("q")),
            speciality=text_of(query.get("speciality")),
            district=text_of(query.get("district")),
            kind=one_of(ClinicKind, query.get("kind")),
            is_searched=query.get("show") == "1",
            branch=_number(query.get("branch")),
            day=_day(query.get("date")),
            slot=_number(query.get("slot")),
            move=_visit_number(query.get("move")),
            order=one_of(Order, query.get("sort")),
        )

    def searching(self, form: object) -> Self:
        """A fresh search by the filter form; whatever is no form is an empty one.

        The order and the visit to move are no part of the form and stay.
        """
        kept = {"sort": self.order, "move": self.move}
        return self.read({**fields_of(form), **kept, "show": "1"})

    @property
    def wanted(self) -> Wanted:
        """The same as a question to the timetable."""
        return Wanted(
            words=self.words or None,
            speciality=self.speciality or None,
            district=self.district or None,
            kind=ClinicKind(self.kind) if self.kind else None,
            branch_id=self.branch or None,
            day=self.day,
            order=Order(self.order or Order.NEAREST),
        )

    @property
    def href(self) -> str:
        """The address that leads here."""
        chosen = {
            "q": self.words,
            "speciality": self.speciality,
            "district": self.district,
            "kind": self.kind,
            "show": "1" if self.is_searched else "",
            "branch": self.branch or "",
            "date": self.day.isoformat() if self.day else "",
            "slot": self.slot or "",
            "move": self.move,
            "sort": self.order,
        }
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"/booking?{query}" if query else "/booking"

    def without(self, condition: str) -> Self:
        """The same search with one field of the filter empty; place, day and time begin anew."""
        there: dict[str, Any] = {condition: ""}
        return replace(self, branch=0, day=None, slot=0, **there)

    @property
    def waiting_href(self) -> str:
        """The address at which one waits for the same speciality and place."""
        chosen = {"speciality": self.speciality, "branch": self.branch or ""}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"/waiting?{query}" if query else "/waiting"

    def anew(self) -> Self:
        """Back to the beginning; the visit that moves stays the same."""
        return type(self)(move=self.move)

    def at_branch(self, value: object) -> Self:
        """Another place; day and time begin anew."""
        return replace(self, branch=_number(value), day=None, slot=0)

    def on_day(self, value: object) -> Self:
        """Another day; the time begins anew."""
        return replace(self, day=_day(value), slot=0)

    def in_order(self, value: object) -> Self:
        """Something else first; the time begins anew."""
        return replace(self, order=one_of(Order, value), slot=0)

    def with_slot(self, value: object) -> Self:
        """A chosen time, or none for 0."""
        return replace(self, slot=_number(value))


def checked_id(value: object) -> int:
    """An id as the browser sends it.

    Raises:
        BadInput: not a positive whole number that a browser can hold.
    """
    number = _number(value)
    if not number:
        raise BadInput
    return number


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str | float):
        return 0
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return 0
    return number if 0 < number < LARGEST_ID else 0


def _visit_number(value: object) -> str:
    return value if isinstance(value, str) and _VISIT.fullmatch(value) else ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None

"""A form of a page: what was typed, and what is wrong with it, field by field."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar

Value = TypeVar("Value")
LONGEST: Final = 254
_DATE: Final = re.compile(r"(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4})")
_DATE_OF_DIGITS: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")
_DATE_OF_MACHINES: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


class Form:
    """Typed texts by field name; `problems` say by field how to repair them."""

    def __init__(self, typed: Mapping[str, str] | None = None) -> None:
        """Begin with what was typed, cut to what any field may hold."""
        self.typed = {name: text.strip()[:LONGEST] for name, text in (typed or {}).items()}
        self.problems: dict[str, str] = {}

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong so far."""
        return not self.problems

    def text(self, name: str, empty: str | None = None) -> str:
        """Return a text; `empty` is what to say when nothing was typed."""
        value = self.typed.get(name, "")
        if not value and empty:
            self.refuse(name, empty)
        return value

    def read(
        self, name: str, reader: Callable[[str], Value | None], *, wrong: str, empty: str | None
    ) -> Value | None:
        """Return what the reader makes of a text; without `empty` the field may stay empty."""
        typed = self.text(name, empty)
        value = reader(typed) if typed else None
        if typed and value is None:
            self.refuse(name, wrong)
        return value

    def refuse(self, name: str, problem: str) -> None:
        """Say what is wrong with a field; the first word about it stays."""
        self.problems.setdefault(name, problem)


def read_date(text: str) -> date | None:
    """Read a date in any usual writing: 1.4.1988, 01041988, 01/04/1988, 1988-04-01."""
    text = text.strip()
    if machine := _DATE_OF_MACHINES.fullmatch(text):
        return _date(machine["day"], machine["month"], machine["year"])
    found = _DATE.fullmatch(text) or _DATE_OF_DIGITS.fullmatch(text)
    return _date(*found.groups()) if found else None


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

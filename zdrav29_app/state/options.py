"""A line of a select, on whatever page it stands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One line of a select."""

    value: str
    label: str

"""The words of region.yaml as values: institutions, their branches, and who receives there."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from zdrav29_app.db.tables import ClinicKind
from zdrav29_app.values import FullName, Gender


@dataclass(frozen=True)
class Post:
    """A doctor's work at a place. `full`: the part of her times that is taken, 0 to 1."""

    speciality: str
    sex: Gender
    shift: Literal["morning", "evening", "alternating"]
    full: float
    category: str | None = None
    plot: str | None = None
    days: Literal["every", "odd", "even"] = "every"
    saturdays: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Place:
    """A branch with its doctors."""

    name: str
    address: str
    phone: str
    directions: str
    doctors: tuple[Post, ...]
    floors: int = 1
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Institution:
    """A clinic with its branches."""

    name: str
    kind: ClinicKind
    district: str
    branches: tuple[Place, ...]
    free_places: int = 0


@dataclass(frozen=True)
class Profession:
    """A speciality: the patient's word, the official post, and whom it receives."""

    code: str
    name: str
    post: str
    minutes: int
    children: bool = False
    women: bool = False
    referral: bool = False
    attached: bool = False
    words: tuple[str, ...] = ()
    prepare: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Everything the demo is made of. `holidays` are «MM-DD»."""

    professions: dict[str, Profession]
    institutions: tuple[Institution, ...]
    holidays: frozenset[str]
    surnames: dict[str, list[str]] = field(repr=False)
    first_names: dict[str, list[str]] = field(repr=False)
    middle_names: dict[str, list[str]] = field(repr=False)

    def is_holiday(self, day: date) -> bool:
        """Whether nobody works on that day."""
        return f"{day:%m-%d}" in self.holidays

    def name(self, sex: Gender, number: int) -> FullName:
        """The invented name of the `number`th doctor of a sex; no two alike below 1600."""
        last, first, middle = self.surnames[sex], self.first_names[sex], self.middle_names[sex]
        place, turn = number % len(last), number // len(last)
        return FullName(
            last[place],
            first[(place + turn) % len(first)],
            middle[(3 * place + turn % len(first) + turn // len(first)) % len(middle)],
        )


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of region.yaml."""
    words = yaml.safe_load(Path(__file__).with_name("region.yaml").read_text(encoding="utf-8"))
    return Vocabulary(
        professions={
            code: Profession(code, **facts) for code, facts in words["specialities"].items()
        },
        institutions=tuple(_institution(facts) for facts in words["clinics"]),
        holidays=frozenset(words["holidays"]),
        surnames=words["surnames"],
        first_names=words["first_names"],
        middle_names=words["middle_names"],
    )


def _institution(facts: dict[str, Any]) -> Institution:
    branches = tuple(_place(branch) for branch in facts["branches"])
    return Institution(
        name=facts["name"],
        kind=ClinicKind(facts["kind"]),
        district=facts["district"],
        branches=branches,
        free_places=facts.get("free_places", 0),
    )


def _place(facts: dict[str, Any]) -> Place:
    read: dict[str, Any] = {**facts, "doctors": tuple(_post(post) for post in facts["doctors"])}
    return Place(**read)


def _post(facts: dict[str, Any]) -> Post:
    read: dict[str, Any] = {**facts, "sex": Gender(facts["sex"])}
    return Post(**read)

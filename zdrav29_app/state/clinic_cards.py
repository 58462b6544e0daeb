"""Clinics to choose from, in a list and on a map, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from zdrav29_app.services import district_maps
from zdrav29_app.services.clinic_choices import Choice
from zdrav29_app.texts import attachment as texts


@dataclass(frozen=True)
class ClinicCard:
    """A clinic to choose; `number` is that of its marks on the map."""

    clinic_id: int
    number: int
    name: str
    district: str
    addresses: list[str]
    places: str
    is_own: bool
    is_open: bool
    choose_name: str


@dataclass(frozen=True)
class MarkCard:
    """A mark of the map; `left` and `top` are lengths of CSS."""

    clinic_id: int
    number: int
    name: str
    left: str
    top: str


@dataclass(frozen=True)
class MapCard:
    """The map of a district; `waters` is a path of SVG in a square of 100."""

    title: str
    marks: list[MarkCard]
    waters: str
    ruler: str
    ruler_width: str


def clinic_cards(found: Sequence[Choice]) -> list[ClinicCard]:
    """Clinics in words, numbered in their order."""
    return [clinic_card(one, number) for number, one in enumerate(found, 1)]


def clinic_card(one: Choice, number: int = 1) -> ClinicCard:
    """A clinic in words."""
    return ClinicCard(
        clinic_id=one.clinic_id,
        number=number,
        name=one.name,
        district=texts.district(one.district, one.distance_km),
        addresses=list(one.addresses),
        places=texts.OWN if one.is_own else texts.places(one.free_places),
        is_own=one.is_own,
        is_open=one.free_places > 0 and not one.is_own,
        choose_name=texts.choose_name(one.name),
    )


def map_card(found: Sequence[Choice]) -> MapCard:
    """The map of the first district of these clinics, one of which has a place at least."""
    drawn = district_maps.of(found)
    return MapCard(
        title=texts.map_title(drawn.district),
        marks=[
            MarkCard(
                clinic_id=mark.clinic_id,
                number=mark.number,
                name=texts.mark_name(mark.number, mark.name, mark.address),
                left=f"{mark.x}%",
                top=f"{mark.y}%",
            )
            for mark in drawn.marks
        ],
        waters=" ".join(_path(line) for line in drawn.waters),
        ruler=texts.ruler(drawn.ruler_km),
        ruler_width=f"{drawn.ruler_percent}%",
    )


def _path(line: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in line)

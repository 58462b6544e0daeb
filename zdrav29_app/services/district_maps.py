"""The map of one district of those that may be chosen from: marks and waters, in percents."""

from collections.abc import Sequence
from dataclasses import dataclass

from zdrav29_app.rules import maps
from zdrav29_app.services.clinic_choices import Choice


@dataclass(frozen=True)
class Mark:
    """A branch on the map; `x` and `y` are percents from the left and from the top."""

    clinic_id: int
    number: int
    name: str
    address: str
    x: float
    y: float


@dataclass(frozen=True)
class DistrictMap:
    """A square map. Waters are lines of (x, y) in percents; the ruler is of a round length."""

    district: str
    marks: tuple[Mark, ...]
    waters: tuple[tuple[tuple[float, float], ...], ...]
    ruler_km: int
    ruler_percent: float


def of(choices: Sequence[Choice]) -> DistrictMap:
    """The map of the district of the first choice that has a place; numbers are those of the list.

    Raises:
        ValueError: none of them has a place.
    """
    first = next((one for one in choices if one.is_placed), None)
    if first is None:
        raise ValueError("no choice has a place on a map")
    numbered = [
        (number, one, spot)
        for number, one in enumerate(choices, 1)
        for spot in one.spots
        if one.district == first.district and spot.point
    ]
    frame = maps.frame_of([spot.point for _, _, spot in numbered if spot.point])
    marks = [
        Mark(one.clinic_id, number, spot.name, spot.address, *frame.place(spot.point))
        for number, one, spot in numbered
        if spot.point
    ]
    return DistrictMap(
        district=first.district,
        marks=tuple(marks),
        waters=tuple(
            tuple(frame.place(point) for point in line) for line in maps.waters(first.district)
        ),
        ruler_km=frame.ruler_km,
        ruler_percent=round(100 * frame.ruler_km / frame.side_km, 2),
    )

"""Where things lie on a small map of a district: degrees to percents of a picture.

The waters of the districts (waters.yaml) are a sketch: an assumption of the stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

import yaml

KM_PER_DEGREE = 111.3
LEAST_KM = 3.0  # of each side, so that one place alone is no blot on nothing
MARGIN = 0.18  # of the longer side, on every side
RULERS_KM = (1, 2, 5, 10, 20, 50)


class Point(NamedTuple):
    """A place, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Frame:
    """What a square map shows: its middle, and kilometres from edge to edge."""

    middle: Point
    side_km: float

    def place(self, point: Point) -> tuple[float, float]:
        """Percents from the left and from the top; off the map they leave 0 to 100."""
        shrink = cos(radians(self.middle.latitude))
        east = (point.longitude - self.middle.longitude) * shrink * KM_PER_DEGREE
        north = (point.latitude - self.middle.latitude) * KM_PER_DEGREE
        return (
            round(50 + 100 * east / self.side_km, 2),
            round(50 - 100 * north / self.side_km, 2),
        )

    @property
    def ruler_km(self) -> int:
        """A round length that takes at most a third of the map."""
        return max([km for km in RULERS_KM if km <= self.side_km / 3], default=RULERS_KM[0])


def frame_of(points: Sequence[Point]) -> Frame:
    """The square around these places, with a margin; one at least is expected."""
    north, south = (pick(point.latitude for point in points) for pick in (max, min))
    east, west = (pick(point.longitude for point in points) for pick in (max, min))
    middle = Point((north + south) / 2, (east + west) / 2)
    high = (north - south) * KM_PER_DEGREE
    wide = (east - west) * KM_PER_DEGREE * cos(radians(middle.latitude))
    return Frame(middle, max(high, wide, LEAST_KM) * (1 + 2 * MARGIN))


def waters(district: str) -> tuple[tuple[Point, ...], ...]:
    """The rivers and shores of a district as lines; none for one nobody drew."""
    return _waters().get(district, ())


@cache
def _waters() -> dict[str, tuple[tuple[Point, ...], ...]]:
    text = Path(__file__).with_name("waters.yaml").read_text(encoding="utf-8")
    drawn: dict[str, list[list[tuple[float, float]]]] = yaml.safe_load(text)
    return {
        district: tuple(tuple(Point(*pair) for pair in line) for line in lines)
        for district, lines in drawn.items()
    }

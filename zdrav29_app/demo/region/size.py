"""How large the region of load tests is.

Source: 0.95 million people live in the Arkhangelsk region without its autonomous district; as many
doctors and places as the share of Russia's that falls to them; thirty days of their times.
"""

from dataclasses import dataclass

from zdrav29_app.demo.seed import Tier

ENTERED_OF_TEN = 1
"""Of ten people so many have entered the cabinet: a hundred thousand did by 2018."""


@dataclass(frozen=True)
class Size:
    """Rows of the tables that count."""

    places: int
    doctors: int
    patients: int
    slots: int
    documents: int

    @property
    def tier(self) -> Tier:
        """The part of it that the seed of clinics and doctors makes."""
        return Tier(self.places, self.doctors)

    def scaled(self, part: float) -> "Size":
        """A region of the same shape, `part` as large."""
        return Size(*(max(1, round(number * part)) for number in vars(self).values()))


REGION = Size(places=550, doctors=2_000, patients=950_000, slots=840_000, documents=2_000_000)

"""The page `/clinics`: the directory of institutions. Nobody needs to be signed in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.services import directory
from zdrav29_app.services.directory import InstitutionEntry, PlaceEntry
from zdrav29_app.state.options import Option
from zdrav29_app.state.queries import fields_of, text_of, words_of
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import booking as booking_texts
from zdrav29_app.texts import directory as texts


@dataclass(frozen=True)
class WayCard:
    """A link to somewhere else."""

    label: str
    href: str


@dataclass(frozen=True)
class PlaceCard:
    """A branch; `specialities` lead to the timetable."""

    name: str
    address: str
    phone: str
    directions: str
    specialities: list[WayCard]


@dataclass(frozen=True)
class InstitutionCard:
    """An institution with its branches."""

    name: str
    kind: str
    district: str
    places: list[PlaceCard]


class ClinicsState(SignedIn, rx.State):
    """The institutions that fit the address of the page."""

    loaded: bool = False
    districts: list[Option] = []
    district: str = ""
    words: str = ""
    found: str = ""
    institutions: list[InstitutionCard] = []

    @rx.event
    async def load(self):
        """Show what the address asks for."""
        self.district, self.words = text_of(self._query("district")), words_of(self._query("q"))
        names = await reading(directory.districts)
        found = await reading(
            directory.institutions, district=self.district or None, words=self.words or None
        )
        self.districts = district_options(names)
        self.institutions = [institution_card(one) for one in found]
        self.found = texts.found(len(found)) if found else ""
        self.loaded = True

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look for institutions by the filter."""
        fields = fields_of(form)
        wanted = {"q": words_of(fields.get("q")), "district": text_of(fields.get("district"))}
        return rx.redirect(address("/clinics", wanted))


def address(page: str, wanted: dict[str, str]) -> str:
    """The address of a page with what was chosen on it."""
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{page}?{query}" if query else page


def district_options(names: list[str]) -> list[Option]:
    """Districts to choose from, the whole region first."""
    return [Option("", booking_texts.ANY_DISTRICT), *(Option(name, name) for name in names)]


def institution_card(one: InstitutionEntry) -> InstitutionCard:
    """An institution in words."""
    return InstitutionCard(
        name=one.name,
        kind=booking_texts.KINDS[one.kind],
        district=one.district,
        places=[_place_card(place, one.district) for place in one.places],
    )


def _place_card(place: PlaceEntry, district: str) -> PlaceCard:
    return PlaceCard(
        name=place.name,
        address=place.address,
        phone=place.phone,
        directions=place.directions,
        specialities=[
            WayCard(name, address("/timetable", {"speciality": code, "district": district}))
            for code, name in place.specialities
        ],
    )

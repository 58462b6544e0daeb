"""The page `/timetable`: when doctors receive. Nobody needs to be signed in."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.services import directory
from zdrav29_app.services.directory import DoctorDays
from zdrav29_app.services.timetable import Offer
from zdrav29_app.state.booking_address import BookingAddress
from zdrav29_app.state.booking_cards import TileCard, options
from zdrav29_app.state.clinics import address, district_options
from zdrav29_app.state.options import Option
from zdrav29_app.state.queries import fields_of, text_of
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import booking as booking_texts
from zdrav29_app.texts import directory as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import local


@dataclass(frozen=True)
class DoctorDaysCard:
    """A doctor with her days; `book_href` leads to booking, through sign-in if need be."""

    name: str
    post: str
    where: str
    free: str
    days: list[str]
    book_name: str
    book_href: str


class TimetableState(SignedIn, rx.State):
    """The doctors of the speciality that the address of the page names."""

    loaded: bool = False
    specialities: list[Option] = []
    districts: list[Option] = []
    speciality: str = ""
    district: str = ""
    tiles: list[TileCard] = []
    title: str = ""
    doctors: list[DoctorDaysCard] = []
    everywhere_href: str = ""

    @rx.event
    async def load(self):
        """Show what the address asks for."""
        asked, self.district = text_of(self._query("speciality")), text_of(self._query("district"))
        names = await reading(directory.districts)
        found = await reading(
            directory.timetable, speciality=asked or None, district=self.district or None
        )
        offers = {offer.code: offer for offer in found.specialities}
        self.speciality = asked if asked in offers else ""
        self.specialities = options([(o.code, o.name) for o in offers.values()], texts.CHOOSE)
        self.districts = district_options(names)
        self.tiles = [_tile(offer, self.district) for offer in offers.values()]
        self.title, self.doctors = "", []
        if self.speciality:
            offer = offers[self.speciality]
            self.title = texts.doctors_of(offer.name, found.total, len(found.doctors))
            self.doctors = [doctor_days_card(one, offer) for one in found.doctors]
        self.everywhere_href = address("/timetable", {"speciality": self.speciality})
        self.loaded = True

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Show the timetable by the filter."""
        fields = fields_of(form)
        wanted = {name: text_of(fields.get(name)) for name in ("speciality", "district")}
        return rx.redirect(address("/timetable", wanted))


def _tile(offer: Offer, district: str) -> TileCard:
    how = f" {booking_texts.BY_REFERRAL}" if offer.by_referral and offer.free else ""
    return TileCard(
        code=offer.code,
        name=offer.name,
        count=f"{booking_texts.times(offer.free)}{how}",
        nearest=booking_texts.nearest(offer.nearest),
        is_free=bool(offer.free),
        href=address("/timetable", {"speciality": offer.code, "district": district}),
    )


def doctor_days_card(one: DoctorDays, offer: Offer) -> DoctorDaysCard:
    """A doctor's days in words."""
    who, name = one.who, formats.full_name(one.who.name)
    there = BookingAddress(speciality=who.speciality, is_searched=True).at_branch(who.branch_id)
    return DoctorDaysCard(
        name=name,
        post=who.post,
        where=booking_texts.where(who.branch, who.district, None),
        free=texts.free(who.free, who.nearest, by_referral=offer.by_referral),
        days=[texts.day(day, free) for day, free in one.days],
        book_name=texts.book_name(name),
        book_href=there.on_day(local(who.nearest).date().isoformat()).href,
    )

"""The page `/booking`: filter, place, day, time, check, confirm."""

from dataclasses import replace
from typing import Any

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BookingRefused
from zdrav29_app.identity import Viewer
from zdrav29_app.services import (
    booking,
    decisions,
    family_visits,
    holding,
    timetable,
    visits,
    watching,
)
from zdrav29_app.services.booking import Booked
from zdrav29_app.services.timetable import Found
from zdrav29_app.state import booking_cards as cards
from zdrav29_app.state import watched
from zdrav29_app.state.booking_address import BookingAddress, checked_id
from zdrav29_app.state.booking_cards import (
    CheckCard,
    ChosenCard,
    ConditionCard,
    DayCard,
    DoctorCard,
    ReceivingCard,
    TileCard,
)
from zdrav29_app.state.cancelling import Cancelling, checked_number
from zdrav29_app.state.options import Option
from zdrav29_app.state.visits import VisitCard, visit_card
from zdrav29_app.texts import booking as texts
from zdrav29_app.texts import checking
from zdrav29_app.texts import family as family_texts
from zdrav29_app.values import local


class BookingState(Cancelling, rx.State):
    """One look at the timetable. What was chosen stands in the address, not here."""

    loaded: bool = False
    specialities: list[Option] = []
    districts: list[Option] = []
    kinds: list[Option] = []
    words: str = ""
    speciality: str = ""
    district: str = ""
    kind: str = ""
    tiles: list[TileCard] = []
    is_searched: bool = False
    results_title: str = ""
    meant: str = ""
    receiving: list[ReceivingCard] = []
    receiving_title: str = ""
    is_receiving_open: bool = False
    orders: list[Option] = []
    order: str = ""
    conditions: list[ConditionCard] = []
    reset_href: str = ""
    branches: list[Option] = []
    branch: str = ""
    date: str = ""
    date_min: str = ""
    date_max: str = ""
    days: list[DayCard] = []
    doctors: list[DoctorCard] = []
    nearest_label: str = ""
    nearest_href: str = ""
    nothing: str = ""
    taken: str = ""
    waiting_href: str = ""
    refreshed_at: str = ""
    chosen: list[ChosenCard] = []
    hold_seconds: int = 0
    hold_count: int = 0
    may_extend: bool = False
    overlaps: list[str] = []
    checks: list[CheckCard] = []
    moving: str = ""
    is_busy: bool = False
    my_visits: list[VisitCard] = []
    asked: str = ""

    @rx.event
    async def load(self):
        """Show what the address asks for.

        Raises:
            BookingRefused: the chosen time cannot be booked; the other times are shown.
        """
        viewer = await self._viewer()
        slot_id = self._here().slot
        if slot_id and (made := await reading(booking.visit_on, viewer, slot_id)):
            # the answer to the confirmation was lost on the way, or it is the back button
            return _to_talon(made)
        here = await self._meant(viewer)
        await self._show_visits(viewer)
        self.chosen, self.checks = [], []
        self.is_busy = False
        try:
            await (self._hold if here.slot else self._look)(viewer, here)
        except BookingRefused:
            await self._look(viewer, here)
            raise
        finally:
            self.loaded = True
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look for free times by the filter."""
        wanted = self._here().searching(form)
        if wanted.href == self._here().href:
            return BookingState.load
        return rx.redirect(wanted.href)

    @rx.event
    async def choose_branch(self, value: str):
        """Another place."""
        return rx.redirect(self._here().at_branch(value).href)

    @rx.event
    async def choose_date(self, value: str):
        """Another day."""
        return rx.redirect(self._here().on_day(value).href)

    @rx.event
    async def choose_order(self, value: str):
        """Something else first."""
        return rx.redirect(self._here().in_order(value).href)

    @rx.event
    async def choose_time(self, slot_id: int):
        """A time to check before confirming."""
        return rx.redirect(self._here().with_slot(checked_id(slot_id)).href)

    @rx.event
    async def confirm(self, slot_id: int):
        """Book the chosen slot; the id comes from the browser and proves nothing."""
        viewer = await self._viewer()
        self.is_busy = True
        yield
        try:
            booked = await self._book(viewer, checked_id(slot_id))
        except BookingRefused:
            await self._look(viewer, await self._meant(viewer))
            self.chosen = []
            raise
        finally:
            self.is_busy = False
        yield _to_talon(booked)

    @rx.event
    async def extend(self):
        """Hold the chosen time for as long again, once."""
        viewer, here = await self._viewer(), self._here()
        await in_transaction(holding.extend_hold, viewer, here.slot)
        await self._hold(viewer, here)

    @rx.event
    async def ask_cancel(self, number: str):
        """Ask before cancelling."""
        await self._viewer()
        self.asked = checked_number(number)

    @rx.event
    async def keep_visit(self):
        """Do not cancel after all."""
        self.asked = ""

    @rx.event
    async def cancel(self, number: str):
        """Cancel; the number comes from the browser and proves nothing."""
        await self._cancel(number)
        return BookingState.load

    def _here(self) -> BookingAddress:
        return BookingAddress.read(self.router.url.query_parameters)

    async def _lose_taken(self, cookie: str) -> None:
        """Take off this open page what others have taken meanwhile; nobody has acted here."""
        viewer = await self._viewer_of_page(cookie)
        if viewer is None or self.chosen or self.router.url.path != "/booking":
            return
        before = self._shown()
        # she stays at the place and the day that she sees, even if others are sooner now
        here = await self._meant(viewer)
        await self._look(viewer, here, place=self.branch, day=self.date)
        gone = before - self._shown()
        self.taken = texts.taken(await reading(watching.taken_by_others, viewer, gone))

    def _shown(self) -> frozenset[int]:
        return frozenset(
            free.slot_id for doctor in self.doctors for part in doctor.parts for free in part.times
        )

    async def _meant(self, viewer: Viewer) -> BookingAddress:
        """What the address asks for; who moves a visit looks for the same speciality."""
        here = self._here()
        self.moving = ""
        if not here.move:
            return here
        visit = await reading(visits.my_visit, viewer, here.move)
        self.moving = checking.moving(texts.visit_phrase(visit.speciality, visit.starts_at))
        if here.speciality:
            return here
        return replace(here, speciality=visit.speciality_code, is_searched=True)

    async def _look(
        self, viewer: Viewer, here: BookingAddress, *, place: str = "", day: str = ""
    ) -> None:
        """Show what is free there."""
        wanted = here.at_branch(place).on_day(day).wanted if place and day else here.wanted
        self._show(await reading(timetable.look, viewer, wanted), here)
        self.taken = ""
        watched.watch(self.router.session.client_token, self._shown() if here.is_searched else ())

    async def _hold(self, viewer: Viewer, here: BookingAddress) -> None:
        """Hold the chosen time and show it; or show every check, when it cannot be had."""
        try:
            held = await in_transaction(holding.hold_slot, viewer, here.slot, moving=here.move)
        except BookingRefused:
            found = await reading(decisions.explain, viewer, here.slot, moving=here.move)
            self.checks = cards.check_cards(found)
            raise
        self.hold_seconds = int((held.until - clock.now()).total_seconds())
        self.hold_count += 1
        self.may_extend = not held.is_extended
        chosen = await reading(timetable.chosen_slot, viewer, here.slot)
        self.chosen = [cards.chosen_card(chosen, here)]
        self.overlaps = [
            family_texts.overlap(one.name, one.speciality, one.starts_at)
            for one in await reading(family_visits.overlapping, viewer, here.slot)
        ]
        watched.forget(self.router.session.client_token)

    async def _book(self, viewer: Viewer, slot_id: int) -> Booked:
        if moving := self._here().move:
            return await in_transaction(booking.move_visit, viewer, moving, slot_id)
        return await in_transaction(booking.book_slot, viewer, slot_id)

    async def _show_visits(self, viewer: Viewer) -> None:
        now = clock.now()
        mine = await reading(visits.my_visits, viewer)
        self.my_visits = [visit_card(visit, now=now) for visit in mine if visit.is_cancellable]
        self.asked = ""

    def _show(self, found: Found, here: BookingAddress) -> None:
        self._show_filter(found, here)
        here = replace(here, branch=found.branch_id or 0, day=found.day, slot=0)
        self.branches = [cards.branch_option(offer) for offer in found.branches]
        self.branch = str(found.branch_id or "")
        self.date = found.day.isoformat() if found.day else ""
        self.date_min, self.date_max = (
            (found.days[0][0].isoformat(), found.days[-1][0].isoformat())
            if found.days
            else ("", "")
        )
        self.days = [cards.day_card(day, free, here, found.day) for day, free in found.days]
        self.doctors = [cards.doctor_card(doctor, here) for doctor in found.doctors]
        self.nothing = cards.nothing(found, here)
        self.conditions = cards.condition_cards(found, here)
        self.reset_href = here.anew().href
        self._show_receiving(found, here)
        self.waiting_href = here.waiting_href if here.speciality and not found.nearest else ""
        self._show_nearest(found, here)
        self.refreshed_at = texts.refreshed(clock.now())

    def _show_filter(self, found: Found, here: BookingAddress) -> None:
        pairs = [(offer.code, offer.name) for offer in found.specialities]
        self.specialities = cards.options(pairs, texts.ANY)
        self.districts = cards.options([(d, d) for d in found.districts], texts.ANY_DISTRICT)
        kinds = [(kind, name) for kind, name in texts.KINDS.items() if kind in found.kinds]
        self.kinds = cards.options(kinds, texts.ANY_KIND)
        self.words, self.speciality = here.words, here.speciality
        self.district, self.kind = here.district, here.kind
        self.tiles = [cards.tile_card(offer, here) for offer in found.specialities]
        self.is_searched = here.is_searched
        meant = found.meant or ()
        only = meant[0].name if len(meant) == 1 else ""
        self.results_title = texts.results_title(dict(pairs).get(here.speciality, only))
        self.meant = texts.meant(here.words, [(one.name, one.by_referral) for one in meant])

    def _show_receiving(self, found: Found, here: BookingAddress) -> None:
        self.receiving = cards.receiving_cards(found, here)
        self.receiving_title = texts.receiving(len(found.receiving), len(self.receiving))
        is_short = bool(here.words) and len(self.receiving) <= cards.FEW
        self.is_receiving_open = is_short or here.order != ""
        self.orders = cards.order_options(found)
        self.order = here.order if here.order in {each.value for each in self.orders} else ""

    def _show_nearest(self, found: Found, here: BookingAddress) -> None:
        self.nearest_label, self.nearest_href = "", ""
        if found.nearest:
            soonest = next(one for one in found.receiving if one.nearest == found.nearest)
            there = here.at_branch(soonest.branch_id)
            self.nearest_label = f"{texts.nearest(found.nearest)}, {soonest.branch}"
            self.nearest_href = there.on_day(local(found.nearest).date().isoformat()).href


def _to_talon(booked: Booked):
    return rx.redirect(f"/appointments/{booked.number}?booked=1", replace=True)

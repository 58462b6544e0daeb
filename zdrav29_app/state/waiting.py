"""The page `/waiting`: places in the waiting list, what is offered to them, and a new place."""

from datetime import date
from typing import Any, cast

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, offers, waiting
from zdrav29_app.services.waiting import Wish
from zdrav29_app.state import waiting_cards as cards
from zdrav29_app.state.booking_address import BookingAddress, checked_id, fields_of
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.waiting_cards import OfferCard, PlaceCard
from zdrav29_app.texts import waiting as texts
from zdrav29_app.values import local

LONGEST = 80  # of one field


class WaitingState(SignedIn, rx.State):
    """The viewer's places. What she wants to wait for stands in the address."""

    loaded: bool = False
    offers: list[OfferCard] = []
    offer_seconds: int = 0
    places: list[PlaceCard] = []
    over: list[PlaceCard] = []
    promises: list[str] = []
    specialities: list[Option] = []
    branches: list[Option] = []
    doctors: list[Option] = []
    hours: list[Option] = []
    speciality: str = ""
    branch: str = ""
    first_day: str = ""
    last_day: str = ""
    from_minute: str = str(cards.OPENS * 60)
    to_minute: str = str(cards.CLOSES * 60)
    problem: str = ""
    asked: int = 0
    is_busy: bool = False
    shown_count: int = 0

    @rx.event
    async def load(self):
        """Show the places, and the form with what the address asks for."""
        viewer = await self._viewer()
        await self._show_places(viewer)
        await self._show_form(viewer)
        self.is_busy = False
        self.loaded = True

    @rx.event
    async def choose_speciality(self, value: str):
        """Wait for another speciality."""
        return rx.redirect(BookingAddress.read({"speciality": value}).waiting_href)

    @rx.event
    async def choose_branch(self, value: str):
        """Wait somewhere else."""
        return rx.redirect(self._here().at_branch(value).waiting_href)

    @rx.event
    async def join(self, form: dict[str, Any]):
        """Take a place in the list; what cannot be waited for is said and nothing is lost."""
        viewer = await self._viewer()
        address, wish = BookingAddress.read(fields_of(form)), read_wish(form)
        try:
            await in_transaction(waiting.join, viewer, address.branch, address.speciality, wish)
        except ValueError:
            self.problem = texts.BAD_PERIOD
            return rx.set_focus("first_day")
        await self._say(texts.JOINED)
        return rx.redirect("/waiting") if self._here().speciality else WaitingState.load

    @rx.event
    async def take(self, entry_id: int):
        """Book what is offered to a place; the id comes from the browser and proves nothing."""
        viewer = await self._viewer()
        self.is_busy = True
        yield
        try:
            slot_id = await reading(waiting.offered_slot, viewer, checked_id(entry_id))
            booked = await in_transaction(booking.book_slot, viewer, slot_id)
        finally:
            self.is_busy = False
        yield rx.redirect(f"/appointments/{booked.number}?booked=1")

    @rx.event
    async def decline(self, entry_id: int):
        """Say no to an offer; the place stays."""
        viewer = await self._viewer()
        await in_transaction(offers.decline, viewer, checked_id(entry_id))
        await self._show_places(viewer)
        await self._say(texts.DECLINED)

    @rx.event
    async def ask_leave(self, entry_id: int):
        """Ask before a place is given up."""
        await self._viewer()
        self.asked = checked_id(entry_id)

    @rx.event
    async def keep_place(self):
        """Stay in the list after all."""
        self.asked = 0

    @rx.event
    async def leave(self, entry_id: int):
        """Give a place up; the id comes from the browser and proves nothing."""
        viewer = await self._viewer()
        await in_transaction(waiting.leave, viewer, checked_id(entry_id))
        await self._show_places(viewer)
        await self._say(texts.HAS_LEFT)

    def _here(self) -> BookingAddress:
        return BookingAddress.read(self.router.url.query_parameters)

    async def _show_places(self, viewer: Viewer) -> None:
        found = await reading(waiting.mine, viewer)
        self.places = [cards.place_card(one) for one in found if one.is_waiting]
        self.over = [cards.place_card(one) for one in found if not one.is_waiting]
        self.offers, until = cards.offer_cards(found)
        self.offer_seconds = int((until - clock.now()).total_seconds()) if until else 0
        self.asked = 0
        self.shown_count += 1

    async def _show_form(self, viewer: Viewer) -> None:
        here = self._here()
        found = await reading(waiting.choices, viewer, here.speciality, here.branch or None)
        self.specialities = cards.speciality_options(found)
        self.branches = cards.branch_options(found)
        self.doctors = cards.doctor_options(found)
        self.hours = cards.hour_options()
        self.speciality, self.branch = here.speciality, str(found.branch_id or "")
        first, last = waiting.longest_period(local(clock.now()).date())
        self.first_day, self.last_day = first.isoformat(), last.isoformat()
        self.promises = [texts.promise(one.text, one.value) for one in waiting.promises()]
        self.problem = ""

    async def _say(self, words: str) -> None:
        shell = await self.get_state(ShellState)
        shell.message = words


def read_wish(form: object) -> Wish:
    """Days, hours and the doctor of a form as the browser sends it.

    Raises:
        BadInput: a field is no short text, or the hours are not of our list.
        ValueError: a day is none.
    """
    fields = cast("dict[str, object]", form) if isinstance(form, dict) else {}
    names = ("first_day", "last_day", "from_minute", "to_minute", "doctor")
    words = [fields.get(name) or "" for name in names]
    if not all(isinstance(word, str) and len(word) <= LONGEST for word in words):
        raise BadInput
    first, last, begin, end, doctor = map(str, words)
    return Wish(
        date.fromisoformat(first),
        date.fromisoformat(last),
        checked_id(begin),
        checked_id(end),
        checked_id(doctor) if doctor else None,
    )

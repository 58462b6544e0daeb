"""Visits the clinic called off, with the times held instead; every page about visits shows them."""

from dataclasses import dataclass

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.services import booking, replacements
from zdrav29_app.services.replacements import CalledOff
from zdrav29_app.services.times import DoctorTime
from zdrav29_app.state.booking_address import checked_id
from zdrav29_app.state.cancelling import checked_number
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import booking as booking_texts
from zdrav29_app.texts import formats
from zdrav29_app.texts import replacements as texts


@dataclass(frozen=True)
class TimeCard:
    """A time to take; `name` is its accessible name."""

    slot_id: int
    when: str
    where: str
    name: str


@dataclass(frozen=True)
class CalledOffCard:
    """What happened to a visit, why, and what is held instead."""

    number: str
    what: str
    reason: str
    held: str
    times: list[TimeCard]
    refuse_name: str


class ReplacementsState(SignedIn, rx.State):
    """Nothing most of the time; then the most important thing on the page."""

    called_off: list[CalledOffCard] = []
    is_busy: bool = False

    @rx.event
    async def load(self):
        """Find what is held instead of visits; on a talon only what concerns it."""
        viewer = await self._viewer()
        number = self.router.url.path.removeprefix("/appointments/")
        is_talon = number != self.router.url.path
        found = await reading(replacements.mine, viewer)
        self.called_off = [
            called_off_card(one) for one in found if not is_talon or one.visit.number == number
        ]
        self.is_busy = False

    @rx.event
    async def take(self, slot_id: int):
        """Book one of the held times; the id comes from the browser and proves nothing."""
        viewer = await self._viewer()
        self.is_busy = True
        yield
        try:
            booked = await in_transaction(booking.book_slot, viewer, checked_id(slot_id))
        finally:
            self.is_busy = False
        yield rx.redirect(f"/appointments/{booked.number}?booked=1")

    @rx.event
    async def refuse(self, number: str):
        """Let all times go; the number comes from the browser and proves nothing."""
        viewer = await self._viewer()
        await in_transaction(replacements.refuse, viewer, checked_number(number))
        shell = await self.get_state(ShellState)
        shell.message = texts.REFUSED
        return ReplacementsState.load


def called_off_card(one: CalledOff) -> CalledOffCard:
    """What happened, in words."""
    phrase = booking_texts.visit_phrase(one.visit.speciality, one.visit.starts_at)
    return CalledOffCard(
        number=one.visit.number,
        what=texts.what(phrase),
        reason=one.visit.cancel_reason or "",
        held=texts.held(one.until),
        times=[_time_card(time) for time in one.times],
        refuse_name=texts.refuse_name(phrase),
    )


def _time_card(time: DoctorTime) -> TimeCard:
    when = formats.when(time.starts_at)
    room = booking_texts.room(time.place.room, time.place.floor)
    where = f"{formats.full_name(time.doctor)}, {room}, {time.place.branch}"
    return TimeCard(
        slot_id=time.slot_id,
        when=when,
        where=where,
        name=texts.take_name(when, where),
    )

"""A time that was chosen and not booked yet; whoever went away finds the way back to it."""

from dataclasses import dataclass

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.services import holding
from zdrav29_app.services.holding import Choice
from zdrav29_app.state.booking_address import BookingAddress
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import booking as booking_texts
from zdrav29_app.texts import checking as texts


@dataclass(frozen=True)
class ChoiceCard:
    """What was chosen, how long it is held, and the way on."""

    words: str
    href: str


class HoldingState(SignedIn, rx.State):
    """Nothing most of the time."""

    left_behind: list[ChoiceCard] = []

    @rx.event
    async def load(self):
        """Find the time that is held, unless its page is open."""
        viewer = await self._viewer()
        found = await reading(holding.chosen, viewer)
        is_open = bool(BookingAddress.read(self.router.url.query_parameters).slot)
        self.left_behind = [choice_card(found)] if found and not is_open else []


def choice_card(choice: Choice) -> ChoiceCard:
    """What was chosen, in words."""
    phrase = booking_texts.visit_phrase(choice.time.speciality, choice.time.starts_at)
    return ChoiceCard(
        words=texts.left_behind(phrase, choice.until),
        href=BookingAddress(slot=choice.time.slot_id, move=choice.moving).href,
    )

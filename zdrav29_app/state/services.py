"""The page `/services`: what is arranged, and what can be changed."""

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.services import attachment
from zdrav29_app.state.attachment_cards import TermCard, term_card
from zdrav29_app.state.session import SignedIn


class ServicesState(SignedIn, rx.State):
    """The current attachment, above the groups of services."""

    loaded: bool = False
    current: list[TermCard] = []

    @rx.event
    async def load(self):
        """Where the patient is attached."""
        viewer = await self._viewer()
        terms = await reading(attachment.my_terms, viewer)
        self.current = [term_card(one) for one in terms if one.until is None]
        self.loaded = True

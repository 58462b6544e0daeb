"""The page `/attachment/history`: every term and every application."""

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.services import applications, attachment
from zdrav29_app.state.attachment_cards import (
    ApplicationCard,
    TermCard,
    application_card,
    term_card,
)
from zdrav29_app.state.session import SignedIn


class AttachmentHistoryState(SignedIn, rx.State):
    """The history of the patient whose cabinet is open."""

    loaded: bool = False
    terms: list[TermCard] = []
    applications: list[ApplicationCard] = []

    @rx.event
    async def load(self):
        """List everything, the latest first."""
        viewer = await self._viewer()
        self.terms = [term_card(one) for one in await reading(attachment.my_terms, viewer)]
        found = await reading(applications.my_applications, viewer)
        self.applications = [application_card(one) for one in found]
        self.loaded = True

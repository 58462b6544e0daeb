"""The page `/home`: what matters now."""

from dataclasses import dataclass

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import reading
from zdrav29_app.services import documents, notices, profile, visits, waiting
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.visits import VisitCard, visit_card
from zdrav29_app.texts import common, formats
from zdrav29_app.texts import documents as document_texts
from zdrav29_app.texts import waiting as texts
from zdrav29_app.texts.notices import words_for
from zdrav29_app.values import Channel


@dataclass(frozen=True)
class ToldCard:
    """One notice as it stands in the cabinet."""

    text: str
    when: str


class HomeState(SignedIn, rx.State):
    """The nearest visit of the person who is signed in."""

    loaded: bool = False
    greeting: str = ""
    next_visit: list[VisitCard] = []
    told: list[ToldCard] = []
    offers: list[str] = []
    new_documents: str = ""

    @rx.event
    async def load(self):
        """Find the nearest visit."""
        viewer = await self._viewer()
        now = clock.now()
        self.greeting = common.greeting(await reading(profile.name_of_viewer, viewer))
        ahead = [visit for visit in await reading(visits.my_visits, viewer) if visit.is_cancellable]
        self.next_visit = [visit_card(visit, now=now) for visit in ahead[:1]]
        self.told = [
            ToldCard(words_for(one.kind, Channel.CABINET, one.facts).text, formats.when(one.at))
            for one in await reading(notices.my_notices, viewer)
        ]
        self.offers = [
            texts.offered_until(one.time.speciality, one.time.starts_at, one.until)
            for one in await reading(waiting.offered_now, viewer)
        ]
        # how many, and not which: this page opens after one factor
        count = await reading(documents.number_of_new, viewer)
        self.new_documents = document_texts.new_documents(count) if count else ""
        self.loaded = True

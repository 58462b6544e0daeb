"""The page `/record`: what is known of the patient, on one page to print."""

import reflex as rx

from zdrav29_app import archive, clock
from zdrav29_app.db.engine import reading
from zdrav29_app.demo import delivery
from zdrav29_app.services import documents, profile, visits
from zdrav29_app.services.profile import Profile
from zdrav29_app.state.document_cards import PaperCard, paper_card
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.visits import VisitCard, visit_card
from zdrav29_app.texts import documents as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import local

LAST = 10


class RecordState(SignedIn, rx.State):
    """The record of the patient whose cabinet is open."""

    loaded: bool = False
    name: str = ""
    born: str = ""
    policy: str = ""
    clinic: str = ""
    observed: list[str] = []
    vaccinations: list[str] = []
    visits: list[VisitCard] = []
    papers: list[PaperCard] = []

    @rx.event
    async def load(self):
        """Gather it."""
        viewer = await self._strong_viewer()
        await delivery.deliver(viewer.patient_id)
        now = clock.now()
        self._introduce(await reading(profile.my_profile, viewer))
        self.observed = [
            texts.observed(one.diagnosis, one.since)
            for one in await reading(profile.observed, viewer)
        ]
        self.vaccinations = list(await archive.vaccinations(viewer, until=local(now).date()))
        every = reversed(await reading(visits.my_visits, viewer))
        self.visits = [visit_card(one, now=now) for one in every][:LAST]
        self.papers = [paper_card(one) for one in await reading(documents.my_documents, viewer)][
            :LAST
        ]
        self.loaded = True

    def _introduce(self, known: Profile) -> None:
        self.name = formats.full_name(known.name)
        self.born = formats.numeric_date(known.birth_date)
        self.policy = known.oms_number or texts.UNKNOWN
        self.clinic = known.clinic or texts.UNKNOWN

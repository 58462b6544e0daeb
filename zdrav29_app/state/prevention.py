"""The page `/prevention`: check-up and vaccinations by age and sex."""

import reflex as rx

from zdrav29_app import archive, clock
from zdrav29_app.db.engine import reading
from zdrav29_app.demo import delivery
from zdrav29_app.services import prevention
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import prevention as texts
from zdrav29_app.values import local


class PreventionState(SignedIn, rx.State):
    """What is due, and what was done."""

    loaded: bool = False
    check_up: str = ""
    is_due: bool = False
    examinations: list[str] = []
    vaccinations: list[str] = []
    done: list[str] = []

    @rx.event
    async def load(self):
        """Count it for the patient whose cabinet is open."""
        viewer = await self._strong_viewer()
        await delivery.deliver(viewer.patient_id)
        offer = await reading(prevention.my_offer, viewer)
        self.is_due = offer.is_this_year
        self.check_up = texts.THIS_YEAR if offer.is_this_year else texts.CHILD
        if offer.check_up and not offer.is_this_year:
            self.check_up = texts.next_year(offer.check_up, offer.age)
        self.examinations = [texts.EXAMINATION_WORDS[one] for one in offer.examinations]
        self.vaccinations = [texts.VACCINATION_WORDS[one] for one in offer.vaccinations]
        today = local(clock.now()).date()
        self.done = list(await archive.vaccinations(viewer, until=today))
        self.loaded = True

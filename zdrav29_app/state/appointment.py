"""The page `/appointments/<number>`: one talon."""

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import reading
from zdrav29_app.errors import NotFound
from zdrav29_app.services import visits
from zdrav29_app.state.cancelling import Cancelling, checked_number
from zdrav29_app.state.visits import VisitCard, visit_card
from zdrav29_app.texts import common


class AppointmentState(Cancelling, rx.State):
    """The visit whose number stands in the address; empty when the viewer has no such visit."""

    loaded: bool = False
    heading: str = ""
    visit: list[VisitCard] = []
    asked: bool = False
    just_booked: bool = False

    @rx.event
    async def load(self):
        """Find the visit; someone else's looks like none."""
        viewer = await self._viewer()
        number = checked_number(self.router.url.path.rpartition("/")[2])
        self.asked = False
        try:
            found = [await reading(visits.my_visit, viewer, number)]
        except NotFound:
            found = []
        self.heading = common.talon(number) if found else ""
        self.visit = [visit_card(visit, now=clock.now(), with_qr=True) for visit in found]
        self.just_booked = self._query("booked") == "1" and any(v.is_active for v in found)
        self.loaded = True

    @rx.event
    async def ask_cancel(self):
        """Ask before cancelling."""
        await self._viewer()
        self.asked = True

    @rx.event
    async def keep_visit(self):
        """Do not cancel after all."""
        self.asked = False

    @rx.event
    async def cancel(self):
        """Cancel the visit of this page."""
        await self._cancel(self.router.url.path.rpartition("/")[2])
        return AppointmentState.load

"""The page `/appointments/<number>`: one talon."""

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import reading
from zdrav29_app.errors import NotFound
from zdrav29_app.services import visits
from zdrav29_app.state.cancelling import Cancelling, checked_number
from zdrav29_app.state.visits import TalonCard, talon_card
from zdrav29_app.texts import common

PAPERS = frozenset({"sheet", "large"})


class AppointmentState(Cancelling, rx.State):
    """The visit whose number stands in the address; empty when the viewer has no such visit.

    `paper` says how it is to be printed: «sheet», «large», or not now.
    """

    loaded: bool = False
    heading: str = ""
    talon: list[TalonCard] = []
    asked: bool = False
    just_booked: bool = False
    paper: str = ""

    @rx.event
    async def load(self):
        """Find the visit; someone else's looks like none."""
        viewer = await self._viewer()
        number = self._number()
        self.asked = False
        try:
            found = [await reading(visits.my_visit, viewer, number)]
        except NotFound:
            found = []
        self.heading = common.talon(number) if found else ""
        self.talon = [talon_card(visit, now=clock.now()) for visit in found]
        self.just_booked = self._query("booked") == "1" and any(v.is_active for v in found)
        paper = self._query("print")
        self.paper = paper if paper in PAPERS else ""
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
        await self._cancel(self._number())
        return AppointmentState.load

    def _number(self) -> str:
        return checked_number(self.router.url.path.rpartition("/")[2])

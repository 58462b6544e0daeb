"""The page `/appointments`: all visits of the viewer."""

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import reading
from zdrav29_app.services import visits
from zdrav29_app.state.cancelling import Cancelling, checked_number
from zdrav29_app.state.visits import VisitCard, visit_card


class AppointmentsState(Cancelling, rx.State):
    """Visits ahead, and those that are over or cancelled."""

    loaded: bool = False
    upcoming: list[VisitCard] = []
    past: list[VisitCard] = []
    asked: str = ""

    @rx.event
    async def load(self):
        """List the visits: what is ahead first, then the rest, the latest on top."""
        viewer = await self._viewer()
        now = clock.now()
        all_visits = await reading(visits.my_visits, viewer)
        ahead = [visit for visit in all_visits if visit.is_cancellable]
        rest = [visit for visit in reversed(all_visits) if not visit.is_cancellable]
        self.upcoming = [visit_card(visit, now=now) for visit in ahead]
        self.past = [visit_card(visit, now=now) for visit in rest]
        self.asked = ""
        self.loaded = True

    @rx.event
    async def ask_cancel(self, number: str):
        """Ask before cancelling."""
        await self._viewer()
        self.asked = checked_number(number)

    @rx.event
    async def keep_visit(self):
        """Do not cancel after all."""
        self.asked = ""

    @rx.event
    async def cancel(self, number: str):
        """Cancel; the number comes from the browser and proves nothing."""
        await self._cancel(number)
        return AppointmentsState.load

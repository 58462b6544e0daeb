"""The page `/appointments`: all visits of the viewer."""

from collections.abc import Iterable

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import reading
from zdrav29_app.services import visits
from zdrav29_app.services.visits import Visit
from zdrav29_app.state.cancelling import Cancelling, checked_number
from zdrav29_app.state.visits import VisitCard, visit_card
from zdrav29_app.texts import talon as texts


class AppointmentsState(Cancelling, rx.State):
    """Visits ahead, those that are over, and those that were called off."""

    loaded: bool = False
    upcoming: list[VisitCard] = []
    past: list[VisitCard] = []
    cancelled: list[VisitCard] = []
    missed: str = ""
    asked: str = ""

    @rx.event
    async def load(self):
        """List the visits: what is ahead first, then what is over, the latest on top."""
        viewer = await self._viewer()
        mine = await reading(visits.my_visits, viewer)
        over = [visit for visit in reversed(mine) if not visit.is_cancellable]
        self.upcoming = _cards(visit for visit in mine if visit.is_cancellable)
        self.past = _cards(visit for visit in over if not visit.is_cancelled)
        self.cancelled = _cards(visit for visit in over if visit.is_cancelled)
        self.missed = texts.missed(visits.missed_lately(mine))
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


def _cards(found: Iterable[Visit]) -> list[VisitCard]:
    return [visit_card(visit, now=clock.now()) for visit in found]

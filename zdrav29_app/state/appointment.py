"""The page `/appointments/<number>`: one talon."""

import reflex as rx

from zdrav29_app import clock, limits
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.limits import Limit
from zdrav29_app.services import talons, visits
from zdrav29_app.settings import settings
from zdrav29_app.state.cancelling import Cancelling, checked_number
from zdrav29_app.state.visits import TalonCard, talon_card
from zdrav29_app.texts import common, formats
from zdrav29_app.texts import talon as texts
from zdrav29_app.values import Channel, Phone

PAPERS = frozenset({"sheet", "large"})


class AppointmentState(Cancelling, rx.State):
    """The visit whose number stands in the address; empty when the viewer has no such visit.

    `paper` says how it is to be printed: «sheet», «large», or not now. `phone` and `email` are
    masked, and empty when ESIA has none.
    """

    loaded: bool = False
    heading: str = ""
    talon: list[TalonCard] = []
    asked: bool = False
    just_booked: bool = False
    paper: str = ""
    phone: str = ""
    email: str = ""
    where: str = ""
    sent: str = ""
    profile_href: str = ""

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
        self.sent = ""
        if found:
            await self._show_contacts(viewer, number)
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

    @rx.event
    async def send(self, channel: str):
        """Send this talon; the channel comes from the browser."""
        viewer = await self._viewer()
        if channel not in (Channel.SMS, Channel.EMAIL):
            raise BadInput
        await limits.count(Limit.TALON, f"patient:{viewer.actor_id}")
        await in_transaction(talons.send, viewer, self._number(), Channel(channel))
        self.sent = texts.sent(self.phone if channel == Channel.SMS else self.email)

    async def _show_contacts(self, viewer: Viewer, number: str) -> None:
        found = await reading(talons.contacts, viewer, number)
        self.phone = Phone(found.phone).masked if found.phone else ""
        self.email = formats.masked(found.email or "")
        self.where = texts.where(self.phone, self.email)
        self.profile_href = f"{settings.esia_url}/profile"

    def _number(self) -> str:
        return checked_number(self.router.url.path.rpartition("/")[2])

"""The page `/desk`, its last part: what an operator tells everybody."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput, NotFound
from zdrav29_app.services import announcements, desk
from zdrav29_app.services.announcements import LONGEST_TEXT, Announced
from zdrav29_app.state.announcements import card
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.support import text_fields
from zdrav29_app.texts import desk as texts
from zdrav29_app.texts import status as status_texts
from zdrav29_app.values import Service


@dataclass(frozen=True)
class EndableCard:
    """An announcement, and the name of the button that takes it away."""

    id: int
    title: str
    text: str
    when: str
    end_name: str


class DeskAnnouncementsState(SignedIn, rx.State):
    """What every page says now, and the form that says more."""

    announced: list[EndableCard] = []
    services: list[Option] = []
    text_problem: str = ""
    sent_count: int = 0

    @rx.event
    async def load(self):
        """Show what is announced to an operator; nothing to anybody else."""
        self.text_problem = ""
        try:
            await self._operator()
        except NotFound:
            self.reset()
            return
        names = [Option(one, title) for one, (title, _) in status_texts.NAMES.items()]
        self.services = [Option("", texts.NO_SERVICE), *names]
        await self._list()

    @rx.event
    async def announce(self, form: dict[str, Any]):
        """Announce an outage on every page, until it is taken away."""
        viewer = await self._operator()
        text, service = read_outage(form)
        self.text_problem = "" if 0 < len(text) <= LONGEST_TEXT else texts.EMPTY_OUTAGE
        if self.text_problem:
            return rx.set_focus("outage")
        await in_transaction(desk.announce_outage, viewer, text, service)
        self.sent_count += 1
        await self._tell(texts.ANNOUNCED)
        return None

    @rx.event
    async def end(self, announcement_id: int):
        """Take an announcement away; the id comes from the browser and proves nothing."""
        viewer = await self._operator()
        if type(announcement_id) is not int:
            raise BadInput
        try:
            await in_transaction(desk.end_announcement, viewer, announcement_id)
        except NotFound:  # another operator was faster
            await self._tell(texts.ENDED_BEFORE)
            return
        await self._tell(texts.ENDED)

    async def _tell(self, words: str) -> None:
        await reading(announcements.load)
        await self._list()
        shell = await self.get_state(ShellState)
        shell.message = words

    async def _list(self) -> None:
        self.announced = [endable_card(one) for one in await reading(announcements.listed)]


def endable_card(one: Announced) -> EndableCard:
    """An announcement in words."""
    shown = card(one)
    return EndableCard(
        one.id, shown.title, shown.text, shown.when, texts.end_name(shown.title, shown.text)
    )


def read_outage(form: object) -> tuple[str, Service | None]:
    """What is told, and of which service; None is of none in particular.

    Raises:
        BadInput: it names no service of ours.
    """
    fields = text_fields(form)
    text, service = fields.get("outage", "").strip(), fields.get("service", "")
    if service and service not in set(Service):
        raise BadInput
    return text, Service(service) if service else None

"""The page `/desk`, its first part: the queue of requests to support, and one of them."""

import re
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import desk, support_desk
from zdrav29_app.services.support_desk import Wanted
from zdrav29_app.state.desk_cards import (
    OpenedCard,
    QueuedCard,
    opened_card,
    queued_card,
)
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.support import text_fields
from zdrav29_app.texts import desk as texts
from zdrav29_app.values import SupportStatus, SupportTopic

TEXT_LIMIT = 3000
_NUMBER = re.compile(r"\d{4}-\d{4}")


class DeskState(SignedIn, rx.State):
    """The queue, or the one request that the address names. `is_open` says there is a desk."""

    loaded: bool = False
    is_open: bool = False
    topics: list[Option] = []
    statuses: list[Option] = []
    topic: str = ""
    status: str = ""
    count: str = ""
    queue: list[QueuedCard] = []
    request: list[OpenedCard] = []
    kinds: list[Option] = []
    text_problem: str = ""
    sent_count: int = 0

    @rx.event
    async def load(self):
        """Show the queue or one request to an operator; for everybody else there is no page."""
        self.loaded, self.is_open = False, False
        try:
            viewer = await self._operator()
        except NotFound:
            self.reset()
            self.loaded = True
            return
        await in_transaction(desk.look_around, viewer)
        self.topics = [Option(value, words) for value, words in texts.TOPICS.items()]
        self.statuses = [Option(value, words) for value, words in texts.STATUSES.items()]
        self.kinds = [Option(value, words) for value, words in texts.KINDS.items()]
        self.text_problem = ""
        await self._show(viewer)
        self.is_open = self.loaded = True

    @rx.event
    async def narrow(self, form: dict[str, Any]):
        """Choose a topic and a status; the address holds the choice."""
        fields = text_fields(form)
        chosen = {name: fields.get(name, "") for name in ("topic", "status")}
        return rx.redirect(f"/desk?{urlencode(chosen)}")

    @rx.event
    async def send(self, form: dict[str, Any]):
        """Answer the request of the address, or ask its patient back."""
        viewer = await self._operator()
        fields = text_fields(form)
        text, kind = fields.get("text", "").strip(), fields.get("kind", "")
        if len(text) > TEXT_LIMIT or kind not in texts.KINDS:
            raise BadInput
        self.text_problem = "" if text else texts.EMPTY_TEXT
        if not text:
            return rx.set_focus("text")
        act = support_desk.answer if kind == "answer" else support_desk.ask_back
        await in_transaction(act, viewer, self._number(), text)
        self.sent_count += 1
        await self._say(viewer, texts.SENT)
        return None

    @rx.event
    async def take(self):
        """Take the request of the address; another operator may have been faster."""
        viewer = await self._operator()
        is_mine = await in_transaction(support_desk.take, viewer, self._number())
        await self._say(viewer, texts.TAKEN if is_mine else texts.TAKEN_BEFORE)

    @rx.event
    async def close(self):
        """Close the request of the address without words."""
        viewer = await self._operator()
        await in_transaction(support_desk.close, viewer, self._number())
        await self._say(viewer, texts.CLOSED)

    async def _say(self, viewer: Viewer, words: str) -> None:
        await self._show(viewer)
        shell = await self.get_state(ShellState)
        shell.message = words

    async def _show(self, viewer: Viewer) -> None:
        self.queue, self.request = [], []
        if self._query("request"):
            opened = await in_transaction(support_desk.open_request, viewer, self._number())
            self.request = [opened_card(opened)]
            return
        self.topic, self.status = self._query("topic"), self._query("status")
        found = await reading(support_desk.queue, viewer, read_wanted(self.topic, self.status))
        self.queue = [queued_card(one) for one in found.requests]
        self.count = texts.found(found.count, len(found.requests))

    def _number(self) -> str:
        number = self._query("request")
        if not _NUMBER.fullmatch(number):
            raise NotFound
        return number


def read_wanted(topic: str, status: str) -> Wanted:
    """Which requests the address asks for; what it does not know counts as missing.

    >>> read_wanted("booking", "later")
    Wanted(topic=<SupportTopic.BOOKING: 'booking'>, status=None)
    """
    return Wanted(
        SupportTopic(topic) if topic in set(SupportTopic) else None,
        SupportStatus(status) if status in set(SupportStatus) else None,
    )

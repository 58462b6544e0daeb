"""The page `/support`: asking support, and one's own requests. Nobody needs to be signed in."""

import re
from dataclasses import dataclass
from typing import Any, cast

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput, EntryIncomplete, SignedOut
from zdrav29_app.identity import Viewer
from zdrav29_app.limits import Limit
from zdrav29_app.services import support
from zdrav29_app.services.support import Question, Request
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import formats
from zdrav29_app.texts import support as texts
from zdrav29_app.values import SupportTopic, local

TEXT_LIMIT, CONTACT_LIMIT = 3000, 120
RECOVERY = SupportTopic.RECOVERY  # has a form of its own
_CODE = re.compile(r"[A-Z]{3,5}-\d{3}")
_AT = re.compile(r"\d\d\.\d\d\.\d{4}, \d\d:\d\d(:\d\d)?")
_REQUEST_ID = re.compile(r"[0-9a-f]{12}")
_NUMBER = re.compile(r"\d{4}-\d{4}")


@dataclass(frozen=True)
class SaidCard:
    """One message of a thread."""

    who: str
    text: str
    when: str
    by_patient: bool


@dataclass(frozen=True)
class FileCard:
    """A file of a request."""

    name: str
    href: str


@dataclass(frozen=True)
class RequestCard:
    """One request, ready to be shown."""

    number: str
    title: str
    topic: str
    status: str
    tone: str
    when: str
    about: str
    go_on: str
    go_on_name: str
    thread: list[SaidCard]
    files: list[FileCard]
    file_href: str
    file_id: str
    file_name: str


class SupportState(SignedIn, rx.State):
    """A new request, and those that were made before."""

    loaded: bool = False
    is_signed_in: bool = False
    topics: list[Option] = []
    topic: str = ""
    about: str = ""
    text_problem: str = ""
    contact_problem: str = ""
    sent_title: str = ""
    sent: str = ""
    sent_count: int = 0
    requests: list[RequestCard] = []

    @rx.event
    async def load(self):
        """Show the form, filled in with what a refusal told to quote, and the own requests."""
        topics = texts.TOPICS.items()
        self.topics = [Option(value, words) for value, words in topics if value != RECOVERY]
        self.about = self._quoted()
        self.topic = SupportTopic.ERROR if self.about else SupportTopic.OTHER
        self.text_problem = self.contact_problem = self.sent = ""
        await self._list(await self._anyone())
        added = self._query("added")
        if added in {one.number for one in self.requests if one.files}:
            self.sent_title, self.sent = texts.FILE_ADDED, texts.number(added)
        self.loaded = True

    @rx.event
    async def send(self, form: dict[str, Any]):
        """Send a request; what was typed stays in the form until it is accepted."""
        viewer = await self._anyone()
        topic, text, contact = read_form(form)
        self.text_problem = texts.EMPTY_TEXT if not text else ""
        self.contact_problem = texts.EMPTY_CONTACT if not viewer and len(contact) < 5 else ""  # noqa: PLR2004
        if self.text_problem or self.contact_problem:
            return rx.set_focus("text" if self.text_problem else "contact")
        await self._count(Limit.SUPPORT)
        question = Question(topic, text, self.about)
        if viewer:
            made = await in_transaction(support.ask, viewer, question)
        else:
            made = await in_transaction(support.ask_from_outside, question, contact)
        self.sent_title, self.sent = texts.SENT, texts.sent(made.number, made.due_at)
        if viewer:
            self.sent = f"{self.sent} {texts.FILE_LATER}"
        self.sent_count += 1
        self.about = ""
        await self._list(viewer)
        return rx.set_focus("sent")

    @rx.event
    async def go_on(self, form: dict[str, Any]):
        """Add a message to an own request; the number comes from the browser and proves nothing."""
        viewer = await self._viewer()
        fields = text_fields(form)
        number, text = fields.get("number", ""), fields.get("more", "").strip()
        if not (_NUMBER.fullmatch(number) and 0 < len(text) <= TEXT_LIMIT):
            raise BadInput
        await in_transaction(support.go_on, viewer, number, text)
        self.sent_count += 1
        await self._list(viewer)
        shell = await self.get_state(ShellState)
        shell.message = texts.ADDED

    def _quoted(self) -> str:
        code, at, request_id = (self._query(name) for name in ("code", "at", "request_id"))
        return texts.about(
            code if _CODE.fullmatch(code) else "",
            at if _AT.fullmatch(at) else "",
            request_id if _REQUEST_ID.fullmatch(request_id) else "",
        )

    async def _anyone(self) -> Viewer | None:
        try:
            return await self._viewer()
        except (SignedOut, EntryIncomplete):
            return None

    async def _list(self, viewer: Viewer | None) -> None:
        self.is_signed_in = viewer is not None
        found = await reading(support.my_requests, viewer) if viewer else []
        self.requests = [request_card(one) for one in found]


def read_form(form: object) -> tuple[SupportTopic, str, str]:
    """Topic, text and contact of the form as the browser sends it.

    Raises:
        BadInput: a field is not a text, is far too long, or names no topic of ours.
    """
    fields = text_fields(form)
    text, contact = fields.get("text", "").strip(), fields.get("contact", "").strip()
    if len(text) > TEXT_LIMIT or len(contact) > CONTACT_LIMIT:
        raise BadInput
    topic = fields.get("topic", "")
    if topic == RECOVERY or topic not in set(SupportTopic):
        raise BadInput
    return SupportTopic(topic), text, contact


def text_fields(form: object) -> dict[str, str]:
    """The fields of a form as the browser sends it.

    Raises:
        BadInput: one of them is not a text.
    """
    every = cast("dict[str, object]", form) if isinstance(form, dict) else {}
    # a field that is not on the page now comes as null
    fields = {name: value for name, value in every.items() if value is not None}
    if not all(isinstance(value, str) for value in fields.values()):
        raise BadInput
    return cast("dict[str, str]", fields)


def request_card(one: Request) -> RequestCard:
    """A request in words."""
    status, tone = texts.STATUSES[one.status]
    waits = f". {texts.due(one.due_at)}" if one.status in {"new", "in_progress"} else ""
    go_on = texts.GO_ON.get(one.status, texts.GO_ON_OTHERWISE)
    day = formats.numeric_date(local(one.created_at).date())
    return RequestCard(
        number=one.number,
        title=texts.number(one.number),
        topic=texts.TOPICS[one.topic],
        status=status,
        tone=tone,
        when=f"{day}{waits}",
        about=one.about,
        go_on=go_on,
        go_on_name=f"{go_on}: {texts.number(one.number)}",
        thread=[
            SaidCard(
                who=texts.YOU if said.by_patient else texts.SUPPORT,
                text=said.text,
                when=formats.when(said.at),
                by_patient=said.by_patient,
            )
            for said in one.thread
        ],
        files=[FileCard(file.name, f"/support/files/{file.id}") for file in one.files],
        file_href=f"/support/{one.number}/files",
        file_id=f"file-{one.number}",
        file_name=f"{texts.ADD_FILE}: {texts.number(one.number)}",
    )

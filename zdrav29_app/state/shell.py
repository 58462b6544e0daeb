"""What surrounds every page: whose cabinet it is, the message line, the refusal, arrival.

`tell` is the one error exit of all event handlers.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import quote

import reflex as rx
from redis.exceptions import RedisError
from reflex.event import EventSpec

from zdrav29_app import clock, framework, metrics, tracing
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import CabinetError, DatabaseSilent, EntryIncomplete, SignedOut
from zdrav29_app.identity import Viewer, fingerprint
from zdrav29_app.services import family, first_entry, operators, profile, sign_in
from zdrav29_app.settings import settings
from zdrav29_app.state.announcements import AnnouncementCard, current_cards
from zdrav29_app.state.session import SignedIn, Tab
from zdrav29_app.state.vision import VisionState
from zdrav29_app.texts import family as family_texts
from zdrav29_app.texts import formats
from zdrav29_app.texts import help as help_texts
from zdrav29_app.texts import recovery as recovery_texts
from zdrav29_app.texts import support as support_texts
from zdrav29_app.texts.errors import Message, message_for
from zdrav29_app.values import NOBODY, safe_next

log = logging.getLogger(__name__)

_telling: set[asyncio.Task[None]] = set()

REQUEST_ID_LENGTH = tracing.LENGTH
REFUSAL_WORDS = 6  # code, title, text, request id, label and address of the act
PAGE_TITLE = "page-title"


@dataclass(frozen=True)
class RefusalCard:
    """What went wrong, for the alert under the heading; no code means nothing did."""

    code: str = ""
    title: str = ""
    text: str = ""
    at: str = ""
    request_id: str = ""
    act_label: str = ""
    act_href: str = ""
    report_href: str = ""
    recovery_href: str = ""


class ShellState(SignedIn, rx.State):
    """The frame of the page in this tab; `draft_owner` stands for a person and tells nothing."""

    person: str = ""
    acting: str = ""
    is_entered: bool = False
    is_operator: bool = False
    draft_owner: str = ""
    phone_url: str = ""
    is_phone_open: bool = False
    announcements: list[AnnouncementCard] = []
    message: str = ""
    refusal: RefusalCard = RefusalCard()
    idle_seconds: int = 0
    signs_of_life: int = 0
    sign_in_href: str = ""
    help_href: str = ""
    help_label: str = ""
    loaded_path: str = ""
    loaded_address: str = ""

    @rx.event
    async def arrive(self):
        """The last step of opening a page behind sign-in: says whose cabinet it is."""
        return await self._arrive_entered()

    @rx.event
    async def arrive_new(self):
        """The last step of opening a page of the first entry."""
        viewer = await self._newcomer()
        self.is_entered = False
        self._note_life(viewer)
        self.person = formats.short_name(await reading(profile.name_of_viewer, viewer))
        return await self._arrived()

    @rx.event
    async def arrive_open(self):
        """The last step of opening a page that needs no sign-in; whoever is signed in stays so."""
        try:
            return await self._arrive_entered()
        except (SignedOut, EntryIncomplete, DatabaseSilent):
            self.person = self.acting = ""
            self.is_entered = self.is_operator = False
            self.idle_seconds = 0
            self.draft_owner = NOBODY
            return await self._arrived()

    @rx.event
    async def arrive_still(self):
        """The last step of opening a page that asks the database nothing: the frame stays."""
        self.draft_owner = self.draft_owner or NOBODY
        return await self._arrived()

    @rx.event
    async def stay(self):
        """Go on with a session that would end soon."""
        viewer = await self._viewer()
        await in_transaction(sign_in.touch, viewer)
        self._note_life(viewer)

    @rx.event
    async def toggle_phone(self):
        """Show or hide the person's simulated phone beside the cabinet."""
        self.is_phone_open = settings.is_demo and not self.is_phone_open

    @rx.event
    async def refuse(self, code: str, title: str, text: str, request_id: str, act: list[str]):
        """Show a refusal in this tab; called by `tell`. Who else calls it sees his own words."""
        if not _are_words(code, title, text, request_id, act):
            return
        self.message = ""
        card = refusal_card(Message(title, text, act[0], act[1]), code, request_id)
        self.refusal = replace(card, recovery_href=self._recovery_href(code, request_id))

    async def _arrive_entered(self):
        viewer = await self._viewer()
        self.is_entered, self.is_operator = True, operators.is_operator(viewer)
        self.draft_owner = fingerprint(f"draft:{viewer.actor_id}")[:REQUEST_ID_LENGTH]
        self._note_life(viewer)
        self.person = formats.short_name(await reading(profile.name_of_viewer, viewer))
        tab: Any = await self.get_state(Tab)
        if tab._is_fresh:  # noqa: SLF001  a backend var
            vision: Any = await self.get_state(VisionState)
            await vision._arrive(viewer)  # noqa: SLF001  a public method would be a remote call
        self.acting = family_texts.acting(await reading(family.open_right, viewer))
        if settings.is_demo:
            self.phone_url = f"{settings.esia_url}/phone/{viewer.oid}"
        return await self._arrived()

    def _recovery_href(self, code: str, request_id: str) -> str:
        """The way on of who could not sign in; empty after any other refusal."""
        is_about_entering = code.startswith("AUTH-") and not self.is_entered
        return recovery_texts.href(request_id) if is_about_entering else ""

    def _note_life(self, viewer: Viewer) -> None:
        """Let the browser count anew to the end of the session."""
        self.idle_seconds = sign_in.seconds_of_life(viewer)
        self.signs_of_life += 1
        self.sign_in_href = f"/auth/esia/login?next={quote(safe_next(self._address()), safe='')}"

    async def _arrived(self):
        """Mark the page as loaded; a new page takes the focus to its heading."""
        path, before = self.router.url.path, self.loaded_path
        self.loaded_path, self.loaded_address = path, self._address()
        self.refusal, self.announcements = RefusalCard(), current_cards()
        topic = help_texts.for_screen(path)
        self.help_href = f"/help/{topic.slug}" if topic else ""
        self.help_label = help_texts.HERE + topic.title.lower() if topic else ""
        tab: Any = await self.get_state(Tab)
        is_fresh, tab._is_fresh = tab._is_fresh, False  # noqa: SLF001  a backend var
        if path != before or is_fresh:
            self.message = ""
        if path == before:
            return None
        # after loading a document the browser itself puts the reader at the top
        return None if is_fresh else rx.set_focus(PAGE_TITLE)


def _are_words(*parts: object) -> bool:
    flat: list[object] = []
    for part in parts:
        flat.extend(cast("list[object]", part) if isinstance(part, list) else [part])
    return len(flat) == REFUSAL_WORDS and all(isinstance(word, str) for word in flat)


def new_request_id() -> str:
    """A short id that stands on the page and in the log."""
    return tracing.current()


def sign_in_address(refusal: SignedOut) -> str:
    """Where a signed-out visitor goes, with the way back to what she wanted."""
    going_to = quote(safe_next(refusal.going_to), safe="")
    code = f"&code={refusal.code}" if refusal.expired else ""
    return f"/?next={going_to}{code}"


def with_next(page: str, going_to: str) -> str:
    """The address of a page of entering, with the way to where the person was going."""
    return f"{page}?next={quote(safe_next(going_to), safe='')}"


def onward(viewer: Viewer, here: str, going_to: str) -> EventSpec | None:
    """Where a page of the first entry sends a person who has nothing to do on it."""
    try:
        first_entry.check_complete(viewer)
    except EntryIncomplete as incomplete:
        if incomplete.page == here:
            return None
        return rx.redirect(with_next(incomplete.page, going_to), replace=True)
    return rx.redirect(safe_next(going_to), replace=True)


def refusal_card(message: Message, code: str, request_id: str) -> RefusalCard:
    """What the alert says; an act leads nowhere but to an address of ours."""
    at = formats.exact(clock.now())
    is_ours = message.href.startswith("/") and not message.href.startswith("//")
    return RefusalCard(
        code=code,
        title=message.title,
        text=message.text,
        at=at,
        request_id=request_id,
        act_label=message.label,
        act_href=message.href if is_ours else "",
        report_href=support_texts.report_href(code, at, request_id),
    )


def refusal_event(message: Message, code: str, request_id: str) -> EventSpec:
    """The event that shows a message in the tab that caused it."""
    refuse: Any = ShellState.refuse  # an event handler: its call builds the event
    return refuse(code, message.title, message.text, request_id, [message.label, message.href])


def tell(exception: Exception) -> EventSpec | None:
    """Answer any failure of an event handler: the way to sign in, or words with a code."""
    if isinstance(exception, SignedOut):
        return rx.redirect(sign_in_address(exception))
    if isinstance(exception, EntryIncomplete):
        return rx.redirect(with_next(exception.page, exception.going_to), replace=True)
    request_id = tracing.of(exception)
    if isinstance(exception, RedisError):
        _tell_without_state(exception, request_id)
        return None
    if isinstance(exception, CabinetError):
        log.info("refused code=%s request_id=%s", exception.code, request_id)
    else:
        log.error(
            "failed error=%s request_id=%s",
            type(exception).__name__,
            request_id,
            exc_info=exception if settings.is_demo else None,
        )
        exception = CabinetError()
    return refusal_event(message_for(exception), exception.code, request_id)


def _tell_without_state(error: RedisError, request_id: str) -> None:
    """Show a refusal while states are out of reach: an event would fail as this one, for ever.

    It failed before anything counted it, so that is done here.
    """
    log.error("state silent error=%s request_id=%s", type(error).__name__, request_id)
    silent = DatabaseSilent()
    metrics.events.labels("any", silent.code).inc()
    metrics.answered(failed=True)
    card = refusal_card(message_for(silent), silent.code, request_id)
    shown = framework.show_unkept(ShellState, {"refusal": card, "message": ""})
    task = asyncio.create_task(shown)
    _telling.add(task)
    task.add_done_callback(_telling.discard)

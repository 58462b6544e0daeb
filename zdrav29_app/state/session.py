"""Who is asking: the viewer of an event, and the guard before every event.

Reflex keeps state per tab and its handlers are callable by anyone with any arguments, so every
handler resolves the viewer anew from the HttpOnly cookie that came with the socket's handshake.
"""

import asyncio
import logging
from http.cookies import CookieError, SimpleCookie
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from zdrav29_app import clock, framework, limits, metrics, spans, tracing
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.demo import together
from zdrav29_app.demo.expectations import EVENT
from zdrav29_app.errors import (
    CabinetChanged,
    CabinetError,
    DatabaseSilent,
    EntryIncomplete,
    NotFound,
    SignedOut,
    StepUpNeeded,
    TooManyRequests,
    plain_errors,
)
from zdrav29_app.identity import Viewer, fingerprint
from zdrav29_app.limits import Limit
from zdrav29_app.services import first_entry, operators, sign_in
from zdrav29_app.settings import settings
from zdrav29_app.values import safe_next

log = logging.getLogger(__name__)


def session_token(cookie_header: str) -> str:
    """The session token in a `Cookie` header, or an empty string."""
    try:
        morsel = SimpleCookie(cookie_header).get(settings.session_cookie)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


class SignedIn(rx.State, mixin=True):
    """What every page state needs. Methods start with `_`: public ones would be remote calls."""

    async def _viewer(self) -> Viewer:
        """Who is asking now, with the first entry behind her.

        Raises:
            SignedOut: nobody; it remembers the address that was asked for.
            EntryIncomplete: the first entry is not complete; it remembers the address too.
        """
        viewer = await self._newcomer()
        try:
            first_entry.check_complete(viewer)
        except EntryIncomplete as refusal:
            refusal.going_to = self._address()
            raise
        await self._check_whose(viewer)
        return viewer

    async def _strong_viewer(self) -> Viewer:
        """Who is asking now, having proved herself by two factors.

        Raises:
            StepUpNeeded: by one only; it remembers the address that was asked for.
        """
        viewer = await self._viewer()
        try:
            sign_in.check_strong(viewer)
        except StepUpNeeded as refusal:
            refusal.going_to = safe_next(self._address())
            raise
        return viewer

    async def _operator(self) -> Viewer:
        """The operator who is asking now.

        Raises:
            NotFound: this is none, or nobody is signed in: who has no desk knows of none.
            StepUpNeeded: she has proved herself by one factor only; it remembers the address.
        """
        try:
            viewer = await self._viewer()
        except (SignedOut, EntryIncomplete):
            raise NotFound from None
        try:
            operators.check(viewer)
        except StepUpNeeded as refusal:
            refusal.going_to = safe_next(self._address())
            raise
        return viewer

    async def _check_whose(self, viewer: Viewer) -> None:
        """Let nobody act for one person on a page that shows another.

        Raises:
            CabinetChanged: another cabinet was opened since this tab was filled.
        """
        tab: Any = await self.get_state(Tab)  # backend vars start with an underscore
        if tab._patient_id not in {0, viewer.patient_id}:  # noqa: SLF001
            if not tab._is_arriving:  # noqa: SLF001
                raise CabinetChanged
            tab._empty()  # noqa: SLF001
        tab._patient_id, tab._is_arriving = viewer.patient_id, False  # noqa: SLF001

    async def _newcomer(self) -> Viewer:
        """Who is asking now; her first entry may not be complete, so show her nothing else.

        Raises:
            SignedOut: nobody; it remembers the address that was asked for.
        """
        await self._meet_expectation()
        token = session_token(self.router.headers.cookie)
        try:
            viewer = await reading(sign_in.viewer_for, token)
        except SignedOut as refusal:
            refusal.going_to = self._address()
            raise
        if sign_in.is_stale(viewer, now=clock.now()):
            await in_transaction(sign_in.touch, viewer)
        return viewer

    async def _viewer_of_page(self, cookie: str) -> Viewer | None:
        """Whose open page this is while nobody acts, for the cookie of the tab's socket.

        No sign of life: a page that is left open does not keep its session alive. None when the
        session has ended, or another session or cabinet stands behind the tab than filled it.
        """
        tab: Any = await self.get_state(Tab)  # backend vars start with an underscore
        token = session_token(cookie)
        if tab._session != fingerprint(token):  # noqa: SLF001
            return None
        try:
            viewer = await reading(sign_in.viewer_for, token)
            first_entry.check_complete(viewer)
        except (SignedOut, EntryIncomplete):
            return None
        return viewer if viewer.patient_id == tab._patient_id else None  # noqa: SLF001

    async def _meet_expectation(self) -> None:
        """Fail as a trainer or a test expects it; never in production.

        Raises:
            CabinetError: the one that is expected.
        """
        tab: Any = await self.get_state(Tab)  # backend vars start with an underscore
        code, tab._refusal = tab._refusal, ""  # noqa: SLF001
        if code:
            raise next(error for error in plain_errors() if error.code == code)

    async def _count(self, limit: Limit) -> None:
        """Count an act of this browser's address.

        Raises:
            TooManyRequests: there were too many.
        """
        await limits.count(limit, self.router.session.client_ip)

    def _address(self) -> str:
        """Path and query of the page, as the browser says: untrusted."""
        url = self.router.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def _query(self, name: str) -> str:
        """One parameter of the address, or an empty string: untrusted."""
        return self.router.url.query_parameters.get(name, "")


class Tab(rx.State):
    """What the server remembers of a tab and never sends to it.

    `_session` is a hash of the session under which its state was filled, `_patient_id` in whose
    cabinet; `_is_fresh` says that the document was loaded and nothing has arrived in it yet,
    `_is_arriving` that a page is being filled anew, `_refusal` is the code that is expected now.
    """

    _session: str = ""
    _patient_id: int = 0
    _is_fresh: bool = True
    _is_arriving: bool = True
    _refusal: str = ""

    def _empty(self) -> None:
        """Forget everything that pages showed in this tab."""
        session, is_fresh = self._session, self._is_fresh
        framework.empty(self)
        self._session, self._is_fresh = session, is_fresh


class SessionGuard(rx.Middleware):
    """Empties a tab's state when the session behind its socket is another one than before.

    A tab's token is chosen by the browser; without this, whoever presents the token of a closed
    tab would be handed the state of the person who sat there.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Compare the cookie of the handshake with the one the state was filled under.

        An update in the answer means that the event goes no further.
        """
        del app
        # from the state, not the event: events that the server itself chains carry no headers
        _observe(event)
        session = fingerprint(session_token(state.router.headers.cookie))
        if await _is_flood(session or state.router.session.client_ip):
            return StateUpdate()
        tab: Any = await state.get_state(Tab)  # backend vars start with an underscore
        if settings.is_demo and (met := await together.meet(EVENT, framework.act_of(event))):
            await asyncio.sleep(met.delay)
            if met.drop:
                return StateUpdate()
            tab._refusal = met.error  # noqa: SLF001
        if framework.is_document_load(event):
            tab._is_fresh = True  # noqa: SLF001
        if framework.is_arrival(event):
            tab._is_arriving = True  # noqa: SLF001
        if tab._session != session:  # noqa: SLF001
            tab._empty()  # noqa: SLF001
            tab._session = session  # noqa: SLF001
        return None


def _observe(event: Event) -> None:
    """Give the event an id of its own; count it, and how long it took, when its task ends."""
    request_id, name, begin = tracing.begin(), framework.act_of(event), clock.machine_seconds()
    told = spans.begin(name, {}, kind=spans.Kind.CONSUMER)
    metrics.events_in_progress.inc()

    def ended(task: asyncio.Task[Any]) -> None:
        error = None if task.cancelled() else task.exception()
        if error:
            tracing.mark(error, request_id)
        is_ours = error is not None and not isinstance(error, CabinetError)
        failed = is_ours or isinstance(error, DatabaseSilent)
        outcome = getattr(error, "code", "failed" if error else "ok")
        outcome = "cancelled" if task.cancelled() else outcome
        metrics.events_in_progress.dec()
        metrics.events.labels(name, outcome).inc()
        metrics.event_seconds.labels(name).observe(clock.machine_seconds() - begin)
        metrics.answered(failed=failed)
        spans.end(told, {"outcome": outcome}, failed=failed)

    if task := asyncio.current_task():
        task.add_done_callback(ended)


async def _is_flood(who: str) -> bool:
    """Whether events come faster than any person makes them: those are dropped, unanswered."""
    try:
        await limits.count(Limit.EVENT, who)
    except TooManyRequests:
        log.warning("events dropped, too many of one session")
        return True
    return False

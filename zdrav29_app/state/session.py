"""Who is asking: the viewer of an event, and the guard before every event.

Reflex keeps state per tab and its handlers are callable by anyone with any arguments, so every
handler resolves the viewer anew from the HttpOnly cookie that came with the socket's handshake.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState

from zdrav29_app import clock, framework
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import EntryIncomplete, SignedOut
from zdrav29_app.services import first_entry, sign_in
from zdrav29_app.services.sign_in import Viewer
from zdrav29_app.settings import settings


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
        return viewer

    async def _newcomer(self) -> Viewer:
        """Who is asking now; her first entry may not be complete, so show her nothing else.

        Raises:
            SignedOut: nobody; it remembers the address that was asked for.
        """
        token = session_token(self.router.headers.cookie)
        try:
            viewer = await reading(sign_in.viewer_for, token)
        except SignedOut as refusal:
            refusal.going_to = self._address()
            raise
        if sign_in.is_stale(viewer, now=clock.now()):
            await in_transaction(sign_in.touch, viewer)
        return viewer

    def _address(self) -> str:
        """Path and query of the page, as the browser says: untrusted."""
        url = self.router.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def _query(self, name: str) -> str:
        """One parameter of the address, or an empty string: untrusted."""
        return self.router.url.query_parameters.get(name, "")


class Tab(rx.State):
    """What the server remembers of a tab and never sends to it.

    `_session` is a hash of the session under which its state was filled; `_is_fresh` says that
    the document was loaded and nothing has arrived in it yet.
    """

    _session: str = ""
    _is_fresh: bool = True


class SessionGuard(rx.Middleware):
    """Empties a tab's state when the session behind its socket is another one than before.

    A tab's token is chosen by the browser; without this, whoever presents the token of a closed
    tab would be handed the state of the person who sat there.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> None:
        """Compare the cookie of the handshake with the one the state was filled under."""
        del app
        # from the state, not the event: events that the server itself chains carry no headers
        session = sign_in.fingerprint(session_token(state.router.headers.cookie))
        tab: Any = await state.get_state(Tab)  # backend vars start with an underscore
        if framework.is_document_load(event):
            tab._is_fresh = True  # noqa: SLF001
        if tab._session != session:  # noqa: SLF001
            framework.empty(state)
            tab._session = session  # noqa: SLF001

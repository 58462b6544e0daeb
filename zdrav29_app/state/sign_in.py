"""The page `/`: whether ESIA answers, where the person will return, and why she was refused."""

from urllib.parse import quote, urlsplit

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.errors import DatabaseSilent, SignedOut
from zdrav29_app.services import sign_in, status
from zdrav29_app.settings import settings
from zdrav29_app.state.session import SignedIn, session_token
from zdrav29_app.state.shell import new_request_id, refusal_event
from zdrav29_app.texts import common
from zdrav29_app.texts.errors import message_for_code
from zdrav29_app.values import Service, safe_next

LOGIN = "/auth/esia/login"


class SignInState(SignedIn, rx.State):
    """Entering the cabinet."""

    login_href: str = LOGIN
    going_to: str = ""
    is_esia_up: bool = True
    register_href: str = ""

    @rx.event
    async def load(self):
        """Send a signed-in person home; tell everybody else where the way leads."""
        if await self._is_signed_in():
            return rx.redirect("/home", replace=True)
        self.is_esia_up = status.is_up(Service.ESIA)
        self.register_href = f"{settings.esia_url}/registration"
        target = safe_next(self._query("next"))
        self.login_href = f"{LOGIN}?next={quote(target, safe='')}"
        section = "/" + urlsplit(target).path.split("/")[1]
        self.going_to = "" if section == "/home" else common.SECTIONS.get(section, "")
        return None

    @rx.event
    async def explain(self):
        """Show the refusal whose code stands in the address; runs last, for arrival clears it."""
        code = self._query("code")
        if message := message_for_code(code):
            return refusal_event(message, code, self._query("request_id")[:32] or new_request_id())
        return None

    async def _is_signed_in(self) -> bool:
        try:
            await reading(sign_in.viewer_for, session_token(self.router.headers.cookie))
        except (SignedOut, DatabaseSilent):
            return False
        return True

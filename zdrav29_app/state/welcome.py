"""The page `/welcome`: the phone of the ESIA profile, confirmed by a code.

The code is an event argument only: it is never kept in the state.
"""

from typing import Any, cast

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.limits import Limit
from zdrav29_app.services import first_entry
from zdrav29_app.settings import settings
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import onward
from zdrav29_app.texts import entry as texts
from zdrav29_app.values import Phone

CODE_LIMIT = 20


class WelcomeState(SignedIn, rx.State):
    """The first step of the first entry."""

    loaded: bool = False
    phone: str = ""
    profile_href: str = ""
    is_sent: bool = False
    resend_in: int = 0
    sent_count: int = 0
    blocked: str = ""

    @rx.event
    async def load(self):
        """Show the step, or go on to the one that is next."""
        viewer = await self._newcomer()
        if going := onward(viewer, "/welcome", self._query("next")):
            return going
        self.profile_href = f"{settings.esia_url}/profile"
        await self._look()
        self.loaded = True
        return None

    @rx.event
    async def send_code(self):
        """Send a code, or another one."""
        viewer = await self._newcomer()
        await self._count(Limit.CODE)
        await in_transaction(first_entry.send_code, viewer)
        await self._look()
        self.sent_count += 1
        return rx.set_focus("code")

    @rx.event
    async def confirm(self, form: dict[str, Any]):
        """Check the typed code; the next step opens when it is right."""
        viewer = await self._newcomer()
        code = checked_code(form)
        refusal = await in_transaction(first_entry.confirm_phone, viewer, code)
        if refusal:
            await self._look()
            raise refusal
        return WelcomeState.load

    async def _look(self) -> None:
        found = await reading(first_entry.look, await self._newcomer())
        self.phone = Phone(found.phone).masked if found.phone else ""
        self.is_sent = found.code.is_sent
        self.resend_in = found.code.resend_in_seconds
        self.blocked = texts.blocked(found.code.blocked_until)


def checked_code(form: object) -> str:
    """The code in a form as the browser sends it.

    Raises:
        BadInput: there is no short string.
    """
    code = cast("dict[str, object]", form).get("code") if isinstance(form, dict) else None
    if not isinstance(code, str) or len(code) > CODE_LIMIT:
        raise BadInput
    return code

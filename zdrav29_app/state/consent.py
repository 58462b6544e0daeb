"""The page `/consent`: the document, yes or no, and how to sign in next time.

The last answer is an HTTP form, because a cookie has to remember it: see endpoints/auth.py.
"""

import reflex as rx

from zdrav29_app.db.engine import in_transaction
from zdrav29_app.services import consents
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import PAGE_TITLE, onward
from zdrav29_app.values import Purpose, SignInWay, Stage, safe_next


class ConsentState(SignedIn, rx.State):
    """The second and third step of the first entry."""

    loaded: bool = False
    has_consented: bool = False
    has_refused: bool = False
    going_to: str = ""
    way: str = SignInWay.PASSWORD

    @rx.event
    async def load(self):
        """Show the document, or the question after it, or go on."""
        viewer = await self._newcomer()
        if going := onward(viewer, "/consent", self._query("next")):
            return going
        self.has_consented = viewer.stage is Stage.WAY
        self.has_refused = False
        self.going_to = safe_next(self._query("next"))
        self.loaded = True
        return None

    @rx.event
    async def give(self):
        """Record the consent."""
        await in_transaction(consents.give, await self._newcomer(), Purpose.CABINET)
        self.has_consented, self.has_refused = True, False
        return rx.set_focus("ways")

    @rx.event
    async def refuse(self):
        """Explain what a refusal means; nothing is recorded."""
        await self._newcomer()
        self.has_refused = True
        return rx.set_focus(PAGE_TITLE)

    @rx.event
    async def reconsider(self):
        """Back to the document."""
        self.has_refused = False

"""The page `/documents/upload`: what its form begins with."""

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import documents as texts
from zdrav29_app.values import local


class DocumentUploadState(SignedIn, rx.State):
    """The kinds to choose from, and the last day a document can be of."""

    loaded: bool = False
    kinds: list[Option] = []
    today: str = ""

    @rx.event
    async def load(self):
        """Show the form to who has proved herself by two factors."""
        await self._strong_viewer()
        self.kinds = [Option(kind, words) for kind, words in texts.KINDS.items()]
        self.today = local(clock.now()).date().isoformat()
        self.loaded = True

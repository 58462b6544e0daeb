"""The page `/documents`: medical documents, for who has proved herself by two factors."""

import reflex as rx

from zdrav29_app.state.session import SignedIn


class DocumentsState(SignedIn, rx.State):
    """Whether the door is open."""

    loaded: bool = False

    @rx.event
    async def load(self):
        """Let in who has proved herself by two factors."""
        self.loaded = False
        await self._strong_viewer()
        self.loaded = True

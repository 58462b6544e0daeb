"""The page `/unconfirmed`: what an ESIA account still lacks. Nobody is signed in here."""

from urllib.parse import quote

import reflex as rx

from zdrav29_app.settings import settings
from zdrav29_app.state.session import SignedIn
from zdrav29_app.values import safe_next


class UnconfirmedState(SignedIn, rx.State):
    """What the address says of the account: no personal data, and nothing that opens a door."""

    has_documents: bool = False
    profile_href: str = ""
    login_href: str = ""

    @rx.event
    async def load(self):
        """Read the address."""
        self.has_documents = self._query("documents") == "1"
        self.profile_href = f"{settings.esia_url}/profile"
        going_to = quote(safe_next(self._query("next")), safe="")
        self.login_href = f"/auth/esia/login?next={going_to}"

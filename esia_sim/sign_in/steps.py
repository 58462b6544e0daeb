"""What every step of signing in shares: whose attempt this is, what was typed, being locked out."""

import hmac
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from esia_sim import browser, pages
from esia_sim.errors import PageError, Reason
from esia_sim.records import Attempt
from esia_sim.wire import read_form, world_of


async def read_step(request: Request) -> tuple[Attempt, dict[str, str]]:
    """Return the attempt of this browser and the posted form.

    Raises:
        PageError: there is no attempt any more, or the form belongs to another one.
    """
    form = dict(await read_form(request))
    attempt = browser.attempt_of(request)
    if attempt is None:
        raise PageError(400, Reason.STALE)
    if not hmac.compare_digest(attempt.form_token.encode(), form.get("token", "").encode()):
        raise PageError(409, Reason.OTHER_TAB)
    return attempt, form


def client_name(request: Request, attempt: Attempt) -> str | None:
    """Return the name of the system that the person enters, None for the portal itself."""
    if attempt.request is None:
        return None
    client = world_of(request).clients.get(attempt.request["client_id"])
    return client.name if client else None


def show_locked(request: Request, until: datetime) -> Response:
    """Show that this login is locked, and till when; the same for logins that nobody has."""
    return pages.render(request, "locked.html", until=until)

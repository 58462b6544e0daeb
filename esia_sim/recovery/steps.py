"""What the pages of recovery share: the way this browser is on, bound to it by a cookie."""

import hmac

from starlette.requests import Request
from starlette.responses import Response

from esia_sim import browser
from esia_sim.errors import PageError, Reason
from esia_sim.records import Recovery
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

COOKIE = "esia_recovery"


def start(world: World, contact: str) -> Recovery:
    """Begin a way; `contact` is what was typed, whether anybody has it or not."""
    recovery = Recovery(
        token=world.chance.token(24),
        form_token=world.chance.token(24),
        contact=contact,
        expires_at=world.after(world.config.limits.attempt_seconds),
    )
    world.recoveries.put(recovery.token, recovery)
    return recovery


def recovery_of(request: Request) -> Recovery | None:
    """Return the way that this browser is on."""
    return world_of(request).recoveries.get(browser.read_cookie(request, COOKIE))


def remember(world: World, response: Response, recovery: Recovery) -> Response:
    """Bind the way to this browser."""
    browser.set_cookie(world, response, COOKIE, recovery.token)
    return response


async def read_step(request: Request) -> tuple[Recovery, dict[str, str]]:
    """Return the way of this browser and the posted form.

    Raises:
        PageError: there is no way any more, or the form belongs to another one.
    """
    form = dict(await read_form(request))
    recovery = recovery_of(request)
    if recovery is None:
        raise PageError(400, Reason.RECOVERY_OVER)
    if not hmac.compare_digest(recovery.form_token.encode(), form.get("token", "").encode()):
        raise PageError(409, Reason.OTHER_TAB)
    return recovery, form

"""The control call of authenticator apps: the code that a person's app shows now."""

from datetime import UTC, datetime
from typing import Final

from pyotp.totp import TOTP
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.control_calls import check_query, find_person
from esia_sim.errors import ControlError
from esia_sim.wire import world_of

_STEP_SECONDS: Final = 30


async def show_totp(request: Request) -> Response:
    """Show a code of the person's authenticator app that works now, never one that was used.

    By the clock of the world. A step that was used is passed over: the next one is good already.
    """
    check_query(request, ())
    world, person = world_of(request), find_person(request)
    if person.totp_secret is None:
        raise ControlError(404, "this person has no authenticator app")
    now = int(world.clock.now().timestamp()) // _STEP_SECONDS
    step = max(now, world.totp_used.get(person.key, 0) + 1)
    if step > now + 1:
        raise ControlError(409, "the codes of now and of the next 30 seconds were used")
    ends = datetime.fromtimestamp((step + 2) * _STEP_SECONDS, UTC)
    code = TOTP(person.totp_secret).at(step * _STEP_SECONDS)
    return JSONResponse({"code": code, "ends": ends.isoformat()})

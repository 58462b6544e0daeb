"""Who may call the demo controls, and what a body may hold: JSON in, JSON out, no unknown field.

Beyond loopback, and behind a proxy that could let anybody in, they ask for the key of the
simulator.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from zdrav29_app.errors import CabinetError
from zdrav29_app.settings import LOOPBACK_HOSTS, settings

Handler = Callable[[Request], Awaitable[Response]]

KEY_HEADER = "X-Sim-Key"
STATUSES = {"GEN-404": 404, "VISIT-410": 409, "ATT-306": 409}


class Refused(ValueError):
    """What was sent makes no sense; the text says why."""


def guarded(handler: Handler) -> Handler:
    """Let only programs in that may: no page of another site, and beyond loopback with the key."""

    async def checked(request: Request) -> Response:
        is_foreign = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        if is_foreign or not _has_key(request):
            return JSONResponse({"error": "not from here"}, 403)
        try:
            return await handler(request)
        except Refused as refusal:
            return JSONResponse({"error": str(refusal)}, 400)
        except CabinetError as refusal:
            return JSONResponse({"error": refusal.code}, STATUSES.get(refusal.code, 502))

    return checked


def _has_key(request: Request) -> bool:
    if settings.host in LOOPBACK_HOSTS and not settings.trusted_proxy_hops:
        return True
    given = request.headers.get(KEY_HEADER, "")
    return bool(settings.demo_key) and hmac.compare_digest(
        given.encode(), settings.demo_key.encode()
    )


async def fields_of(request: Request, *known: str) -> dict[str, Any]:
    """The fields of a body, all of them known.

    Raises:
        Refused: it is no object, or has a field that nobody knows.
    """
    try:
        raw: object = await request.json() if await request.body() else {}
    except ValueError:
        raise Refused("JSON is expected") from None
    fields = cast("dict[str, Any]", raw) if isinstance(raw, dict) else None
    if fields is None or set(fields) - set(known):
        raise Refused(f"an object with {', '.join(known) or 'nothing in it'} is expected")
    return fields

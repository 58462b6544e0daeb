"""Demo controls under `/_demo`: what a test or a trainer sets up in the cabinet without its pages.

The routes exist in demo mode only. JSON in, JSON out; unknown fields are refused by name.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zdrav29_app.db.engine import in_transaction
from zdrav29_app.demo import people
from zdrav29_app.endpoints import cookies
from zdrav29_app.errors import BadInput
from zdrav29_app.gateways import simulator
from zdrav29_app.services import sign_in
from zdrav29_app.settings import LOOPBACK_HOSTS, settings
from zdrav29_app.values import Proof

Handler = Callable[[Request], Awaitable[Response]]


def _local(handler: Handler) -> Handler:
    """Let only programs of this machine in, and no page of another site."""

    async def checked(request: Request) -> Response:
        is_foreign = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        if is_foreign or settings.host not in LOOPBACK_HOSTS:
            return JSONResponse({"error": "not from here"}, 403)
        return await handler(request)

    return checked


async def open_session(request: Request) -> Response:
    """Sign a person in; answers the cookie. `entered` also completes her first entry."""
    fields = await _fields(request, "person", "entered")
    person = await simulator.fetch_person(settings.esia_url, str(fields.get("person")))
    if fields.get("entered", True):
        await in_transaction(people.enter, person)
    token = await in_transaction(
        sign_in.open_session, person, cookies.browser_of(request), Proof(factors=2)
    )
    return JSONResponse({"name": settings.session_cookie, "value": token}, 201)


async def change_person(request: Request) -> Response:
    """Set what the cabinet knows of a person: `entered`."""
    fields = await _fields(request, "entered")
    person = await simulator.fetch_person(settings.esia_url, request.path_params["oid"])
    use_case = people.enter if fields.get("entered", True) else people.forget_entry
    await in_transaction(use_case, person)
    return Response(status_code=204)


async def _fields(request: Request, *known: str) -> dict[str, Any]:
    try:
        raw: object = await request.json()
    except ValueError:
        raise BadInput from None
    if not isinstance(raw, dict) or set(cast("dict[str, object]", raw)) - set(known):
        raise BadInput
    return cast("dict[str, Any]", raw)


ROUTES = [
    Route("/_demo/sessions", _local(open_session), methods=["POST"]),
    Route("/_demo/people/{oid:str}", _local(change_person), methods=["PUT"]),
]

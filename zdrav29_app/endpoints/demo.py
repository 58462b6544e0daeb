"""Demo controls under `/_demo`: what a test or a trainer sets up in the cabinet without its pages.

The routes exist in demo mode only. JSON in, JSON out; unknown fields are refused by name. Beyond
loopback they ask for the key of the simulator.
"""

import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, cast

from reflex_base.registry import RegistrationContext
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.demo import expectations, people
from zdrav29_app.demo.seed import make_anew
from zdrav29_app.endpoints import cookies
from zdrav29_app.errors import CabinetError, plain_errors
from zdrav29_app.gateways import simulator
from zdrav29_app.identity import Proof
from zdrav29_app.services import sign_in
from zdrav29_app.settings import LOOPBACK_HOSTS, settings
from zdrav29_app.values import OmsNumber, local

Handler = Callable[[Request], Awaitable[Response]]

KEY_HEADER = "X-Sim-Key"
FARTHEST = timedelta(days=3650)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(-?\d{1,6})([smhd])")


class _Refused(ValueError):
    """What was sent makes no sense; the text says why."""


def _guarded(handler: Handler) -> Handler:
    """Let only programs in that may: no page of another site, and beyond loopback with the key."""

    async def checked(request: Request) -> Response:
        is_foreign = request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        if is_foreign or not _has_key(request):
            return JSONResponse({"error": "not from here"}, 403)
        try:
            return await handler(request)
        except _Refused as refusal:
            return JSONResponse({"error": str(refusal)}, 400)
        except CabinetError as refusal:
            status = 404 if refusal.code == "GEN-404" else 502
            return JSONResponse({"error": refusal.code}, status)

    return checked


def _has_key(request: Request) -> bool:
    if settings.host in LOOPBACK_HOSTS:
        return True
    given = request.headers.get(KEY_HEADER, "")
    return bool(settings.demo_key) and hmac.compare_digest(
        given.encode(), settings.demo_key.encode()
    )


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
    """Set what the cabinet knows of a person: `entered`, `clinic`, `policy` (till she signs in)."""
    fields = await _fields(request, "entered", "policy", "clinic")
    person = await simulator.fetch_person(settings.esia_url, request.path_params["oid"])
    if "entered" in fields:
        use_case = people.enter if fields["entered"] else people.forget_entry
        await in_transaction(use_case, person)
    if "policy" in fields:
        await in_transaction(people.set_policy, person, _policy(fields["policy"]))
    if "clinic" in fields:
        clinic = str(fields["clinic"]) if fields["clinic"] else None
        await in_transaction(people.set_clinic, person, clinic)
    return Response(status_code=204)


async def show_clock(_: Request) -> Response:
    """What time it is here."""
    return JSONResponse(_time())


async def move_clock(request: Request) -> Response:
    """Move, set, freeze or reset the clock; exactly one of them."""
    fields = await _fields(request, "advance", "set", "freeze", "reset")
    match list(fields):
        case ["advance"]:
            clock.advance(_span(fields["advance"]))
        case ["set"]:
            clock.advance(_moment(fields["set"]) - clock.now())
        case ["freeze"]:
            (clock.freeze if fields["freeze"] else clock.run)()
        case ["reset"]:
            clock.reset()
        case _:
            raise _Refused("exactly one of advance, set, freeze, reset is expected")
    return JSONResponse(_time())


async def show_expectations(_: Request) -> Response:
    """What is expected, and how often each was met."""
    return JSONResponse({"expectations": [one.as_json() for one in expectations.every()]})


async def add_expectation(request: Request) -> Response:
    """Expect one more thing to go wrong."""
    fields = await _fields(request, "when", "then", "times")
    codes = frozenset(error.code for error in plain_errors())
    try:
        made = expectations.add(fields, codes=codes, endpoints=_acts())
    except ValueError as refusal:
        raise _Refused(str(refusal)) from None
    return JSONResponse(made.as_json(), 201)


async def forget_expectations(request: Request) -> Response:
    """Forget one (`?id=`) or all of them."""
    expectations.forget(request.query_params.get("id", ""))
    return Response(status_code=204)


async def reset(request: Request) -> Response:
    """Make the data of cabinet and simulator as new, while both go on running."""
    await _fields(request)
    clock.reset()
    expectations.forget()
    await simulator.reset(settings.esia_url, settings.demo_key)
    await in_transaction(make_anew, today=local(clock.now()).date())
    return Response(status_code=204)


async def _fields(request: Request, *known: str) -> dict[str, Any]:
    try:
        raw: object = await request.json() if await request.body() else {}
    except ValueError:
        raise _Refused("JSON is expected") from None
    fields = cast("dict[str, Any]", raw) if isinstance(raw, dict) else None
    if fields is None or set(fields) - set(known):
        raise _Refused(f"an object with {', '.join(known) or 'nothing in it'} is expected")
    return fields


def _time() -> dict[str, object]:
    return {
        "now": clock.now().isoformat(),
        "frozen": clock.is_frozen(),
        "moved": clock.is_moved(),
    }


def _span(text: object) -> timedelta:
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    span = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if span is None or abs(span) > FARTHEST:
        raise _Refused("advance: a number with s, m, h or d is expected, like 24h")
    return span


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or abs(moment - clock.now()) > FARTHEST:
        raise _Refused("set: an ISO moment with its offset is expected")
    return moment


def _policy(text: object) -> str | None:
    try:
        return OmsNumber.parse(str(text)).digits if text else None
    except ValueError:
        raise _Refused("policy: sixteen digits with a right last one are expected") from None


def _acts() -> frozenset[str]:
    """Names of all event handlers, like «booking_state.confirm»."""
    names = RegistrationContext.get().event_handlers
    return frozenset(name.rpartition("____")[2] for name in names if "zdrav29_app" in name)


ROUTES = [
    Route("/_demo/sessions", _guarded(open_session), methods=["POST"]),
    Route("/_demo/people/{oid:str}", _guarded(change_person), methods=["PUT"]),
    Route("/_demo/clock", _guarded(show_clock), methods=["GET"]),
    Route("/_demo/clock", _guarded(move_clock), methods=["POST"]),
    Route("/_demo/expectations", _guarded(show_expectations), methods=["GET"]),
    Route("/_demo/expectations", _guarded(add_expectation), methods=["POST"]),
    Route("/_demo/expectations", _guarded(forget_expectations), methods=["DELETE"]),
    Route("/_demo/reset", _guarded(reset), methods=["POST"]),
]

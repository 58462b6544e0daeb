"""Demo controls under `/_demo`: what a test or a trainer sets up in the cabinet without its pages.

The routes exist in demo mode only; who may call them, and with what, is in demo_guard.py.
"""

import re
from datetime import datetime, timedelta
from typing import cast

from reflex_base.registry import RegistrationContext
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zdrav29_app import clock, limits, metrics
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.demo import expectations, history, people, records, together
from zdrav29_app.demo.seed import make_anew
from zdrav29_app.endpoints import cookies
from zdrav29_app.endpoints.demo_guard import Refused, fields_of, guarded
from zdrav29_app.errors import plain_errors
from zdrav29_app.gateways import files, simulator
from zdrav29_app.identity import Proof
from zdrav29_app.services import announcements, sign_in, status
from zdrav29_app.settings import settings
from zdrav29_app.values import OmsNumber, local

KNOWN_OF_A_PERSON = (
    *("entered", "policy", "attachment", "children"),
    *("visits", "referrals", "documents"),
)
MOST_CHILDREN = 20
FARTHEST = timedelta(days=3650)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(-?\d{1,6})([smhd])")


async def open_session(request: Request) -> Response:
    """Sign a person in; answers and sets the cookie. `entered` also completes her first entry."""
    fields = await fields_of(request, "person", "entered")
    person = await simulator.fetch_person(
        settings.esia_url, str(fields.get("person")), key=settings.demo_key
    )
    if fields.get("entered", True):
        await in_transaction(people.enter, person)
    browser = cookies.browser_of(request)
    token = await in_transaction(sign_in.open_session, person, browser, Proof(factors=2))
    await in_transaction(people.provide, person)
    metrics.sign_ins.labels("ok").inc()
    response = JSONResponse({"name": settings.session_cookie, "value": token}, 201)
    cookies.set_session(response, token)
    cookies.set_device(response, browser)
    return response


async def change_person(request: Request) -> Response:
    """Set what the cabinet knows of a person; see KNOWN_OF_A_PERSON.

    `policy` and `children` hold till she signs in again; `documents` is the name of a record that
    clinics send her, once.
    """
    fields = await fields_of(request, *KNOWN_OF_A_PERSON)
    person = await simulator.fetch_person(
        settings.esia_url, request.path_params["oid"], key=settings.demo_key
    )
    if "entered" in fields:
        use_case = people.enter if fields["entered"] else people.forget_entry
        await in_transaction(use_case, person)
    if "policy" in fields:
        await in_transaction(people.set_policy, person, _policy(fields["policy"]))
    if "attachment" in fields:
        clinic = str(fields["attachment"]) if fields["attachment"] else None
        await in_transaction(people.set_clinic, person, clinic)
    if "children" in fields:
        children = [
            await simulator.fetch_person(settings.esia_url, key, key=settings.demo_key)
            for key in _keys(fields["children"])
        ]
        await in_transaction(people.set_children, person, children)
    try:
        await in_transaction(history.change, person, fields)
    except ValueError as refusal:
        raise Refused(str(refusal)) from None
    if "documents" in fields:
        patient_id = await in_transaction(people.known, person)
        await records.deliver(patient_id, _story(fields["documents"]))
    return Response(status_code=204)


async def show_clock(_: Request) -> Response:
    """What time it is here."""
    return JSONResponse(_time())


async def move_clock(request: Request) -> Response:
    """Move, set, freeze or reset the clock; exactly one of them."""
    fields = await fields_of(request, "advance", "set", "freeze", "reset")
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
            raise Refused("exactly one of advance, set, freeze, reset is expected")
    await together.tell()
    return JSONResponse(_time())


async def show_expectations(_: Request) -> Response:
    """What is expected, and how often each was met."""
    return JSONResponse({"expectations": [one.as_json() for one in expectations.every()]})


async def add_expectation(request: Request) -> Response:
    """Expect one more thing to go wrong."""
    fields = await fields_of(request, "when", "then", "times")
    codes = frozenset(error.code for error in plain_errors())
    try:
        made = expectations.add(fields, codes=codes, endpoints=_acts())
    except ValueError as refusal:
        raise Refused(str(refusal)) from None
    await together.tell()
    return JSONResponse(made.as_json(), 201)


async def forget_expectations(request: Request) -> Response:
    """Forget one (`?id=`) or all of them."""
    expectations.forget(request.query_params.get("id", ""))
    await together.tell()
    return Response(status_code=204)


async def reset(request: Request) -> Response:
    """Make the data of cabinet and simulator as new, while both go on running."""
    await fields_of(request)
    clock.reset()
    expectations.forget()
    await together.tell()
    await simulator.reset(settings.esia_url, settings.demo_key)
    await in_transaction(make_anew, today=local(clock.now()).date())
    status.forget()
    for load in (status.load, announcements.load):
        await reading(load)
    await files.clear()
    await limits.forget()
    return Response(status_code=204)


def _keys(body: object) -> list[str]:
    keys = cast("list[object]", body) if isinstance(body, list) else []
    if keys != body or len(keys) > MOST_CHILDREN or not all(isinstance(one, str) for one in keys):
        raise Refused("children: a list of keys of people is expected")
    return [str(one) for one in keys]


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
        raise Refused("advance: a number with s, m, h or d is expected, like 24h")
    return span


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or abs(moment - clock.now()) > FARTHEST:
        raise Refused("set: an ISO moment with its offset is expected")
    return moment


def _story(name: object) -> str:
    known = records.facts()["stories"]
    if name not in known:
        raise Refused(f"documents: one of {', '.join(known)} is expected")
    return str(name)


def _policy(text: object) -> str | None:
    try:
        return OmsNumber.parse(str(text)).digits if text else None
    except ValueError:
        raise Refused("policy: sixteen digits with a right last one are expected") from None


def _acts() -> frozenset[str]:
    """Names of all event handlers, like «booking_state.confirm»."""
    names = RegistrationContext.get().event_handlers
    return frozenset(name.rpartition("____")[2] for name in names if "zdrav29_app" in name)


ROUTES = [
    Route("/_demo/sessions", guarded(open_session), methods=["POST"]),
    Route("/_demo/people/{oid:str}", guarded(change_person), methods=["PUT"]),
    Route("/_demo/clock", guarded(show_clock), methods=["GET"]),
    Route("/_demo/clock", guarded(move_clock), methods=["POST"]),
    Route("/_demo/expectations", guarded(show_expectations), methods=["GET"]),
    Route("/_demo/expectations", guarded(add_expectation), methods=["POST"]),
    Route("/_demo/expectations", guarded(forget_expectations), methods=["DELETE"]),
    Route("/_demo/reset", guarded(reset), methods=["POST"]),
]

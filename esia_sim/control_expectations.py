"""The control calls of expectations: set, list, forget."""

import time
from dataclasses import fields as fields_of
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.control_calls import check_query, checked_fields
from esia_sim.control_gates import check_name
from esia_sim.errors import Code, ControlError
from esia_sim.expectations import (
    ENDPOINTS,
    MESSAGES,
    OAUTH,
    REST,
    USUAL_TTL,
    Delay,
    Expectation,
)
from esia_sim.fields import FieldError, Fields
from esia_sim.gallery import GALLERY
from esia_sim.profiles import PROFILES
from esia_sim.store import World
from esia_sim.wire import world_of

_WHEN: Final = ("endpoint", "person", "client", "nth")
_THEN: Final = ("error", "status", "delay", "drop", "spoil", "hold")
_LONGEST_DELAY: Final = 3600
_MOST_TIMES: Final = 10_000


async def show(request: Request) -> Response:
    """List what is expected, and how often each was consumed."""
    found = world_of(request).expectations.all
    return JSONResponse({"expectations": [as_json(one) for one in found]})


async def add(request: Request) -> Response:
    """Expect one more thing to go wrong."""
    world = world_of(request)
    fields = await checked_fields(request, ("when", "then", "times", "ttl", "profile"))
    if "profile" in fields:
        return _add_profile(world, fields)
    expectation = _read(world, fields)
    world.expectations.add(expectation)
    return JSONResponse(as_json(expectation), 201)


async def verify(request: Request) -> Response:
    """Check that everything expected has happened; 409 lists what has not. For a teardown."""
    await checked_fields(request, ())
    unmet = [as_json(one) for one in world_of(request).expectations.unmet]
    if unmet:
        return JSONResponse({"error": f"{len(unmet)} not met", "unmet": unmet}, 409)
    return JSONResponse({"unmet": []})


async def forget(request: Request) -> Response:
    """Forget one (`?id=`) or all of them."""
    check_query(request, ("id",))
    world_of(request).expectations.forget(request.query_params.get("id"))
    return Response(status_code=204)


def as_json(expectation: Expectation) -> dict[str, object]:
    """Describe an expectation to a control call."""
    facts: dict[str, object] = {
        one.name: getattr(expectation, one.name) for one in fields_of(expectation)
    }
    facts |= {"delay": expectation.delay.as_json() if expectation.delay else None}
    return {
        "id": expectation.id,
        "when": {name: facts[name] for name in _WHEN if facts[name] is not None},
        "then": {name: facts[name] for name in _THEN if facts[name]},
        "profile": expectation.profile,
        "left": expectation.left,
        "consumed": expectation.consumed,
    }


def _add_profile(world: World, fields: Fields) -> Response:
    if any(name in fields for name in ("when", "then", "times", "ttl")):
        raise FieldError("profile: stands alone")
    added = PROFILES[fields.choice("profile", tuple(PROFILES), "")]()
    for one in added:
        world.expectations.add(one)
    return JSONResponse({"expectations": [as_json(one) for one in added]}, 201)


def _read(world: World, fields: Fields) -> Expectation:
    when, then = Fields(fields.get("when"), _WHEN), Fields(fields.get("then"), _THEN)
    given = [name for name in _THEN if name in then]
    if len(given) != 1:
        msg = f"then: exactly one of {', '.join(_THEN)} is expected"
        raise FieldError(msg)
    expectation = Expectation(
        endpoint=when.choice("endpoint", ENDPOINTS, ""),
        person=_person(world, when),
        client=when.optional_text("client", longest=100),
        nth=_whole(when, "nth", most=_MOST_TIMES) if "nth" in when else None,
        left=_whole(fields, "times", most=_MOST_TIMES) if "times" in fields else 1,
    )
    if "ttl" in fields:
        expectation.ends_at = time.monotonic() + _whole(fields, "ttl", most=USUAL_TTL)
    _read_then(expectation, then, given[0])
    return expectation


def _read_then(expectation: Expectation, then: Fields, name: str) -> None:
    is_message = expectation.endpoint in MESSAGES
    if is_message and name not in {"delay", "drop"}:
        msg = "then: a message can be delayed or dropped"
        raise FieldError(msg)
    match name:
        case "error":
            expectation.error = _error(expectation.endpoint, then)
        case "status":
            expectation.status = _whole(then, "status", least=400, most=599)
        case "delay":
            expectation.delay = _delay(then.get("delay"))
        case "hold":
            expectation.hold = check_name(then.text("hold", longest=40))
        case "drop":
            expectation.drop = then.flag("drop", default=True)
        case _:
            if expectation.endpoint != "token":
                msg = "spoil: only tokens can be spoilt"
                raise FieldError(msg)
            expectation.spoil = then.choice("spoil", tuple(GALLERY), "")


def _delay(given: object) -> Delay:
    if isinstance(given, int | float):
        seconds = _seconds("delay", given)
        return Delay(least=seconds, most=seconds)
    delay = Fields(given, ("from", "to", "median", "sigma"))
    if "median" in delay and "from" not in delay and "to" not in delay:
        sigma = _seconds("delay.sigma", delay.get("sigma"), most=3) if "sigma" in delay else 0.5
        return Delay(median=_seconds("delay.median", delay.get("median")), sigma=sigma)
    least = _seconds("delay.from", delay.get("from"))
    most = _seconds("delay.to", delay.get("to"))
    if "sigma" in delay or "median" in delay or least > most:
        raise FieldError("delay: seconds, {from, to} in this order, or {median, sigma}")
    return Delay(least=least, most=most)


def _seconds(name: str, value: object, *, most: float = _LONGEST_DELAY) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
        raise FieldError(f"{name}: a number up to {most} is expected")
    return float(value)


def _error(endpoint: str, then: Fields) -> str:
    if endpoint in REST:
        return then.text("error", longest=20)
    if endpoint not in OAUTH:
        msg = f"error: only for {', '.join((*OAUTH, *REST))}"
        raise FieldError(msg)
    return then.choice("error", tuple(Code), "")


def _person(world: World, when: Fields) -> str | None:
    if "person" not in when:
        return None
    person = world.person(str(when.get("person")))
    if person is None:
        raise ControlError(404, "when.person: nobody has this key or oid")
    return person.key


def _whole(fields: Fields, name: str, *, least: int = 1, most: int) -> int:
    value = fields.get(name)
    if type(value) is not int or not least <= value <= most:
        msg = f"{name}: a whole number from {least} to {most} is expected"
        raise FieldError(msg)
    return value

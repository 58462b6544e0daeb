"""The control calls of expectations: set, list, forget."""

from dataclasses import asdict
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.control_calls import check_query, checked_fields
from esia_sim.errors import Code, ControlError
from esia_sim.expectations import ENDPOINTS, MESSAGES, OAUTH, REST, SPOILS, Expectation
from esia_sim.fields import FieldError, Fields
from esia_sim.store import World
from esia_sim.wire import world_of

_WHEN: Final = ("endpoint", "person", "client", "nth")
_THEN: Final = ("error", "status", "delay", "drop", "spoil")
_LONGEST_DELAY: Final = 3600
_MOST_TIMES: Final = 10_000


async def show(request: Request) -> Response:
    """List what is expected, and how often each was consumed."""
    found = world_of(request).expectations.all
    return JSONResponse({"expectations": [as_json(one) for one in found]})


async def add(request: Request) -> Response:
    """Expect one more thing to go wrong."""
    world = world_of(request)
    fields = await checked_fields(request, ("when", "then", "times"))
    expectation = _read(world, fields)
    world.expectations.add(expectation)
    return JSONResponse(as_json(expectation), 201)


async def forget(request: Request) -> Response:
    """Forget one (`?id=`) or all of them."""
    check_query(request, ("id",))
    world_of(request).expectations.forget(request.query_params.get("id"))
    return Response(status_code=204)


def as_json(expectation: Expectation) -> dict[str, object]:
    """Describe an expectation to a control call."""
    facts = {name: value for name, value in asdict(expectation).items() if value is not None}
    return {
        "id": expectation.id,
        "when": {name: facts[name] for name in _WHEN if name in facts},
        "then": {name: facts[name] for name in _THEN if facts.get(name)},
        "left": expectation.left,
        "consumed": expectation.consumed,
    }


def _read(world: World, fields: Fields) -> Expectation:
    when, then = Fields(fields.get("when"), _WHEN), Fields(fields.get("then"), _THEN)
    given = [name for name in _THEN if name in then]
    if len(given) != 1:
        msg = f"then: exactly one of {', '.join(_THEN)} is expected"
        raise FieldError(msg)
    expectation = Expectation(
        id="",
        endpoint=when.choice("endpoint", ENDPOINTS, ""),
        person=_person(world, when),
        client=when.optional_text("client", longest=100),
        nth=_whole(when, "nth", most=_MOST_TIMES) if "nth" in when else None,
        left=_whole(fields, "times", most=_MOST_TIMES) if "times" in fields else 1,
    )
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
            expectation.delay = float(_whole(then, "delay", most=_LONGEST_DELAY))
        case "drop":
            expectation.drop = then.flag("drop", default=True)
        case _:
            if expectation.endpoint != "token":
                msg = "spoil: only tokens can be spoilt"
                raise FieldError(msg)
            expectation.spoil = then.choice("spoil", SPOILS, "")


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

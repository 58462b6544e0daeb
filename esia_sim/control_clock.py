"""The control calls of the clock: move time and hear what expired by it."""

import re
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import expired
from esia_sim.control_calls import checked_fields
from esia_sim.fields import FieldError, Fields
from esia_sim.following import tell_cabinet
from esia_sim.store import World
from esia_sim.tape import Trail
from esia_sim.wire import world_of

_CHANGES: Final = ("advance", "set", "freeze", "reset")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN: Final = re.compile(r"(-?\d{1,6})([smhd])")
_FARTHEST: Final = timedelta(days=3650)


async def show(request: Request) -> Response:
    """Tell the time of the stand."""
    return JSONResponse(_facts(world_of(request)))


async def change(request: Request) -> Response:
    """Move, set, freeze or reset the clock; exactly one of them. `follow` takes the cabinet along.

    The answer lists what expired by the move.
    """
    world = world_of(request)
    fields = await checked_fields(request, (*_CHANGES, "follow"))
    before = world.clock.now()
    _move(world, fields)
    now = world.clock.now()
    ended = expired.between(world, before, now)
    world.settle()
    world.tape.add("clock", Trail(), before=before.isoformat(), now=now.isoformat())
    if fields.flag("follow", default=False):
        await tell_cabinet(world.config, _change_of_cabinet(fields, now))
    return JSONResponse(_facts(world) | {"expired": ended})


def _change_of_cabinet(fields: Fields, now: datetime) -> dict[str, object]:
    if "freeze" in fields or "reset" in fields:
        return {name: fields.get(name) for name in _CHANGES if name in fields}
    return {"set": now.isoformat()}


def _move(world: World, fields: Fields) -> None:
    given = [name for name in _CHANGES if name in fields]
    match given:
        case ["advance"]:
            world.clock.advance(read_span("advance", fields.text("advance", longest=8)))
        case ["set"]:
            world.clock.set(_moment(world, fields.text("set", longest=40)))
        case ["freeze"]:
            (world.clock.freeze if fields.flag("freeze", default=True) else world.clock.run)()
        case ["reset"]:
            world.clock.reset()
        case _:
            msg = "exactly one of advance, set, freeze, reset is expected"
            raise FieldError(msg)


def read_span(name: str, text: str) -> timedelta:
    """Read a span like `24h`.

    Raises:
        FieldError: it is not one; the text names the field.
    """
    found = _SPAN.fullmatch(text)
    span = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if span is None or abs(span) > _FARTHEST:
        msg = f"{name}: a number with s, m, h or d is expected, like 24h, at most ten years"
        raise FieldError(msg)
    return span


def _moment(world: World, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or abs(moment - world.clock.now()) > _FARTHEST:
        msg = "set: an ISO moment with its offset is expected, like 2026-11-24T09:00:00+03:00"
        raise FieldError(msg)
    return moment


def _facts(world: World) -> dict[str, object]:
    clock = world.clock
    return {"now": clock.now().isoformat(), "frozen": clock.is_frozen, "moved": clock.is_moved}

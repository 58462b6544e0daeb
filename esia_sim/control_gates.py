"""The control calls of gates: see who waits, let them go on, drop them."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.control_calls import check_query, checked_fields, query_number
from esia_sim.fields import FieldError
from esia_sim.gates import LONGEST_SECONDS, Gate
from esia_sim.wire import world_of

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MOST_WAITING: Final = 1000


def check_name(name: str) -> str:
    """Return the name of a gate.

    Raises:
        FieldError: it is not one.
    """
    if not _NAME.fullmatch(name):
        raise FieldError("gate: a name of at most 40 Latin letters, digits, - and _ is expected")
    return name


async def show(request: Request) -> Response:
    """Count the requests at a gate, waiting up to `wait` seconds until there are `count`."""
    check_query(request, ("count", "wait"))
    gate = _gate(request)
    count = int(query_number(request, "count", most=_MOST_WAITING, usual="1"))
    await gate.wait_for(count, query_number(request, "wait", most=LONGEST_SECONDS))
    return JSONResponse(_facts(request, gate))


async def release(request: Request) -> Response:
    """Let all requests at a gate go on."""
    return await _open(request, lets_through=True)


async def drop(request: Request) -> Response:
    """Close the connections of all requests at a gate, without an answer."""
    return await _open(request, lets_through=False)


async def _open(request: Request, *, lets_through: bool) -> Response:
    await checked_fields(request, ())
    gate = _gate(request)
    gone = gate.open(lets_through=lets_through)
    return JSONResponse(_facts(request, gate) | {"gone": gone})


def _gate(request: Request) -> Gate:
    return world_of(request).gates.at(check_name(request.path_params["gate"]))


def _facts(request: Request, gate: Gate) -> dict[str, object]:
    return {"name": request.path_params["gate"], "waiting": gate.waiting, "held": gate.held}

"""The control calls of worlds: make one for a worker, list them, end one."""

from typing import Final, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.control_calls import check_query, checked_fields
from esia_sim.control_clock import read_span
from esia_sim.errors import ControlError
from esia_sim.fields import FieldError, Fields
from esia_sim.worlds import LONGEST_TTL, USUAL_TTL, Worlds

_LONGEST_SEED: Final = 100


async def show(request: Request) -> Response:
    """List the worlds beside the first one."""
    check_query(request, ())
    return JSONResponse({"worlds": [place.as_json() for place in _worlds(request)]})


async def add(request: Request) -> Response:
    """Make a world with its own people, clients, keys, clock, messages, tape and expectations."""
    fields = await checked_fields(request, ("seed", "ttl"))
    place = _worlds(request).add(seed=_seed(fields), ttl=_ttl(fields))
    return JSONResponse(place.as_json(), 201)


async def remove(request: Request) -> Response:
    """End a world."""
    if not _worlds(request).remove(request.path_params["world"]):
        raise ControlError(404, "there is no such world, or its time is over")
    return Response(status_code=204)


def _worlds(request: Request) -> Worlds:
    return cast("Worlds", request.app.state.worlds)


def _seed(fields: Fields) -> str | None:
    seed = fields.get("seed")
    if seed is None:
        return None
    if type(seed) is int and abs(seed) < 2**63:
        return str(seed)
    if isinstance(seed, str) and 0 < len(seed) <= _LONGEST_SEED and seed.isascii():
        return seed
    raise FieldError(f"seed: a number, or a text of at most {_LONGEST_SEED} Latin characters")


def _ttl(fields: Fields) -> int:
    ttl = fields.get("ttl") if "ttl" in fields else USUAL_TTL
    seconds = int(read_span("ttl", ttl).total_seconds()) if isinstance(ttl, str) else ttl
    if type(seconds) is not int or not 0 < seconds <= LONGEST_TTL:
        raise FieldError("ttl: seconds, or a number with s, m or h like 30m, at most 24h")
    return seconds

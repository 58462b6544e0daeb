"""What control calls share: the key that guards them, JSON in, refusals by name."""

import functools
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Collection
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from esia_sim.errors import ControlError
from esia_sim.fields import FieldError, Fields
from esia_sim.people import Person
from esia_sim.wire import world_of

Handler = Callable[[Request], Awaitable[Response]]
_KEY_HEADER: Final = "X-Sim-Key"
COOKIE: Final = "esia_desk"
_LONGEST_NUMBER: Final = 20


def guarded(handler: Handler) -> Handler:
    """Let a handler be reached only by who may control the stand."""

    @functools.wraps(handler)
    async def checked(request: Request) -> Response:
        _check_caller(request)
        try:
            return await handler(request)
        except FieldError as error:
            raise ControlError(400, str(error)) from error

    return checked


async def checked_fields(request: Request, known: Collection[str]) -> Fields:
    """Read the JSON object of a call; an empty body counts as an empty object.

    Raises:
        ControlError: it is not JSON.
        FieldError: it has unknown fields.
    """
    body = await request.body()
    if not body:
        return Fields({}, known)
    # A page of another site may post text without asking first, but not JSON.
    if request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
        raise ControlError(415, "Content-Type: application/json is expected")
    try:
        raw: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ControlError(400, "the body is not JSON") from error
    return Fields(raw, known)


def check_query(request: Request, known: Collection[str]) -> None:
    """Refuse unknown parameters by name.

    Raises:
        FieldError: there are some.
    """
    Fields(dict(request.query_params), known)


def query_number(request: Request, name: str, *, most: float, usual: str = "0") -> float:
    """Read a number of the query.

    Raises:
        FieldError: it is not one, or too large.
    """
    text = request.query_params.get(name, usual)
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > _LONGEST_NUMBER:
        msg = f"{name}: a number is expected"
        raise FieldError(msg)
    number = float(text)
    if number > most:
        msg = f"{name}: at most {most:.0f}"
        raise FieldError(msg)
    return number


def find_person(request: Request) -> Person:
    """Return the person that the address names by key or oid.

    Raises:
        ControlError: nobody is named so.
    """
    person = world_of(request).person(request.path_params["person"])
    if person is None:
        raise ControlError(404, "nobody has this key or oid")
    return person


def guarded_page(request: Request) -> bool:
    """Tell whether a browser may open the desk: by loopback, or by the cookie of the key."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method != "GET":
        return False
    config = world_of(request).config
    if config.is_loopback:
        return True
    wanted = hashlib.sha256((config.control_key or "").encode()).hexdigest()
    given = request.cookies.get(config.cookie(COOKIE), "")
    return hmac.compare_digest(given.encode(), wanted.encode())


def _check_caller(request: Request) -> None:
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ControlError(403, "not from another site")
    config = world_of(request).config
    if config.is_loopback:
        return
    given = request.headers.get(_KEY_HEADER, "")
    if not hmac.compare_digest(given.encode(), (config.control_key or "").encode()):
        raise ControlError(403, f"the header {_KEY_HEADER} is needed")

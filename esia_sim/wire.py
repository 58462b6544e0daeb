"""What comes in over HTTP: parameters of query and form, the world of the request."""

from collections import Counter
from typing import cast
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from esia_sim.adapter import EsiaServer
from esia_sim.errors import Code, EsiaError
from esia_sim.store import World
from esia_sim.versions import Version

_MOST_FIELDS = 100
_URLENCODED = "application/x-www-form-urlencoded"


def world_of(request: Request) -> World:
    """Return the world that the request is about, with everything done that is due by now."""
    world = cast("World", request.app.state.world)
    world.settle()
    return world


def server_of(request: Request) -> EsiaServer:
    """Return Authlib's server of that world."""
    return cast("EsiaServer", request.app.state.server)


def request_id(request: Request) -> str:
    """Return what support can find a request by in the log; drawn when it is first asked for."""
    state = request.state
    if not hasattr(state, "request_id"):
        state.request_id = world_of(request).request_ids.hexadecimal(4)
    return cast("str", state.request_id)


def version_of(request: Request) -> Version:
    """Return the version of the protocol that an address of `/aas/oauth2` speaks."""
    path = request.url.path
    return Version.V2 if path.startswith(("/aas/oauth2/v2/", "/aas/oauth2/v3/")) else Version.V1


def way_back(error: EsiaError, redirect_uri: str, state: str | None) -> RedirectResponse:
    """Send the browser back to the client with a refusal, in the order in which ESIA says it."""
    facts = {"error_description": error.description}
    if state:
        facts["state"] = state
    facts["error"] = error.error
    separator = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{separator}{urlencode(facts)}", 302)


async def read_form(request: Request) -> list[tuple[str, str]]:
    """Return the form's texts; uploaded files are not asked for anywhere and are left out."""
    if request.method != "POST":
        return []
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _URLENCODED:
        said = _urlencoded(await request.body())
    else:
        form = await request.form(max_fields=_MOST_FIELDS, max_files=0)
        said = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    request.state.form = said  # for the tape
    return said


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    # the parser of uploads is for bodies that come in pieces; this one has all of it
    try:
        return parse_qsl(
            body.decode("latin-1"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise HTTPException(400, "too many fields") from error


class Params(dict[str, str]):
    """Parameters of query and form together; empty ones count as absent."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        """Take the pairs, remembering which names came more than once."""
        given = [(name, value) for name, value in pairs if value]
        super().__init__(given)
        self.repeated = frozenset(
            name for name, count in Counter(name for name, _ in given).items() if count > 1
        )

    def require_one(self, *names: str) -> None:
        """Check that each of these is there, exactly once.

        Raises:
            EsiaError: ESIA-007014 with the missing names, or ESIA-007003.
        """
        missing = tuple(name for name in names if name not in self)
        if missing:
            raise EsiaError(Code.MISSING, names=missing)
        if not self.repeated.isdisjoint(names):
            raise EsiaError(Code.WRONG_PARAMETER)


async def read_params(request: Request) -> Params:
    """Read what a client system asks; it may use the query, the form, or both."""
    params = Params([*request.query_params.multi_items(), *await read_form(request)])
    request.state.params = params  # for whoever explains a refusal
    return params

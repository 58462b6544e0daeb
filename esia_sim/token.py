"""`/aas/oauth2/te`, `/v3/te`: a code or a refresh token becomes tokens.

Lenient as ESIA is: `scope` may differ from the authorization request or be absent, parameters
may stand in the query, junk parameters do no harm. Source: esia-protocol.md §3.1.
"""

import json
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.adapter import EsiaServer
from esia_sim.client_auth import HASH, check_client
from esia_sim.errors import EsiaError
from esia_sim.expectations import Expectation, meet
from esia_sim.grants import CodeGrant, RefreshGrant, SystemGrant
from esia_sim.spoil import spoil
from esia_sim.store import World
from esia_sim.versions import Version
from esia_sim.wire import Params, read_params, server_of, version_of, world_of

_ALWAYS: Final = ("client_id", "client_secret", "grant_type", "state", "timestamp")
_OF_GRANT: Final = {
    "authorization_code": ("code", "redirect_uri"),
    "refresh_token": ("refresh_token",),
}


def make_server(world: World) -> EsiaServer:
    """Set up Authlib's server: our three grants, clients proved by their signature."""
    server = EsiaServer(world, check_client)
    server.register_grant(CodeGrant)
    server.register_grant(RefreshGrant)
    server.register_grant(SystemGrant)
    return server


async def exchange(request: Request) -> Response:
    """Answer a token request."""
    world, params = world_of(request), await read_params(request)
    version = version_of(request)
    try:
        expected = await meet(
            world, "token", person=_whose(world, params), client=params.get("client_id")
        )
        _check_complete(world, params, version)
        answer = server_of(request).exchange(dict(params), version)
    except EsiaError as error:
        error.state = params.get("state")
        error.redirect_uri = None
        raise
    return spoilt(world, answer, expected)


def spoilt(world: World, answer: Response, expected: Expectation | None) -> Response:
    """Return the answer, its tokens spoilt if that is expected."""
    if expected and expected.spoil and answer.status_code == HTTPStatus.OK:
        return JSONResponse(spoil(world, json.loads(bytes(answer.body)), expected.spoil))
    return answer


def _whose(world: World, params: Params) -> str | None:
    code, refresh = params.get("code"), params.get("refresh_token")
    grant = world.codes.get(code) or world.refreshes.get(refresh)
    return grant.person_key if grant else None


def _check_complete(world: World, params: Params, version: Version) -> None:
    params.require_one(*_ALWAYS)
    params.require_one(*_OF_GRANT.get(params["grant_type"], ()))
    client = world.clients.get(params["client_id"])
    # one of the clients that work with ESIA leaves the hash out when it refreshes
    named = version is Version.V1 or params["grant_type"] == "refresh_token"
    if client and client.strict and not named:
        params.require_one(HASH)

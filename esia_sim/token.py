"""`/aas/oauth2/te`: a code or a refresh token becomes tokens.

Lenient as ESIA v1 is: `scope` may differ from the authorization request or be absent, parameters
may stand in the query, junk parameters do no harm. Source: esia-protocol.md §3.1.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from esia_sim.adapter import EsiaServer
from esia_sim.client_auth import check_client
from esia_sim.errors import EsiaError
from esia_sim.grants import CodeGrant, RefreshGrant
from esia_sim.store import World
from esia_sim.wire import Params, read_params, server_of

_ALWAYS: Final = ("client_id", "client_secret", "grant_type", "state", "timestamp")
_OF_GRANT: Final = {
    "authorization_code": ("code", "redirect_uri"),
    "refresh_token": ("refresh_token",),
}


def make_server(world: World) -> EsiaServer:
    """Set up Authlib's server: our two grants, clients proved by their signature."""
    server = EsiaServer(world, check_client)
    server.register_grant(CodeGrant)
    server.register_grant(RefreshGrant)
    return server


async def exchange(request: Request) -> Response:
    """Answer a token request."""
    params = await read_params(request)
    try:
        _check_complete(params)
        return server_of(request).exchange(dict(params))
    except EsiaError as error:
        error.state = params.get("state")
        error.redirect_uri = None
        raise


def _check_complete(params: Params) -> None:
    params.require_one(*_ALWAYS)
    params.require_one(*_OF_GRANT.get(params["grant_type"], ()))

"""What clients of kind `oidc` ask about tokens they hold: revocation and introspection.

Sources: RFC 7009 §2, RFC 7662 §2. A token of another client counts as unknown.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.clients import Client
from esia_sim.grant import Grant
from esia_sim.oidc_client import proved
from esia_sim.signing import TokenError
from esia_sim.store import World
from esia_sim.wire import read_params, world_of

_MOST: Final = 1000


def remember(world: World, client: Client, code: str, answer: dict[str, str]) -> None:
    """Note what a client exchanged a code for: access and refresh token."""
    tokens = answer["access_token"], answer.get("refresh_token", "")
    world.exchanged[client.client_id, code] = tokens
    if len(world.exchanged) > _MOST:
        del world.exchanged[next(iter(world.exchanged))]


def revoke_of(world: World, client: Client, code: str) -> None:
    """Take back what a client's code was exchanged for: it shows it again (RFC 6749 §4.1.2)."""
    if (client.client_id, code) in world.exchanged:
        access, refresh = world.exchanged[client.client_id, code]
        world.revoked.add(access)
        world.refreshes.take(refresh)


async def revoke(request: Request) -> Response:
    """Let a token open nothing more; of one that is unknown nothing is said."""
    world, client, token, grant = await _asked(request)
    if grant:
        world.refreshes.take(token)
    elif _claims(world, client, token):
        world.revoked.add(token)
    return Response(status_code=200)


async def introspect(request: Request) -> Response:
    """Say whether a token is good now, and what it is about."""
    world, client, token, grant = await _asked(request)
    if grant:
        person = world.people.get(grant.person_key)
        subject = {"sub": str(person.oid)} if person else {}
        facts = {"client_id": client.client_id, "token_type": "refresh_token"}
        return JSONResponse({"active": True, "scope": grant.scope, **facts, **subject})
    return JSONResponse(_claims(world, client, token) or {"active": False})


async def _asked(request: Request) -> tuple[World, Client, str, Grant | None]:
    """The client, the token it asks about, and the grant if that is a refresh token of its own."""
    world, params = world_of(request), await read_params(request)
    client = proved(world, request, params)
    params.require_one("token")
    grant = world.refreshes.get(params["token"])
    own = grant if grant and grant.client_id == client.client_id else None
    return world, client, params["token"], own


def _claims(world: World, client: Client, token: str) -> dict[str, object]:
    try:
        claims = world.keys.read("access", token)
    except TokenError:
        return {}
    expires, now = claims.get("exp"), world.clock.now().timestamp()
    is_live = isinstance(expires, int) and expires > now and token not in world.revoked
    if claims.get("client_id") != client.client_id or not is_live:
        return {}
    names = ("scope", "client_id", "exp", "iat", "nbf", "iss")
    about = {name: claims[name] for name in names if name in claims}
    return {"active": True, "token_type": "Bearer", "sub": str(claims["urn:esia:sbj_id"]), **about}

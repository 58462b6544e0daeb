"""What clients of kind `oidc` ask about tokens they hold: revocation and introspection.

Sources: RFC 7009 §2, RFC 7662 §2. A token of another client counts as unknown.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim.clients import Client
from esia_sim.oidc_client import proved
from esia_sim.signing import TokenError
from esia_sim.store import World
from esia_sim.wire import read_params, world_of

_MOST: Final = 1000


def remember(world: World, code: str, answer: dict[str, str]) -> None:
    """Note what a code was exchanged for: access and refresh token."""
    world.exchanged[code] = answer["access_token"], answer.get("refresh_token", "")
    if len(world.exchanged) > _MOST:
        del world.exchanged[next(iter(world.exchanged))]


def revoke_of(world: World, code: str) -> None:
    """Take back what a code was exchanged for: it is shown again (RFC 6749 §4.1.2)."""
    if code in world.exchanged:
        access, refresh = world.exchanged[code]
        world.revoked.add(access)
        world.refreshes.take(refresh)


async def revoke(request: Request) -> Response:
    """Let a token open nothing more; of one that is unknown nothing is said."""
    world, params = world_of(request), await read_params(request)
    client = proved(world, request, params)
    params.require_one("token")
    token = params["token"]
    grant = world.refreshes.get(token)
    if grant and grant.client_id == client.client_id:
        world.refreshes.take(token)
    elif _claims(world, client, token):
        world.revoked.add(token)
    return Response(status_code=200)


async def introspect(request: Request) -> Response:
    """Say whether a token is good now, and what it is about."""
    world, params = world_of(request), await read_params(request)
    client = proved(world, request, params)
    params.require_one("token")
    token = params["token"]
    grant = world.refreshes.get(token)
    if grant and grant.client_id == client.client_id:
        person = world.people.get(grant.person_key)
        subject = {"sub": str(person.oid)} if person else {}
        facts = {"client_id": client.client_id, "token_type": "refresh_token"}
        return JSONResponse({"active": True, "scope": grant.scope, **facts, **subject})
    return JSONResponse(_claims(world, client, token) or {"active": False})


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

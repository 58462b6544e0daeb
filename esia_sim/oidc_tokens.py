"""What clients of kind `oidc` ask about tokens they hold: revocation and introspection.

Sources: RFC 7009 §2, RFC 7662 §2. A token of another client counts as unknown.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import bearer
from esia_sim.clients import Client
from esia_sim.grant import Grant
from esia_sim.oidc_client import proved
from esia_sim.records import Exchanged
from esia_sim.signing import TokenError
from esia_sim.store import World
from esia_sim.wire import read_params, world_of


def remember(world: World, client: Client, code: str, answer: Mapping[str, str]) -> None:
    """Note what a client exchanged a code for, while the code would be good."""
    exchanged = Exchanged(
        access_token=answer["access_token"],
        access_ends_at=world.after(int(answer["expires_in"])),
        refresh_token=answer.get("refresh_token", ""),
        expires_at=world.after(world.config.limits.code_seconds),
    )
    world.exchanged.put(f"{client.client_id} {code}", exchanged)


def revoke_of(world: World, client: Client, code: str) -> None:
    """Take back what a client's code was exchanged for: it shows it again (RFC 6749 §4.1.2)."""
    if exchanged := world.exchanged.get(f"{client.client_id} {code}"):
        bearer.revoke(world, exchanged.access_token, exchanged.access_ends_at)
        world.refreshes.take(exchanged.refresh_token)


async def revoke(request: Request) -> Response:
    """Let a token open nothing more; of one that is unknown nothing is said."""
    world, client, token, grant = await _asked(request)
    if grant:
        world.refreshes.take(token)
    elif claims := _claims(world, client, token):
        ends = datetime.fromtimestamp(cast("int", claims["exp"]), UTC)
        bearer.revoke(world, token, ends)
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
    is_live = isinstance(expires, int) and expires > now and not bearer.is_revoked(world, token)
    if claims.get("client_id") != client.client_id or not is_live:
        return {}
    names = ("scope", "client_id", "exp", "iat", "nbf", "iss")
    about = {name: claims[name] for name in names if name in claims}
    return {"active": True, "token_type": "Bearer", "sub": str(claims["urn:esia:sbj_id"]), **about}

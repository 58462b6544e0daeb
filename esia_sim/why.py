"""Why a request was refused: the rule, what was expected, what came. Never on a faithful stand.

Worked out after the refusal, from the request and the world, so that the checks stay short.
"""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request

from esia_sim import scopes, signature_hints, why_texts
from esia_sim.clients import Client, Kind
from esia_sim.errors import Code, EsiaError, RestError
from esia_sim.store import World
from esia_sim.why_texts import RULES
from esia_sim.wire import version_of, world_of

Why = dict[str, object]
Params = Mapping[str, str]
_LONGEST: Final = 300


def explain(request: Request, error: Exception) -> Why | None:
    """Explain a refusal; None on a faithful stand, or when there is nothing to say."""
    world = world_of(request)
    if world.config.faithful:
        return None
    notes: list[str] = getattr(error, "__notes__", [])
    if notes and isinstance(error, EsiaError | RestError):
        return {"code": error.code, "rule": why_texts.expected_by_test(notes[0])}
    if isinstance(error, RestError):
        return {"code": error.code, "rule": RULES.get(error.code, why_texts.OTHER_RULE)}
    if not isinstance(error, EsiaError):
        return None
    params: Params = getattr(request.state, "params", {})
    rule = RULES[error.code]
    if error.code is Code.MISSING:
        return {
            "code": error.code,
            "rule": rule,
            "expected": list(error.names),
            "received": sorted(params),
        }
    details = _DETAILS.get(error.code)
    return {"code": error.code, "rule": rule} | (details(world, params, request) if details else {})


def _response_type(_: World, params: Params, __: Request) -> Why:
    return {"expected": "code", "received": _short(params.get("response_type"))}


def _return_address(world: World, params: Params, _: Request) -> Why:
    client = world.clients.get(params.get("client_id", ""))
    known = [*client.redirect_domains, *client.redirect_uris] if client else []
    address = params.get("redirect_uri", "").partition("?")[0]
    return {"expected": known, "received": _short(address)}


def _unknown_scope(_: World, params: Params, __: Request) -> Why:
    asked = params.get("scope", "").split()
    unknown = [name for name in asked if scopes.bare(name) not in scopes.TITLES]
    return {"expected": sorted(scopes.TITLES), "received": unknown or asked}


def _foreign_scope(world: World, params: Params, _: Request) -> Why:
    client = world.clients.get(params.get("client_id", ""))
    granted = client.scopes if client else frozenset[str]()
    asked = f"{params.get('scope', '')} {params.get('scope_org', '')}".split()
    return {
        "expected": sorted(granted),
        "received": [name for name in asked if scopes.bare(name) not in granted],
    }


def _time(world: World, params: Params, _: Request) -> Why:
    skew = world.config.limits.request_skew_seconds
    now = world.clock.now().strftime("%Y.%m.%d %H:%M:%S +0000")
    return {"expected": f"{now}, ±{skew} с", "received": _short(params.get("timestamp"))}


def _client(world: World, params: Params, request: Request) -> Why:
    name = params.get("client_id", "")
    client = world.clients.get(name)
    if client is None:
        return {"expected": sorted(world.clients), "received": _short(name)}
    if client.kind is not Kind.ESIA and request.url.path.startswith("/aas/"):
        return {"expected": why_texts.WANTS_ESIA, "received": client.kind}
    return _signature(world, client, params, request)


def _signature(world: World, client: Client, params: Params, request: Request) -> Why:
    if not client.certificates or "timestamp" not in params:
        return {}
    version = version_of(request)
    now = world.clock.now()
    return {
        "signed": signature_hints.signed_text(client, params, version),
        "hints": signature_hints.hints(client, params, version, now),
    }


def _grant(world: World, params: Params, _: Request) -> Why:
    kind = params.get("grant_type", "")
    shelf, name = (
        (world.refreshes, "refresh_token") if kind == "refresh_token" else (world.codes, "code")
    )
    grant = shelf.get(params.get(name))
    if grant and grant.client_id != params.get("client_id"):
        return why_texts.foreign_grant(name, grant.client_id)
    if shelf.is_dead(params.get(name, "")):
        return why_texts.over_grant(name)
    return why_texts.unknown_grant(name)


def _short(text: str | None) -> str | None:
    return text[:_LONGEST] if text else text


_DETAILS: Final[dict[Code, Callable[[World, Params, Request], Why]]] = {
    Code.RESPONSE_TYPE: _response_type,
    Code.REDIRECT_URI: _return_address,
    Code.UNKNOWN_SCOPE: _unknown_scope,
    Code.SCOPE_NOT_ALLOWED: _foreign_scope,
    Code.WRONG_TIME: _time,
    Code.CLIENT_REFUSED: _client,
    Code.WRONG_SECRET: _client,
    Code.BAD_GRANT: _grant,
}

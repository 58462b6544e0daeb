"""Why a request was refused: the rule, what was expected, what came. Never on a faithful stand.

Worked out after the refusal, from the request and the world, so that the checks stay short.
"""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request

from esia_sim import scopes, signature_hints
from esia_sim.clients import Client, Kind
from esia_sim.errors import Code, EsiaError, RestError
from esia_sim.esia_codes import ANSWERS
from esia_sim.store import World
from esia_sim.wire import version_of, world_of

Why = dict[str, object]
Params = Mapping[str, str]
_LONGEST: Final = 300
_RULES: Final[dict[str, str]] = {
    Code.MISSING: "every obligatory parameter stands in the request exactly once",
    Code.WRONG_PARAMETER: "parameters come once, with one of their known values",
    Code.RESPONSE_TYPE: "response_type is code",
    Code.REDIRECT_URI: "the host of redirect_uri is registered for the client",
    Code.UNKNOWN_SCOPE: "every scope exists",
    Code.SCOPE_NOT_ALLOWED: "the client asks only for scopes that it was granted",
    Code.WRONG_TIME: "timestamp is near the clock of the stand",
    Code.CLIENT_REFUSED: "the client is registered and signed the request",
    Code.WRONG_SECRET: "the client signed the request with the certificate that it names",
    Code.NO_CERTIFICATE: "a certificate is registered for the client",
    Code.BAD_GRANT: "a code or refresh token works once, in its time, for its own client",
    Code.GRANT_TYPE: "grant_type is one of the known ones",
    Code.WRONG_VERIFIER: "code_verifier answers the code_challenge of the authorization request",
    Code.NO_CHALLENGE: "code_verifier comes only after a code_challenge",
    Code.UNCONFIRMED: "person_filter=conf_acc lets in confirmed accounts only",
    Code.DENIED: "the person allows it",
    "ESIA-005011": "the access token was signed by this stand for this purpose",
    "ESIA-005013": "the access token is in its time, by the clock of the stand",
    "ESIA-005029": "the token belongs to the person whose data are asked for",
}


def explain(request: Request, error: Exception) -> Why | None:
    """Explain a refusal; None on a faithful stand, or when there is nothing to say."""
    world = world_of(request)
    if world.config.faithful:
        return None
    notes: list[str] = getattr(error, "__notes__", [])
    if notes and isinstance(error, EsiaError | RestError):
        return {"code": error.code, "rule": f"an expectation of the test bench, {notes[0]}"}
    if isinstance(error, RestError):
        return {"code": error.code, "rule": _RULES.get(error.code, error.message)}
    if not isinstance(error, EsiaError):
        return None
    params: Params = getattr(request.state, "params", {})
    rule = _RULES.get(error.code, ANSWERS[error.code].text)
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
    return {"expected": f"{now}, ±{skew} s", "received": _short(params.get("timestamp"))}


def _client(world: World, params: Params, request: Request) -> Why:
    name = params.get("client_id", "")
    client = world.clients.get(name)
    if client is None:
        return {"expected": sorted(world.clients), "received": _short(name)}
    if client.kind is not Kind.ESIA and request.url.path.startswith("/aas/"):
        return {"expected": "a client of kind esia", "received": client.kind}
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
        return {"expected": f"a {name} of this client", "received": f"one of {grant.client_id}"}
    if shelf.is_dead(params.get(name, "")):
        return {"expected": f"a {name} in its time", "received": f"a {name} that has expired"}
    return {
        "expected": f"a {name} that was given and not used",
        "received": f"a {name} that was used, or never given by this world",
    }


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

"""OpenID Connect for clients of kind `oidc`: an extension of ours, absent from a faithful stand.

Discovery, JWKS, and three endpoints of their own, so that nothing of ESIA's paths changes.
"""

import json
from typing import Final
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, oidc_claims, oidc_tokens, pkce
from esia_sim.authorize import go_on, start_attempt
from esia_sim.authorize_checks import check_return_address, check_scopes
from esia_sim.bearer import read_bearer
from esia_sim.clients import Client, Kind, TokenAlg
from esia_sim.control_calls import Handler
from esia_sim.errors import Code, EsiaError, PageError, Reason, RestError
from esia_sim.expectations import meet
from esia_sim.oidc_client import proved
from esia_sim.records import Session
from esia_sim.store import World
from esia_sim.token import spoilt
from esia_sim.wire import Params, read_params, server_of, world_of

_AC, _TE, _USER, _KEYS = "/oidc/authorize", "/oidc/token", "/oidc/userinfo", "/oidc/jwks"
_REVOKE, _INTROSPECT = "/oidc/revoke", "/oidc/introspect"
_KEPT: Final = (
    "client_id", "redirect_uri", "state", "response_type", "nonce", pkce.CHALLENGE, pkce.METHOD,
)  # fmt: skip


async def discover(request: Request) -> Response:
    """Describe the endpoints, as OpenID Connect Discovery has it."""
    base = world_of(request).config.base_url
    return JSONResponse(
        {
            "issuer": base,
            "authorization_endpoint": base + _AC,
            "token_endpoint": base + _TE,
            "userinfo_endpoint": base + _USER,
            "jwks_uri": base + _KEYS,
            "revocation_endpoint": base + _REVOKE,
            "introspection_endpoint": base + _INTROSPECT,
            "end_session_endpoint": f"{base}/idp/ext/Logout",
            "scopes_supported": ["openid", *oidc_claims.SCOPES],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [TokenAlg.RS256],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login"],
        }
    )


async def list_keys(request: Request) -> Response:
    """Publish the RSA keys that tokens may be signed with now."""
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - few clients ask, every start would wait

    keys = [
        {**RSAKey.import_key(key.private.public_key()).as_dict(), "kid": key.id}
        | {"use": "sig", "alg": key.alg}
        for key in world_of(request).keys.published(TokenAlg.RS256)
        if isinstance(key.private, rsa.RSAPrivateKey)
    ]
    return JSONResponse({"keys": keys})


async def authorize(request: Request) -> Response:
    """Check the request and lead the person to the next page."""
    world, params = world_of(request), await read_params(request)
    client = check_return_address(world, params)
    if client.kind is not Kind.OIDC:
        raise EsiaError(Code.CLIENT_REFUSED)
    prompts = params.get("prompt", "").split()
    session = None if "login" in prompts else _young_enough(world, request, params)
    try:
        await meet(
            world,
            "authorize",
            person=session.person_key if session else None,
            client=client.client_id,
        )
        params["scope"] = oidc_claims.translate(params.get("scope", ""))
        _check(world, client, params)
    except EsiaError as error:
        error.redirect_uri, error.state = params["redirect_uri"], params.get("state")
        raise
    asked = {name: params[name] for name in (*_KEPT, "scope") if name in params}
    asked["access_type"] = "offline"
    attempt = start_attempt(world, asked)
    response = go_on(request, attempt, session)
    if "none" in prompts and not _leads_back(response, params):
        return _not_without_the_person(params, is_signed_in=session is not None)
    browser.remember_attempt(world, response, attempt)
    return response


async def exchange(request: Request) -> Response:
    """Answer a token request of a client that proves itself by its secret."""
    world, params = world_of(request), await read_params(request)
    client = proved(world, request, params)
    params["client_id"] = client.client_id
    params.require_one("grant_type")
    grant = world.codes.get(params.get("code")) or world.refreshes.get(params.get("refresh_token"))
    person = grant.person_key if grant else None
    expected = await meet(world, "token", person=person, client=client.client_id)
    code = params.get("code", "")
    if by_code := params["grant_type"] == "authorization_code":
        params.require_one("code", "redirect_uri")
        oidc_tokens.revoke_of(world, client, code)
    answer = spoilt(world, server_of(request).exchange_proved(dict(params), client), expected)
    if by_code:
        oidc_tokens.remember(world, client, code, json.loads(bytes(answer.body)))
    return answer


async def show_user(request: Request) -> Response:
    """Describe the person of an access token."""
    world = world_of(request)
    bearer = read_bearer(world, request.headers.get("Authorization", ""))
    person = world.person(str(bearer.oid))
    if person is None:
        raise RestError(401, "ESIA-005011", "SecurityErrorEnum.invalidToken")
    return JSONResponse(oidc_claims.userinfo(person, bearer.scopes))


def _young_enough(world: World, request: Request, params: Params) -> Session | None:
    """The session of the browser, unless the client wants a younger one (`max_age`, seconds)."""
    session, most = browser.session_of(request), params.get("max_age", "")
    if session and most.isdecimal():
        age = (world.clock.now() - session.auth_time).total_seconds()
        return session if age < int(most[:9]) else None
    return session


def _leads_back(response: Response, params: Params) -> bool:
    return response.headers.get("location", "").startswith(params["redirect_uri"])


def _not_without_the_person(params: Params, *, is_signed_in: bool) -> Response:
    """Say that a page is needed where none may be shown (OpenID Connect Core §3.1.2.6)."""
    facts = {"error": "consent_required" if is_signed_in else "login_required"}
    if state := params.get("state"):
        facts["state"] = state
    separator = "&" if "?" in params["redirect_uri"] else "?"
    return RedirectResponse(f"{params['redirect_uri']}{separator}{urlencode(facts)}", 302)


def _check(world: World, client: Client, params: Params) -> None:
    if params.repeated:
        raise EsiaError(Code.WRONG_PARAMETER)
    params.require_one("response_type", "scope")
    if params["response_type"] != "code":
        raise EsiaError(Code.RESPONSE_TYPE)
    if "none" in (prompts := params.get("prompt", "").split()) and len(prompts) > 1:
        raise EsiaError(Code.WRONG_PARAMETER)
    check_scopes(client, params)
    pkce.check_challenge(params, world.config.assumed)


def _extension(handler: Handler) -> Handler:
    async def checked(request: Request) -> Response:
        if world_of(request).config.faithful:
            raise PageError(404, Reason.NOT_FOUND)
        return await handler(request)

    return checked


ROUTES: Final[list[BaseRoute]] = [
    Route("/.well-known/openid-configuration", _extension(discover)),
    Route(_KEYS, _extension(list_keys)),
    Route(_AC, _extension(authorize), methods=["GET", "POST"]),
    Route(_TE, _extension(exchange), methods=["POST"]),
    Route(_REVOKE, _extension(oidc_tokens.revoke), methods=["POST"]),
    Route(_INTROSPECT, _extension(oidc_tokens.introspect), methods=["POST"]),
    Route(_USER, _extension(show_user), methods=["GET", "POST"]),
]

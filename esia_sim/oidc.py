"""OpenID Connect for clients of kind `oidc`: an extension of ours, absent from a faithful stand.

Discovery, JWKS, and three endpoints of their own, so that nothing of ESIA's paths changes.
"""

import base64
import hmac
from typing import Final
from urllib.parse import unquote_plus

from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, oidc_claims, pkce
from esia_sim.authorize import go_on, start_attempt
from esia_sim.authorize_checks import check_return_address, check_scopes
from esia_sim.bearer import read_bearer
from esia_sim.clients import Client, Kind, TokenAlg
from esia_sim.control_calls import Handler
from esia_sim.errors import Code, EsiaError, PageError, Reason, RestError
from esia_sim.store import World
from esia_sim.wire import Params, read_params, server_of, world_of

_AC, _TE, _USER, _KEYS = "/oidc/authorize", "/oidc/token", "/oidc/userinfo", "/oidc/jwks"
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
            "end_session_endpoint": f"{base}/idp/ext/Logout",
            "scopes_supported": ["openid", *oidc_claims.SCOPES],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [TokenAlg.RS256],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


async def list_keys(request: Request) -> Response:
    """Publish the RSA keys that tokens may be signed with now."""
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - few clients ask, every start would wait

    keys = [
        {**RSAKey.import_key(key.private.public_key()).as_dict(), "kid": key.id}
        | {"use": "sig", "alg": key.alg}
        for key in world_of(request).keys.published()
        if isinstance(key.private, rsa.RSAPrivateKey)
    ]
    return JSONResponse({"keys": keys})


async def authorize(request: Request) -> Response:
    """Check the request and lead the person to the next page."""
    world, params = world_of(request), await read_params(request)
    client = check_return_address(world, params)
    if client.kind is not Kind.OIDC:
        raise EsiaError(Code.CLIENT_REFUSED)
    try:
        params["scope"] = oidc_claims.translate(params.get("scope", ""))
        _check(world, client, params)
    except EsiaError as error:
        error.redirect_uri, error.state = params["redirect_uri"], params.get("state")
        raise
    asked = {name: params[name] for name in (*_KEPT, "scope") if name in params}
    asked["access_type"] = "offline"
    attempt = start_attempt(world, asked)
    response = go_on(request, attempt, browser.session_of(request))
    browser.remember_attempt(world, response, attempt)
    return response


async def exchange(request: Request) -> Response:
    """Answer a token request of a client that proves itself by its secret."""
    world, params = world_of(request), await read_params(request)
    client = _proved(world, request, params)
    params["client_id"] = client.client_id
    params.require_one("grant_type")
    if params["grant_type"] == "authorization_code":
        params.require_one("code", "redirect_uri")
    return server_of(request).exchange_proved(dict(params), client)


async def show_user(request: Request) -> Response:
    """Describe the person of an access token."""
    world = world_of(request)
    bearer = read_bearer(world, request.headers.get("Authorization", ""))
    person = world.person(str(bearer.oid))
    if person is None:
        raise RestError(401, "ESIA-005011", "SecurityErrorEnum.invalidToken")
    return JSONResponse(oidc_claims.userinfo(person, bearer.scopes))


def _check(world: World, client: Client, params: Params) -> None:
    if params.repeated:
        raise EsiaError(Code.WRONG_PARAMETER)
    params.require_one("response_type", "scope")
    if params["response_type"] != "code":
        raise EsiaError(Code.RESPONSE_TYPE)
    check_scopes(client, params)
    pkce.check_challenge(params, world.config.assumed)


def _proved(world: World, request: Request, params: Params) -> Client:
    name, secret = _basic(request) or (params.get("client_id", ""), params.get("client_secret", ""))
    client = world.clients.get(name)
    known = client.secret if client and client.kind is Kind.OIDC else None
    if client is None or known is None or not hmac.compare_digest(known.encode(), secret.encode()):
        raise EsiaError(Code.CLIENT_UNPROVED)
    return client


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError as error:
        raise EsiaError(Code.CLIENT_UNPROVED) from error
    return unquote_plus(name), unquote_plus(secret)


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
    Route(_USER, _extension(show_user), methods=["GET", "POST"]),
]

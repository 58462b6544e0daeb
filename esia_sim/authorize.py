"""`/aas/oauth2/ac`: a client system asks for a code; checks first, then the sign-in pages.

Source: shared/reference/esia-protocol.md §2 and cases A1-A9. Nothing is sent to an address that was
not checked against the registration of the client.
"""

import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser, scopes
from esia_sim.client_auth import check_client
from esia_sim.clients import Client
from esia_sim.errors import Code, EsiaError
from esia_sim.expectations import meet
from esia_sim.records import Attempt, Session, factors
from esia_sim.store import World
from esia_sim.wire import Params, read_params, server_of, world_of

_REQUIRED: Final = ("client_id", "client_secret", "scope", "response_type", "state", "timestamp")
# Extensions of ours: the way in that opens first, and the demand for a second factor.
WAY, STEP_UP = "esia_sim_way", "esia_sim_step_up"
_KEPT: Final = (
    "client_id", "redirect_uri", "scope", "state", "response_type", "access_type", WAY, STEP_UP,
)  # fmt: skip
_FIRST_PAGES: Final = {
    "password": "/login",
    "biometrics": "/login",
    "sms": "/login/sms",
    "app": "/login/app",
    "signature": "/login/signature",
}


async def begin(request: Request) -> Response:
    """Check the request of a client system and lead the person to the next page."""
    world, params = world_of(request), await read_params(request)
    check_return_address(world, params)
    session = browser.session_of(request)
    who = session.person_key if session else None
    if world.config.faithful:
        for name in (WAY, STEP_UP):
            params.pop(name, None)
    try:
        await meet(world, "authorize", person=who, client=params["client_id"])
        _check(world, params)
    except EsiaError as error:
        error.redirect_uri = params["redirect_uri"]
        error.state = params.get("state")
        raise
    attempt = start_attempt(world, {name: params[name] for name in _KEPT if name in params})
    response = go_on(request, attempt, session)
    browser.remember_attempt(world, response, attempt)
    return response


def start_attempt(world: World, asked: dict[str, str] | None, *, to: str = "/") -> Attempt:
    """Begin a way through the sign-in pages; without a request it leads to a page of the portal."""
    attempt = Attempt(
        token=secrets.token_urlsafe(24),
        form_token=secrets.token_urlsafe(24),
        request=asked,
        next=to,
        expires_at=world.after(world.config.limits.attempt_seconds),
    )
    world.attempts.put(attempt.token, attempt)
    return attempt


def go_on(request: Request, attempt: Attempt, session: Session | None) -> Response:
    """Send the browser where this attempt has to go: sign in, consent, or back with a code."""
    world, asked = world_of(request), attempt.request
    if session is None:
        return RedirectResponse(_FIRST_PAGES[(asked or {}).get(WAY, "password")], 302)
    if asked is None:
        world.attempts.take(attempt.token)
        return RedirectResponse(attempt.next, 302)
    if STEP_UP in asked and factors(session.ways) == 1:
        attempt.person_key, attempt.ways = session.person_key, session.ways
        return RedirectResponse("/login/step-up", 302)
    if not world.has_consent(session.person_key, asked["client_id"], asked["scope"]):
        return RedirectResponse("/login/consent", 302)
    return finish(request, attempt, session)


def finish(request: Request, attempt: Attempt, session: Session | None) -> Response:
    """Go back to the client with a code, or, without a session, with the person's refusal."""
    world, server = world_of(request), server_of(request)
    world.attempts.take(attempt.token)
    response = server.authorize(dict(attempt.request or {}), session)
    browser.forget_attempt(world, response)
    return response


def check_return_address(world: World, params: Params) -> Client:
    """Check what decides whether the browser may be sent back at all.

    Raises:
        EsiaError: without an address to return to, so that it ends on our own page.
    """
    params.require_one("client_id", "redirect_uri")
    client = world.clients.get(params["client_id"])
    if client is None:
        raise EsiaError(Code.CLIENT_REFUSED)
    if not client.may_return_to(params["redirect_uri"]):
        raise EsiaError(Code.REDIRECT_URI)
    return client


def _check(world: World, params: Params) -> None:
    params.require_one(*_REQUIRED)
    if params["response_type"] != "code":
        raise EsiaError(Code.RESPONSE_TYPE)
    if params.repeated or params.get("access_type", "online") not in {"online", "offline"}:
        raise EsiaError(Code.WRONG_PARAMETER)
    if params.get(WAY, "password") not in _FIRST_PAGES or params.get(STEP_UP, "1") != "1":
        raise EsiaError(Code.WRONG_PARAMETER)
    client = check_client(world, params)
    asked = params["scope"].split()
    if not asked or not all(name in scopes.TITLES for name in asked):
        raise EsiaError(Code.UNKNOWN_SCOPE)
    if not client.scopes.issuperset(asked):
        raise EsiaError(Code.SCOPE_NOT_ALLOWED)

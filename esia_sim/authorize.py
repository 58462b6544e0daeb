"""`/aas/oauth2/ac`, `/v2/ac`: a client system asks for a code; checks, then the sign-in pages.

Source: esia-protocol.md §2, cases A1-A9 and B1-B7. Nothing is sent to an
address that was not checked against the registration of the client.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser, consents
from esia_sim.authorize_checks import (
    FIRST_PAGES,
    STEP_UP,
    WAY,
    check_request,
    check_return_address,
    problem_with_person,
)
from esia_sim.errors import EsiaError
from esia_sim.expectations import meet
from esia_sim.records import Attempt, Session, factors
from esia_sim.store import World
from esia_sim.wire import read_params, server_of, version_of, way_back, world_of

_KEPT: Final = (
    "client_id", "redirect_uri", "scope", "scope_org", "state", "response_type", "access_type",
    "person_filter", "permissions", "code_challenge", "code_challenge_method", WAY, STEP_UP,
)  # fmt: skip


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
        check_request(world, params, version_of(request))
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
        token=world.chance.token(24),
        form_token=world.chance.token(24),
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
        return RedirectResponse(FIRST_PAGES[(asked or {}).get(WAY, "password")], 302)
    if asked is None:
        world.attempts.take(attempt.token)
        return RedirectResponse(attempt.next, 302)
    if STEP_UP in asked and factors(session.ways) == 1:
        attempt.person_key, attempt.ways = session.person_key, session.ways
        return RedirectResponse("/login/step-up", 302)
    if problem := problem_with_person(world, world.people[session.person_key], asked):
        world.attempts.take(attempt.token)
        return way_back(EsiaError(problem), asked["redirect_uri"], asked.get("state"))
    if not consents.has(world, session.person_key, asked):
        return RedirectResponse("/login/consent", 302)
    return finish(request, attempt, session)


def finish(request: Request, attempt: Attempt, session: Session | None) -> Response:
    """Go back to the client with a code, or, without a session, with the person's refusal."""
    world, server = world_of(request), server_of(request)
    world.attempts.take(attempt.token)
    response = server.authorize(dict(attempt.request or {}), session)
    browser.forget_attempt(world, response)
    return response

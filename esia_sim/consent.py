"""Consent (предоставление прав доступа): what a client system asks for, allow or refuse."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, consents, pages, permission_texts, permissions, scopes
from esia_sim.authorize import finish
from esia_sim.errors import PageError, Reason
from esia_sim.sign_in.steps import client_name, read_step
from esia_sim.wire import world_of


async def show(request: Request) -> Response:
    """Show what the system asks for."""
    attempt, session = browser.attempt_of(request), browser.session_of(request)
    if attempt is None or attempt.request is None or session is None:
        return RedirectResponse("/login", 302)
    world = world_of(request)
    return pages.render(
        request,
        "consent.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        person=world.people[session.person_key],
        titles=[scopes.TITLES[name] for name in scopes.asked_by(attempt.request).split()],
        permissions=[
            permission_texts.in_words(one, now=world.clock.now())
            for one in permissions.asked_by(attempt.request)
        ],
    )


async def decide(request: Request) -> Response:
    """Take the person's decision back to the system; a yes is remembered."""
    attempt, form = await read_step(request)
    session = browser.session_of(request)
    if attempt.request is None or session is None:
        raise PageError(400, Reason.STALE)
    if form.get("decision") != "allow":
        return finish(request, attempt, None)
    consents.remember(world_of(request), session.person_key, attempt.request)
    return finish(request, attempt, session)


ROUTES: Final[list[BaseRoute]] = [
    Route("/login/consent", show),
    Route("/login/consent", decide, methods=["POST"]),
]

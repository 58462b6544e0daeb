"""Signing in, first step: a login (phone, e-mail or СНИЛС) and a password.

Invariant: a login that nobody has takes the same way as a wrong password, with the same work.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, pages, passwords, push, texts
from esia_sim.authorize import WAY, go_on, start_attempt
from esia_sim.people import Person
from esia_sim.records import Attempt, PushKind, Way
from esia_sim.sign_in import code
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.wire import world_of

_LONGEST = 254


async def show(request: Request) -> Response:
    """Show the form, or go on when the person is signed in already."""
    world = world_of(request)
    attempt = browser.attempt_of(request) or start_attempt(world, None)
    session = browser.session_of(request)
    response = go_on(request, attempt, session) if session else _form(request, attempt)
    browser.remember_attempt(world, response, attempt)
    return response


async def enter(request: Request) -> Response:
    """Check login and password; the next step is a code."""
    attempt, form = await read_step(request)
    world = world_of(request)
    login, password = form.get("login", "").strip(), form.get("password", "")
    if not login or not password:
        return _form(request, attempt, login=login, problem=texts.EMPTY_LOGIN)

    key = world.failure_key(login)
    if until := world.locked_until(key):
        return show_locked(request, until)
    person = world.person_by_login(login)
    if not await _fits(person, password) or person is None:
        world.count_failure(key)
        if until := world.locked_until(key):
            return show_locked(request, until)
        return _form(request, attempt, login=login, problem=texts.WRONG_LOGIN)
    return _next_step(request, attempt, person)


async def _fits(person: Person | None, password: str) -> bool:
    too_long = len(password) > _LONGEST
    right = await passwords.is_right(person.password_hash if person else None, password[:_LONGEST])
    return right and not too_long


def _next_step(request: Request, attempt: Attempt, person: Person) -> Response:
    world = world_of(request)
    if until := world.blocked_until(person):
        return show_locked(request, until)
    attempt.person_key, attempt.ways = person.key, (Way.PASSWORD,)
    if person.has_app and (attempt.request or {}).get(WAY) == "biometrics":
        push.wait_for(world, attempt, PushKind.BIOMETRICS, person)
        return RedirectResponse("/login/wait", 303)
    code.start(world, attempt, person)
    return RedirectResponse("/login/code", 303)


def _form(
    request: Request, attempt: Attempt, *, login: str = "", problem: str | None = None
) -> Response:
    return pages.render(
        request,
        "login.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        login=login[:_LONGEST],
        problem=problem,
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/login", show),
    Route("/login", enter, methods=["POST"]),
]

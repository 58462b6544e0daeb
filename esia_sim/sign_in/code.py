"""Signing in, second step: a code from an SMS, a letter or the authenticator app.

Codes of the app are TOTP and work once.
"""

from typing import Final

from pyotp.totp import TOTP
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, one_time, pages, texts
from esia_sim.errors import PageError, Reason
from esia_sim.identifiers import mask_phone
from esia_sim.people import Person
from esia_sim.records import Attempt, Way
from esia_sim.sign_in.entered import enter
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.store import World
from esia_sim.wire import world_of

_STEP_SECONDS = 30


def start(world: World, attempt: Attempt, person: Person) -> None:
    """Begin the step: send a code, unless the person has an authenticator app."""
    way = _way(attempt, person)
    if way is not Way.APP_CODE:
        to = person.phone if way is Way.SMS else person.email
        attempt.code = one_time.send(world, way, to or "", before=attempt.code)


async def show(request: Request) -> Response:
    """Show the form for the code."""
    attempt = browser.attempt_of(request)
    if attempt is None or attempt.person_key is None:
        return RedirectResponse("/login", 302)
    return _form(request, attempt, _person(request, attempt))


async def step_up(request: Request) -> Response:
    """Ask somebody who is signed in by one factor for another one."""
    attempt = browser.attempt_of(request)
    if attempt is None or attempt.person_key is None:
        return RedirectResponse("/login", 302)
    world = world_of(request)
    if one_time.seconds_to_resend(world, attempt.code) == 0:
        start(world, attempt, _person(request, attempt))
    return RedirectResponse("/login/code", 302)


async def confirm(request: Request) -> Response:
    """Check the code; the person is signed in when it is right."""
    attempt, form = await read_step(request)
    world, person = world_of(request), _person(request, attempt)
    if until := world.locked_until(person.key) or world.blocked_until(person):
        return show_locked(request, until)
    problem = _problem(world, attempt, person, form.get("code", ""))
    if problem is None:
        return enter(request, attempt, person, _way(attempt, person))
    if until := world.locked_until(person.key):
        return show_locked(request, until)
    return _form(request, attempt, person, problem=problem)


async def resend(request: Request) -> Response:
    """Send another code, not sooner than the delay allows."""
    attempt, _ = await read_step(request)
    world, person = world_of(request), _person(request, attempt)
    if until := world.locked_until(person.key) or world.blocked_until(person):
        return show_locked(request, until)
    wait = one_time.seconds_to_resend(world, attempt.code)
    if person.totp_secret or wait > 0:
        return _form(request, attempt, person, problem=texts.resend_in(wait) or None)
    start(world, attempt, person)
    return _form(request, attempt, person, notice=texts.NEW_CODE_SENT)


def _problem(world: World, attempt: Attempt, person: Person, typed: str) -> str | None:
    if person.totp_secret and typed.strip():
        return _app_problem(world, person, person.totp_secret, "".join(typed.split()))
    return one_time.problem(world, attempt.code, typed, counted_by=person.key)


def _app_problem(world: World, person: Person, secret: str, typed: str) -> str | None:
    app, now = TOTP(secret), int(world.clock.now().timestamp())
    step = now // _STEP_SECONDS
    # One step of drift either way; a code that was used, or an older one, does not work again.
    for candidate in (step - 1, step, step + 1):
        fresh = candidate > world.totp_used.get(person.key, 0)
        if fresh and typed.isascii() and app.verify(typed, for_time=candidate * _STEP_SECONDS):
            world.totp_used[person.key] = candidate
            return None
    world.count_failure(person.key)
    return texts.WRONG_APP_CODE


def _way(attempt: Attempt, person: Person) -> Way:
    if person.totp_secret:
        return Way.APP_CODE
    # a second factor is another one than the first
    has_sms = person.phone and Way.SMS not in attempt.ways
    return Way.SMS if has_sms else Way.EMAIL


def _person(request: Request, attempt: Attempt) -> Person:
    person = world_of(request).people.get(attempt.person_key or "")
    if person is None:
        raise PageError(400, Reason.STALE)
    return person


def _form(
    request: Request,
    attempt: Attempt,
    person: Person,
    *,
    problem: str | None = None,
    notice: str | None = None,
) -> Response:
    way, wait = _way(attempt, person), one_time.seconds_to_resend(world_of(request), attempt.code)
    return pages.render(
        request,
        "code.html",
        path="/login/code",
        token=attempt.form_token,
        client=client_name(request, attempt),
        way=way,
        label=texts.CODE_LABELS[way],
        sent_to=mask_phone(person.phone) if way is Way.SMS and person.phone else None,
        phone_of=person.key,
        has_app=person.has_app,
        problem=problem,
        notice=notice,
        seconds_left=wait,
        resend_hint=texts.resend_in(wait),
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/login/code", show),
    Route("/login/code", confirm, methods=["POST"]),
    Route("/login/step-up", step_up),
    Route("/login/code/resend", resend, methods=["POST"]),
]

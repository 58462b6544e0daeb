"""Signing in by an SMS code alone («Войти по коду из СМС»), for people without a password too.

Invariant: a login that nobody has gets the same pages, counters and delays; only no SMS is sent.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, one_time, pages, texts
from esia_sim.authorize import start_attempt
from esia_sim.errors import PageError, Reason
from esia_sim.forms import Form
from esia_sim.records import Attempt, Way
from esia_sim.sign_in.entered import enter
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.store import World
from esia_sim.wire import world_of


async def show(request: Request) -> Response:
    """Ask for the phone."""
    world = world_of(request)
    attempt = browser.attempt_of(request) or start_attempt(world, None)
    response = _ask(request, attempt, Form())
    browser.remember_attempt(world, response, attempt)
    return response


async def begin(request: Request) -> Response:
    """Send a code to the phone, if anybody has it."""
    attempt, typed = await read_step(request)
    world, form = world_of(request), Form(typed)
    login = form.text("login", texts.EMPTY_PHONE)
    if not form.is_good:
        return _ask(request, attempt, form)
    if until := world.locked_until(world.failure_key(login)):
        return show_locked(request, until)
    if attempt.login != login or not one_time.seconds_to_resend(world, attempt.code):
        attempt.login, attempt.code, attempt.person_key = login, None, None
        _send(world, attempt)
    return RedirectResponse("/login/sms/code", 303)


async def show_code(request: Request) -> Response:
    """Show the form for the code."""
    attempt = browser.attempt_of(request)
    if attempt is None or not attempt.login:
        return RedirectResponse("/login/sms", 302)
    return _code(request, attempt)


async def confirm(request: Request) -> Response:
    """Check the code; the person is signed in when it is right."""
    attempt, form = await _read(request)
    world = world_of(request)
    key = world.failure_key(attempt.login)
    if until := world.locked_until(key):
        return show_locked(request, until)
    problem = one_time.problem(world, attempt.code, form.get("code", ""), counted_by=key)
    if until := world.locked_until(key):
        return show_locked(request, until)
    person = world.person_by_login(attempt.login)
    if problem or person is None:
        return _code(request, attempt, problem=problem or texts.NO_TRIES)
    if until := world.blocked_until(person):
        return show_locked(request, until)
    return enter(request, attempt, person, Way.SMS)


async def resend(request: Request) -> Response:
    """Send another code, not sooner than the delay allows."""
    attempt, _ = await _read(request)
    world = world_of(request)
    if until := world.locked_until(world.failure_key(attempt.login)):
        return show_locked(request, until)
    wait = one_time.seconds_to_resend(world, attempt.code)
    if wait > 0:
        return _code(request, attempt, problem=texts.resend_in(wait))
    _send(world, attempt)
    return _code(request, attempt, notice=texts.NEW_CODE_SENT)


async def _read(request: Request) -> tuple[Attempt, dict[str, str]]:
    attempt, form = await read_step(request)
    if not attempt.login:
        raise PageError(400, Reason.STALE)
    return attempt, form


def _send(world: World, attempt: Attempt) -> None:
    person = world.person_by_login(attempt.login)
    # counted by the person, not by the browser: nobody's phone can be flooded from many of them
    is_free = world.may_send(
        f"sms:{world.failure_key(attempt.login)}",
        pause_seconds=world.config.limits.sms_resend_seconds,
    )
    if person and person.phone and is_free:
        attempt.code = one_time.send(world, "sms", person.phone, before=attempt.code)
    else:
        attempt.code = one_time.pretend(world, before=attempt.code)


def _ask(request: Request, attempt: Attempt, form: Form) -> Response:
    return pages.render(
        request,
        "login_sms.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        form=form,
    )


def _code(
    request: Request, attempt: Attempt, *, problem: str | None = None, notice: str | None = None
) -> Response:
    wait = one_time.seconds_to_resend(world_of(request), attempt.code)
    return pages.render(
        request,
        "code.html",
        path="/login/sms/code",
        token=attempt.form_token,
        client=client_name(request, attempt),
        way=Way.SMS,
        label=texts.CODE_LABELS[Way.SMS],
        lead=texts.SENT_IF_KNOWN,
        problem=problem,
        notice=notice,
        seconds_left=wait,
        resend_hint=texts.resend_in(wait),
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/login/sms", show),
    Route("/login/sms", begin, methods=["POST"]),
    Route("/login/sms/code", show_code),
    Route("/login/sms/code", confirm, methods=["POST"]),
    Route("/login/sms/code/resend", resend, methods=["POST"]),
]

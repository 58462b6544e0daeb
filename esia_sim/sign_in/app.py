"""Signing in with the phone: a push, a QR code, or a finger as the second factor.

Invariant: the page that waits is the same whether somebody has the login and the app or not.
"""

from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, pages, push, texts
from esia_sim.authorize import start_attempt
from esia_sim.errors import PageError, Reason
from esia_sim.forms import Form
from esia_sim.records import Attempt, PushKind, Waiting, Way
from esia_sim.sign_in.entered import enter
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.store import World
from esia_sim.wire import world_of

_WAYS: Final = {
    PushKind.SIGN_IN: Way.PUSH,
    PushKind.QR: Way.QR,
    PushKind.BIOMETRICS: Way.BIOMETRICS,
}


async def show(request: Request) -> Response:
    """Ask whose phone to send the push to."""
    attempt = _attempt(request)
    return _remembered(request, attempt, _ask(request, attempt, Form()))


async def begin(request: Request) -> Response:
    """Send the push, if there is a phone to send it to."""
    attempt, typed = await read_step(request)
    world, form = world_of(request), Form(typed)
    login = form.text("login", texts.EMPTY_PHONE)
    if not form.is_good:
        return _ask(request, attempt, form)
    key = world.failure_key(login)
    if until := world.locked_until(key):
        return show_locked(request, until)
    # nobody's phone can be made to ring without end
    pause = world.config.limits.push_pause_seconds
    person = world.person_by_login(login)
    to = person if world.may_send(f"push:{key}", pause_seconds=pause) else None
    push.wait_for(world, attempt, PushKind.SIGN_IN, to)
    return RedirectResponse("/login/wait", 303)


async def show_qr(request: Request) -> Response:
    """Show the QR code and its short form, and wait for a phone."""
    attempt = _attempt(request)
    push.wait_for_scan(world_of(request), attempt)
    return _remembered(request, attempt, RedirectResponse("/login/wait", 302))


async def begin_biometrics(request: Request) -> Response:
    """Ask for the finger in the app, as the second factor after the password."""
    attempt, _ = await read_step(request)
    person = world_of(request).people.get(attempt.person_key or "")
    if person is None:
        raise PageError(400, Reason.STALE)
    if not _is_asked(world_of(request), attempt):
        push.wait_for(world_of(request), attempt, PushKind.BIOMETRICS, person)
    return RedirectResponse("/login/wait", 303)


async def wait(request: Request) -> Response:
    """Wait for the phone, or go on with its answer."""
    attempt = browser.attempt_of(request)
    if attempt is None or attempt.waiting is None:
        return RedirectResponse("/login", 302)
    world, waiting = world_of(request), attempt.waiting
    asked = world.pushes.get(waiting.push)
    if asked and asked.answer:
        return _let_in(request, attempt, asked.person_key, _WAYS[asked.kind])
    is_over = waiting.until <= world.clock.now()
    denied = asked is not None and asked.answer is False
    return pages.render(
        request,
        "wait.html",
        client=client_name(request, attempt),
        waiting=waiting,
        qr=_drawn(world, waiting),
        state="denied" if denied else "over" if is_over else "waiting",
        has_password=attempt.person_key is not None,
    )


async def state(request: Request) -> Response:
    """Say whether there is something new, for the page that waits."""
    attempt = browser.attempt_of(request)
    if attempt is None or attempt.waiting is None:
        return JSONResponse({"done": True})
    world, waiting = world_of(request), attempt.waiting
    asked = world.pushes.get(waiting.push)
    is_answered = asked is not None and asked.answer is not None
    return JSONResponse({"done": is_answered or waiting.until <= world.clock.now()})


def _is_asked(world: World, attempt: Attempt) -> bool:
    asked = world.pushes.get(attempt.waiting.push) if attempt.waiting else None
    return asked is not None and asked.answer is None


def _let_in(request: Request, attempt: Attempt, person_key: str, way: Way) -> Response:
    world = world_of(request)
    person, attempt.waiting = world.people.get(person_key), None
    if person is None:
        raise PageError(400, Reason.STALE)
    if until := world.locked_until(person.key) or world.blocked_until(person):
        return show_locked(request, until)
    return enter(request, attempt, person, way)


def _drawn(world: World, waiting: Waiting) -> Markup | None:
    if not waiting.qr:
        return None
    import segno  # noqa: PLC0415 - for this one picture

    code = segno.make_qr(f"{world.config.base_url}/qr/{waiting.qr}")
    return Markup(code.svg_inline(scale=6, border=4, light="#fff"))  # noqa: S704 - ours alone


def _attempt(request: Request) -> Attempt:
    return browser.attempt_of(request) or start_attempt(world_of(request), None)


def _remembered(request: Request, attempt: Attempt, response: Response) -> Response:
    browser.remember_attempt(world_of(request), response, attempt)
    return response


def _ask(request: Request, attempt: Attempt, form: Form) -> Response:
    return pages.render(
        request,
        "login_app.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        form=form,
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/login/app", show),
    Route("/login/app", begin, methods=["POST"]),
    Route("/login/qr", show_qr),
    Route("/login/biometrics", begin_biometrics, methods=["POST"]),
    Route("/login/wait", wait),
    Route("/login/wait/state", state),
]

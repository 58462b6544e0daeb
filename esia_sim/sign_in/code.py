"""Signing in, second step: a code from an SMS, a letter or the authenticator app.

Codes that are sent are HOTP with a secret of the attempt: each new one makes the old one useless.
Codes of the app are TOTP and work once.
"""

import math
from datetime import timedelta

from pyotp import random_base32
from pyotp.hotp import HOTP
from pyotp.totp import TOTP
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser, pages, texts
from esia_sim.authorize import go_on
from esia_sim.errors import PageError, Reason
from esia_sim.identifiers import mask_phone
from esia_sim.people import Person
from esia_sim.records import Attempt, OneTimeCode
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.store import World
from esia_sim.wire import world_of

_STEP_SECONDS = 30


def start(world: World, attempt: Attempt, person: Person) -> None:
    """Begin the step: send a code, unless the person has an authenticator app."""
    if person.totp_secret is None:
        _send(world, attempt, person)


async def show(request: Request) -> Response:
    """Show the form for the code."""
    attempt = browser.attempt_of(request)
    if attempt is None or attempt.person_key is None:
        return RedirectResponse("/login", 302)
    return _form(request, attempt, _person(request, attempt))


async def confirm(request: Request) -> Response:
    """Check the code; the person is signed in when it is right."""
    attempt, form = await read_step(request)
    world, person = world_of(request), _person(request, attempt)
    if until := world.locked_until(person.key) or world.blocked_until(person):
        return show_locked(request, until)
    typed = "".join(form.get("code", "").split())
    problem = _problem(world, attempt, person, typed)
    if problem is None:
        return _signed_in(request, attempt, person)
    if until := world.locked_until(person.key):
        return show_locked(request, until)
    return _form(request, attempt, person, problem=problem)


async def resend(request: Request) -> Response:
    """Send another code, not sooner than the delay allows."""
    attempt, _ = await read_step(request)
    world, person = world_of(request), _person(request, attempt)
    if until := world.locked_until(person.key) or world.blocked_until(person):
        return show_locked(request, until)
    wait = _seconds_to_resend(world, attempt)
    if person.totp_secret or wait > 0:
        return _form(request, attempt, person, problem=texts.resend_in(wait) or None)
    _send(world, attempt, person)
    return _form(request, attempt, person, notice=texts.NEW_CODE_SENT)


def _signed_in(request: Request, attempt: Attempt, person: Person) -> Response:
    world = world_of(request)
    world.forgive(person.key)
    attempt.code = attempt.person_key = None
    value, session = world.open_session(person)
    response = go_on(request, attempt, session)
    browser.sign_in(request, response, value)
    return response


def _problem(world: World, attempt: Attempt, person: Person, typed: str) -> str | None:
    if not typed:
        return texts.EMPTY_CODE
    if person.totp_secret:
        return _app_problem(world, person, person.totp_secret, typed)
    sent = attempt.code
    if sent is None or sent.tries_left == 0:
        return texts.NO_TRIES
    if sent.sent_at + timedelta(seconds=world.config.limits.sms_seconds) <= world.clock.now():
        return texts.CODE_EXPIRED
    if typed.isascii() and HOTP(sent.secret).verify(typed, sent.counter):
        return None
    sent.tries_left -= 1
    world.count_failure(person.key)
    return texts.wrong_code(sent.tries_left)


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


def _send(world: World, attempt: Attempt, person: Person) -> None:
    before = attempt.code
    attempt.code = OneTimeCode(
        secret=before.secret if before else random_base32(),
        counter=before.counter + 1 if before else 0,
        tries_left=world.config.limits.sms_tries,
        sent_at=world.clock.now(),
    )
    channel = _channel(person)
    world.inbox.deliver(
        channel=channel,
        to=(person.phone if channel == "sms" else person.email) or "",
        text=texts.code_message(HOTP(attempt.code.secret).at(attempt.code.counter)),
        subject="Код подтверждения" if channel == "email" else None,
        sender=texts.SENDER,
        at=world.clock.now(),
    )


def _channel(person: Person) -> str:
    if person.totp_secret:
        return "app"
    return "sms" if person.phone else "email"


def _seconds_to_resend(world: World, attempt: Attempt) -> int:
    if attempt.code is None:
        return 0
    passed = (world.clock.now() - attempt.code.sent_at).total_seconds()
    return max(0, math.ceil(world.config.limits.sms_resend_seconds - passed))


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
    channel, wait = _channel(person), _seconds_to_resend(world_of(request), attempt)
    return pages.render(
        request,
        "code.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        channel=channel,
        label=texts.CODE_LABELS[channel],
        sent_to=mask_phone(person.phone) if channel == "sms" and person.phone else None,
        phone_of=person.key,
        problem=problem,
        notice=notice,
        seconds_left=wait,
        resend_hint=texts.resend_in(wait),
    )

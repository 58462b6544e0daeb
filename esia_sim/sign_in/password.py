"""Signing in, first step: a login (phone, e-mail or СНИЛС) and a password.

Invariant: a login that nobody has takes the same way as a wrong password, with the same work.
"""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, email_links, identifiers, pages, passwords, push, texts
from esia_sim.authorize import WAY, go_on, start_attempt
from esia_sim.errors import PageError, Reason
from esia_sim.expectations import meet
from esia_sim.passwords import Verdict
from esia_sim.people import Person
from esia_sim.records import Attempt, PushKind, Way
from esia_sim.sign_in import code
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.wire import world_of

_LONGEST = 254
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


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
    await meet(world, "login", person=key)
    if until := world.locked_until(key):
        return show_locked(request, until)
    person = world.person_by_login(login)
    verdict = await _judge(person, password)
    if verdict is Verdict.RIGHT and person and not _is_unconfirmed(person, login):
        return _next_step(request, attempt, person)
    if verdict is Verdict.RIGHT and person:
        attempt.unconfirmed = person.key
        return _form(request, attempt, login=login, problem=texts.EMAIL_UNCONFIRMED)
    world.count_failure(key)
    if until := world.locked_until(key):
        return show_locked(request, until)
    return _refused(request, attempt, login, password, person if verdict is Verdict.OLD else None)


async def send_letter(request: Request) -> Response:
    """Send the letter that confirms an e-mail again, to who has given the right password."""
    attempt, _ = await read_step(request)
    world = world_of(request)
    person = world.people.get(attempt.unconfirmed or "")
    if person is None:
        raise PageError(400, Reason.STALE)
    pause = world.config.limits.sms_resend_seconds
    if world.may_send(f"letter:{person.key}", pause_seconds=pause):
        email_links.send(world, person)
    return _form(request, attempt, notice=texts.LETTER_SENT)


def _refused(
    request: Request, attempt: Attempt, login: str, password: str, owner: Person | None
) -> Response:
    if owner:
        problem = texts.old_password(owner.password_changed_at)
    elif identifiers.organisation_number(login):
        problem = texts.ORGANISATION_NOT_LINKED
    else:
        problem = texts.WRONG_LOGIN
    if _CYRILLIC.search(password) or ("@" in login and _CYRILLIC.search(login)):
        problem = f"{problem} {texts.CYRILLIC}"
    return _form(request, attempt, login=login, problem=problem, shows_reasons=True)


def _is_unconfirmed(person: Person, login: str) -> bool:
    return "@" in login and not person.email_verified


async def _judge(person: Person | None, password: str) -> Verdict:
    too_long = len(password) > _LONGEST
    known = (person.password_hash, person.old_password_hashes) if person else (None, ())
    verdict = await passwords.judge(*known, password[:_LONGEST])
    return Verdict.WRONG if too_long else verdict


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
    request: Request,
    attempt: Attempt,
    *,
    login: str = "",
    problem: str | None = None,
    notice: str | None = None,
    shows_reasons: bool = False,
) -> Response:
    return pages.render(
        request,
        "login.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        login=login[:_LONGEST],
        problem=problem,
        notice=notice,
        reasons=texts.LIKELY_REASONS if shows_reasons else (),
        may_send_letter=problem == texts.EMAIL_UNCONFIRMED,
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/login", show),
    Route("/login", enter, methods=["POST"]),
    Route("/login/letter", send_letter, methods=["POST"]),
]

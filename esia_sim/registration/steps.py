"""The eight steps of registration: which comes next, and the way of this browser through them."""

import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser
from esia_sim.errors import PageError, Reason
from esia_sim.records import Registration
from esia_sim.store import World
from esia_sim.wire import world_of

COOKIE = "esia_registration"
# Each step has a page, a name, and what must be known to have passed it.
STEPS: Final = (
    ("", "Телефон"),
    ("code", "Код из СМС"),
    ("email", "Электронная почта"),
    ("password", "Пароль"),
    ("person", "Личные данные"),
    ("numbers", "СНИЛС и ИНН"),
    ("proof", "Подтверждение личности"),
    ("check", "Проверьте данные"),
)


def path_of(place: int) -> str:
    """Return the address of a step, counted from zero."""
    name = STEPS[place][0]
    return f"/registration/{name}" if name else "/registration"


def passed(registration: Registration) -> int:
    """Count the steps that are behind this registration."""
    done = (
        bool(registration.phone),
        registration.is_phone_confirmed,
        "email" in registration.facts,
        registration.password_hash is not None,
        "last_name" in registration.facts,
        "numbers" in registration.facts,
        bool(registration.proof),
    )
    return done.index(False) if False in done else len(done)


def start(world: World) -> Registration:
    """Begin a registration."""
    registration = Registration(
        token=world.chance.token(24),
        form_token=world.chance.token(24),
        expires_at=world.after(world.config.limits.registration_seconds),
    )
    world.registrations.put(registration.token, registration)
    return registration


def registration_of(request: Request) -> Registration | None:
    """Return the registration that this browser is in the middle of."""
    return world_of(request).registrations.get(browser.read_cookie(request, COOKIE))


def remember(world: World, response: Response, registration: Registration) -> Response:
    """Bind a registration to this browser for as long as it lives."""
    seconds = world.config.limits.registration_seconds
    browser.set_cookie(world, response, COOKIE, registration.token, max_age=seconds)
    return response


def open_step(request: Request, place: int) -> Registration | Response:
    """Return the registration if it has come as far as this step, else the way to its own."""
    registration = registration_of(request)
    if registration is None:
        return RedirectResponse("/registration", 302)
    if registration.person_key:
        return RedirectResponse("/registration/status", 302)
    here = passed(registration)
    return registration if place <= here else RedirectResponse(path_of(here), 302)


def check_form(request: Request, typed: dict[str, str], place: int) -> Registration:
    """Return the registration that a posted form belongs to.

    Raises:
        PageError: there is none any more, it is another one, or an earlier step is missing.
    """
    registration = registration_of(request)
    if registration is None or registration.person_key or passed(registration) < place:
        raise PageError(400, Reason.REGISTRATION_OVER)
    if not hmac.compare_digest(registration.form_token.encode(), typed.get("token", "").encode()):
        raise PageError(409, Reason.OTHER_TAB)
    return registration


def take_over(world: World, registration: Registration) -> None:
    """Go on with what was typed in another browser, now that the same phone is confirmed here."""
    for other in world.registrations:
        is_same = other.phone == registration.phone and other.is_phone_confirmed
        if is_same and other is not registration and not other.person_key:
            registration.typed, registration.facts = other.typed, other.facts
            registration.password_hash = other.password_hash
            registration.scans, registration.proof = other.scans, other.proof


def go_on(registration: Registration) -> Response:
    """Lead to the first step that is still open, or to the check of the account."""
    if registration.person_key:
        return RedirectResponse("/registration/status", 303)
    return RedirectResponse(path_of(passed(registration)), 303)

"""`/registration`: the pages of the eight steps, the documents, and how far the check is."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import identifiers, one_time, pages, password_rule, passwords
from esia_sim import texts as common
from esia_sim.clock import MOSCOW
from esia_sim.forms import Form
from esia_sim.records import Registration
from esia_sim.registration import fields, scans, steps, texts
from esia_sim.registration.finish import finish
from esia_sim.sign_in.steps import show_locked
from esia_sim.wire import read_form, world_of

PHONE, CODE, EMAIL, PASSWORD, PERSON, NUMBERS, PROOF, CHECK = range(8)
_VIDEO_PARTS: Final = 2


async def show_phone(request: Request) -> Response:
    """Ask for the phone, or go on with what was begun in this browser."""
    registration = steps.registration_of(request)
    if registration and "again" not in request.query_params:
        return steps.go_on(registration)
    return _page(request, PHONE, Form({"phone": "+7"}), None)


async def take_phone(request: Request) -> Response:
    """Send a code to the phone; an account that it has already is told after the code only."""
    world, form = world_of(request), Form(dict(await read_form(request)))
    phone = form.read(
        "phone", identifiers.normalise_phone, wrong=texts.WRONG_PHONE, empty=texts.EMPTY_PHONE
    )
    if phone == texts.UNCONFIRMED_NUMBER:
        form.refuse("phone", texts.NOT_CONFIRMED)
    if phone is None or not form.is_good:
        return _page(request, PHONE, form, None)
    if until := world.locked_until(_counted(phone)):
        return show_locked(request, until)
    begun = steps.registration_of(request)
    if begun and begun.phone == phone and one_time.seconds_to_resend(world, begun.code):
        return RedirectResponse("/registration/code", 303)  # pressed twice
    registration = steps.start(world)
    registration.phone = phone
    _send(request, registration)
    return steps.remember(world, RedirectResponse("/registration/code", 303), registration)


async def show_step(request: Request) -> Response:
    """Show any step after the first, if the registration has come so far."""
    place = _place(request)
    registration = steps.open_step(request, place)
    if isinstance(registration, Response):
        return registration
    return _page(request, place, Form(registration.typed), registration)


async def take_code(request: Request) -> Response:
    """Check the code."""
    registration, form = await _read(request, CODE)
    world, key = world_of(request), _counted(registration.phone)
    problem = one_time.problem(world, registration.code, form.text("code"), counted_by=key)
    if until := world.locked_until(key):
        return show_locked(request, until)
    if problem:
        form.refuse("code", problem)
        return _page(request, CODE, form, registration)
    if world.person_by_login(registration.phone):
        world.registrations.take(registration.token)
        return pages.render(request, "registration_known.html")
    registration.is_phone_confirmed = True
    steps.take_over(world, registration)
    return steps.go_on(registration)


async def resend(request: Request) -> Response:
    """Send another code, not sooner than the delay allows."""
    registration, form = await _read(request, CODE)
    wait = one_time.seconds_to_resend(world_of(request), registration.code)
    if wait > 0:
        form.refuse("code", common.resend_in(wait))
    else:
        _send(request, registration)
    return _page(request, CODE, form, registration)


async def take_email(request: Request) -> Response:
    """Take the address; the letter comes at the end."""
    registration, form = await _read(request, EMAIL)
    email = form.read(
        "email", identifiers.normalise_email, wrong=texts.WRONG_EMAIL, empty=texts.EMPTY_EMAIL
    )
    return _taken(request, EMAIL, registration, form, {"email": email or ""})


async def take_password(request: Request) -> Response:
    """Take the password; only its hash is kept."""
    typed = dict(await read_form(request))
    registration, form = steps.check_form(request, typed, PASSWORD), Form()
    password = typed.get("password", "")
    if problem := password_rule.problem(password):
        form.refuse("password", problem)
    elif password != typed.get("again", ""):
        form.refuse("again", texts.NOT_THE_SAME)
    if not form.is_good:
        return _page(request, PASSWORD, form, registration)
    registration.password_hash = await passwords.hash_password(password)
    return steps.go_on(registration)


async def take_person(request: Request) -> Response:
    """Take ФИО, birth date and passport."""
    registration, form = await _read(request, PERSON)
    today = world_of(request).clock.now().astimezone(MOSCOW).date()
    return _taken(request, PERSON, registration, form, fields.read_person(form, today=today))


async def take_numbers(request: Request) -> Response:
    """Take СНИЛС and ИНН, if there are any."""
    registration, form = await _read(request, NUMBERS)
    return _taken(request, NUMBERS, registration, form, fields.read_numbers(form))


async def take_scans(request: Request) -> Response:
    """Take scans of the passport."""
    sent = await request.form(max_files=scans.MOST + 1, max_fields=10)
    typed = {name: value for name, value in sent.items() if isinstance(value, str)}
    registration, form = steps.check_form(request, typed, PROOF), Form(typed)
    found = await scans.read_scans(form, sent)
    await sent.close()
    if not form.is_good:
        return _page(request, PROOF, form, registration)
    registration.scans, registration.proof = found, "scans"
    return steps.go_on(registration)


async def take_video(request: Request) -> Response:
    """Play one part of the video verification; no camera is used on this stand."""
    registration, form = await _read(request, PROOF)
    registration.video += 1
    if registration.video >= _VIDEO_PARTS:
        registration.proof = "video"
        return steps.go_on(registration)
    return _page(request, PROOF, form, registration)


async def complete(request: Request) -> Response:
    """Make the account, once both documents are agreed to."""
    registration, form = await _read(request, CHECK)
    if form.text("agreement") != "yes" or form.text("privacy") != "yes":
        form.refuse("agreement", texts.AGREE)
        return _page(request, CHECK, form, registration)
    finish(world_of(request), registration)
    return RedirectResponse("/registration/status", 303)


async def show_status(request: Request) -> Response:
    """Show how far the check of the new account is."""
    registration = steps.registration_of(request)
    person = world_of(request).people.get((registration and registration.person_key) or "")
    if registration is None or person is None:
        return RedirectResponse("/registration", 302)
    return pages.render(
        request, "registration_status.html", person=person, refused=registration.refused
    )


async def show_agreement(request: Request) -> Response:
    """Show the user agreement."""
    return pages.render(request, "agreement.html")


async def show_privacy(request: Request) -> Response:
    """Show the privacy policy."""
    return pages.render(request, "privacy.html")


async def _read(request: Request, place: int) -> tuple[Registration, Form]:
    typed = dict(await read_form(request))
    return steps.check_form(request, typed, place), Form(typed)


def _taken(
    request: Request, place: int, registration: Registration, form: Form, facts: dict[str, str]
) -> Response:
    if not form.is_good:
        return _page(request, place, form, registration)
    registration.facts |= facts
    registration.typed |= {name: text for name, text in form.typed.items() if name != "token"}
    return steps.go_on(registration)


def _send(request: Request, registration: Registration) -> None:
    world = world_of(request)
    pause = world.config.limits.sms_resend_seconds
    if world.may_send(f"registration:{registration.phone}", pause_seconds=pause):
        registration.code = one_time.send(
            world, "sms", registration.phone, before=registration.code
        )
    else:
        registration.code = one_time.pretend(world, before=registration.code)


def _counted(phone: str) -> str:
    return f"registration:{phone}"


def _place(request: Request) -> int:
    name = request.url.path.removeprefix("/registration").strip("/")
    return next(place for place, step in enumerate(steps.STEPS) if step[0] == name)


def _page(request: Request, place: int, form: Form, registration: Registration | None) -> Response:
    wait = one_time.seconds_to_resend(
        world_of(request), registration.code if registration else None
    )
    return pages.render(
        request,
        "registration.html",
        place=place,
        steps=[(steps.path_of(at), name) for at, (_, name) in enumerate(steps.STEPS)],
        form=form,
        registration=registration,
        rules=password_rule.RULES,
        seconds_left=wait,
        resend_hint=common.resend_in(wait),
    )


_TAKERS: Final = {
    "code": take_code,
    "code/resend": resend,
    "email": take_email,
    "password": take_password,
    "person": take_person,
    "numbers": take_numbers,
    "proof": take_scans,
    "video": take_video,
    "check": complete,
}
ROUTES: Final[list[BaseRoute]] = [
    Route("/registration", show_phone),
    Route("/registration", take_phone, methods=["POST"]),
    Route("/registration/status", show_status),
    *[Route(f"/registration/{name}", show_step) for name, _ in steps.STEPS if name],
    *[Route(f"/registration/{name}", take, methods=["POST"]) for name, take in _TAKERS.items()],
    Route("/agreement", show_agreement),
    Route("/privacy", show_privacy),
]

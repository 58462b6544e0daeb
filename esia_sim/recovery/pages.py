"""`/recovery`: a phone or an e-mail, a code, a new password.

Invariant: a contact that nobody has gets the same pages, counters and delays as any other.
"""

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import one_time, pages, password_rule, passwords, texts
from esia_sim.errors import PageError, Reason
from esia_sim.forms import Form
from esia_sim.identifiers import normalise_email, normalise_phone
from esia_sim.people import Person
from esia_sim.records import Recovery, Way
from esia_sim.recovery import steps
from esia_sim.sign_in.steps import show_locked
from esia_sim.store import World
from esia_sim.wire import read_form, world_of


async def show(request: Request) -> Response:
    """Ask for the contact."""
    return _ask(request, Form())


async def begin(request: Request) -> Response:
    """Send a code to the contact, if anybody has it."""
    world, form = world_of(request), Form(dict(await read_form(request)))
    contact = form.read("contact", _contact, empty=texts.EMPTY_CONTACT, wrong=texts.WRONG_CONTACT)
    if contact is None:
        return _ask(request, form)
    if until := world.locked_until(world.failure_key(contact)):
        return show_locked(request, until)
    begun = steps.recovery_of(request)
    if begun and begun.contact == contact and one_time.seconds_to_resend(world, begun.code):
        return RedirectResponse("/recovery/code", 303)  # pressed twice: the code sent stays good
    recovery = steps.start(world, contact)
    _send(world, recovery)
    return steps.remember(world, RedirectResponse("/recovery/code", 303), recovery)


async def show_code(request: Request) -> Response:
    """Show the form for the code."""
    recovery = steps.recovery_of(request)
    if recovery is None:
        return RedirectResponse("/recovery", 302)
    return _code(request, recovery)


async def confirm(request: Request) -> Response:
    """Check the code; then comes the new password."""
    recovery, form = await steps.read_step(request)
    world = world_of(request)
    key = world.failure_key(recovery.contact)
    if until := world.locked_until(key):
        return show_locked(request, until)
    problem = one_time.problem(world, recovery.code, form.get("code", ""), counted_by=key)
    if until := world.locked_until(key):
        return show_locked(request, until)
    person = world.person_by_login(recovery.contact)
    if problem or person is None:
        return _code(request, recovery, problem=problem or texts.NO_TRIES)
    if world.blocked_until(person):
        raise PageError(403, Reason.RECOVERY_BLOCKED)
    world.forgive(key)
    recovery.person_key = person.key
    return RedirectResponse("/recovery/password", 303)


async def resend(request: Request) -> Response:
    """Send another code, not sooner than the delay allows."""
    recovery, _ = await steps.read_step(request)
    world = world_of(request)
    if until := world.locked_until(world.failure_key(recovery.contact)):
        return show_locked(request, until)
    wait = one_time.seconds_to_resend(world, recovery.code)
    if wait > 0:
        return _code(request, recovery, problem=texts.resend_in(wait))
    _send(world, recovery)
    return _code(request, recovery, notice=texts.NEW_CODE_SENT)


async def show_password(request: Request) -> Response:
    """Ask for the new password."""
    recovery = steps.recovery_of(request)
    if recovery is None or recovery.person_key is None:
        return RedirectResponse("/recovery", 302)
    return _password(request, recovery, Form())


async def set_password(request: Request) -> Response:
    """Set the new password: sessions end, and the person hears of it."""
    recovery, typed = await steps.read_step(request)
    world, form = world_of(request), Form()
    person = world.people.get(recovery.person_key or "")
    if person is None:
        raise PageError(400, Reason.RECOVERY_OVER)
    password = typed.get("password", "")
    if problem := password_rule.problem(password):
        form.refuse("password", problem)
    elif password != typed.get("again", ""):
        form.refuse("again", texts.NOT_THE_SAME)
    elif await _was_used(person, password):
        form.refuse("password", texts.USED_BEFORE)
    if not form.is_good:
        return _password(request, recovery, form)
    world.recoveries.take(recovery.token)
    await change_password(world, person, password)
    return RedirectResponse("/recovery/done", 303)


async def show_done(request: Request) -> Response:
    """Say that the password is changed."""
    return pages.render(request, "recovery_done.html")


async def change_password(world: World, person: Person, password: str) -> None:
    """Give a person a new password: her sessions and grants end, and she hears of it."""
    old = (person.password_hash,) if person.password_hash else ()
    changed = replace(
        person,
        password_hash=await passwords.hash_password(password),
        old_password_hashes=(*old, *person.old_password_hashes)[: passwords.OLD_KEPT],
        password_changed_at=world.clock.now(),
    )
    world.put_person(changed)
    world.forgive(person.key)
    for shelf in (world.sessions, world.codes, world.refreshes):
        shelf.drop_where(person_key=person.key)
    world.tell(changed, texts.RECOVERED, subject="Пароль изменён")


async def _was_used(person: Person, password: str) -> bool:
    known = (person.password_hash, *person.old_password_hashes)
    return any([await passwords.is_right(each, password) for each in known if each])


def _contact(typed: str) -> str | None:
    return normalise_phone(typed) or normalise_email(typed)


def _send(world: World, recovery: Recovery) -> None:
    person = world.person_by_login(recovery.contact)
    is_free = world.may_send(
        f"recovery:{world.failure_key(recovery.contact)}",
        pause_seconds=world.config.limits.sms_resend_seconds,
    )
    if person and is_free:
        channel = "email" if "@" in recovery.contact else "sms"
        recovery.code = one_time.send(world, channel, recovery.contact, before=recovery.code)
    else:
        recovery.code = one_time.pretend(world, before=recovery.code)


def _ask(request: Request, form: Form) -> Response:
    return pages.render(request, "recovery.html", form=form)


def _password(request: Request, recovery: Recovery, form: Form) -> Response:
    return pages.render(
        request,
        "recovery_password.html",
        token=recovery.form_token,
        form=form,
        rules=password_rule.RULES,
    )


def _code(
    request: Request, recovery: Recovery, *, problem: str | None = None, notice: str | None = None
) -> Response:
    way = Way.EMAIL if "@" in recovery.contact else Way.SMS
    wait = one_time.seconds_to_resend(world_of(request), recovery.code)
    return pages.render(
        request,
        "code.html",
        heading="Введите код",
        path="/recovery/code",
        token=recovery.form_token,
        way=way,
        label=texts.CODE_LABELS[way],
        lead=texts.SENT_IF_KNOWN_CONTACT,
        problem=problem,
        notice=notice,
        seconds_left=wait,
        resend_hint=texts.resend_in(wait),
        back=("/recovery/support", "Нет доступа ни к телефону, ни к почте"),
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/recovery", show),
    Route("/recovery", begin, methods=["POST"]),
    Route("/recovery/code", show_code),
    Route("/recovery/code", confirm, methods=["POST"]),
    Route("/recovery/code/resend", resend, methods=["POST"]),
    Route("/recovery/password", show_password),
    Route("/recovery/password", set_password, methods=["POST"]),
    Route("/recovery/done", show_done),
]

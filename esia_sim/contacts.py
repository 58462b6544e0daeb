"""`/profile/phone` and `/profile/email`: a contact is changed by a code sent to the new one."""

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, identifiers, one_time, pages, portal_texts, texts
from esia_sim.control_calls import Handler
from esia_sim.errors import ControlError
from esia_sim.forms import Form
from esia_sim.people import Person
from esia_sim.records import ContactChange, Session, Way
from esia_sim.wire import world_of

_MOST_CODES: Final = 6  # in one session
_READERS: Final = {"phone": identifiers.normalise_phone, "email": identifiers.normalise_email}


async def show(request: Request) -> Response:
    """Ask for the new contact."""
    session, _ = browser.signed_in(request)
    return _ask(request, session, Form())


async def begin(request: Request) -> Response:
    """Send a code to the new contact."""
    session, _, typed = await browser.read_own(request)
    kind, form = request.path_params["kind"], Form(typed)
    value = form.read(
        "contact", _READERS[kind], empty=texts.EMPTY_CONTACT, wrong=texts.WRONG_CONTACT
    )
    if value is None:
        return _ask(request, session, form)
    world, pending = world_of(request), _change(request, session)
    is_same = pending is not None and pending.value == value
    if pending and is_same and one_time.seconds_to_resend(world, pending.code):  # pressed twice
        return RedirectResponse(f"/profile/{kind}/code", 303)
    if session.contact_codes >= _MOST_CODES:
        form.refuse("contact", portal_texts.TOO_MANY_CODES)
        return _ask(request, session, form)
    change = ContactChange(
        kind=kind,
        person_key=session.person_key,
        value=value,
        expires_at=world.after(world.config.limits.attempt_seconds),
    )
    world.contact_changes.put(session.sid, change)
    _send(request, session, change)
    return RedirectResponse(f"/profile/{kind}/code", 303)


async def show_code(request: Request) -> Response:
    """Ask for the code."""
    session, _ = browser.signed_in(request)
    change = _change(request, session)
    if change is None:
        return RedirectResponse(f"/profile/{request.path_params['kind']}", 302)
    return _code(request, session, change)


async def confirm(request: Request) -> Response:
    """Check the code; the contact is changed, and the old one hears of it."""
    session, person, form = await browser.read_own(request)
    world, change = world_of(request), _change(request, session)
    if change is None:
        return RedirectResponse("/profile", 303)
    key = f"contact:{person.key}"
    until = world.locked_until(key)
    problem = (
        texts.codes_closed(until)
        if until
        else one_time.problem(world, change.code, form.get("code", ""), counted_by=key)
    )
    if problem:
        return _code(request, session, change, problem=problem)
    try:
        world.put_person(_changed(person, change))
    except ControlError:  # somebody else has it; whose it is stays untold
        return _code(request, session, change, problem=portal_texts.CONTACT_TAKEN)
    world.contact_changes.take(session.sid)
    world.tell(person, portal_texts.CONTACT_CHANGED[change.kind], subject="Контакт изменён")
    return RedirectResponse(f"/profile?done={change.kind}", 303)


async def resend(request: Request) -> Response:
    """Send another code, not sooner than the delay allows."""
    session, _, _ = await browser.read_own(request)
    change = _change(request, session)
    if change is None:
        return RedirectResponse("/profile", 303)
    wait = one_time.seconds_to_resend(world_of(request), change.code)
    if wait > 0:
        return _code(request, session, change, problem=texts.resend_in(wait))
    if session.contact_codes >= _MOST_CODES:
        return _code(request, session, change, problem=portal_texts.TOO_MANY_CODES)
    _send(request, session, change)
    return _code(request, session, change, notice=texts.NEW_CODE_SENT)


def _changed(person: Person, change: ContactChange) -> Person:
    if change.kind == "phone":
        return replace(person, phone=change.value)
    return replace(person, email=change.value, email_verified=True)


def _change(request: Request, session: Session) -> ContactChange | None:
    change = world_of(request).contact_changes.get(session.sid)
    return change if change and change.kind == request.path_params["kind"] else None


def _send(request: Request, session: Session, change: ContactChange) -> None:
    world = world_of(request)
    session.contact_codes += 1
    pause = world.config.limits.sms_resend_seconds
    if world.may_send(f"contact:{change.value}", pause_seconds=pause):
        channel = "sms" if change.kind == "phone" else "email"
        change.code = one_time.send(world, channel, change.value, before=change.code)
    else:
        change.code = one_time.pretend(world, before=change.code)


def _ask(request: Request, session: Session, form: Form) -> Response:
    return pages.render(
        request,
        "contact.html",
        token=session.form_token,
        kind=request.path_params["kind"],
        form=form,
    )


def _code(
    request: Request,
    session: Session,
    change: ContactChange,
    *,
    problem: str | None = None,
    notice: str | None = None,
) -> Response:
    way = Way.SMS if change.kind == "phone" else Way.EMAIL
    wait = one_time.seconds_to_resend(world_of(request), change.code)
    return pages.render(
        request,
        "code.html",
        heading="Подтвердите контакт",
        path=f"/profile/{change.kind}/code",
        token=session.form_token,
        way=way,
        label=texts.CODE_LABELS[way],
        lead=f"Код отправлен: {change.value}.",
        problem=problem,
        notice=notice,
        seconds_left=wait,
        resend_hint=texts.resend_in(wait),
        back=("/profile", "Назад в личный кабинет"),
    )


def _routes(kind: str) -> list[BaseRoute]:
    def of_kind(handler: Handler) -> Handler:
        async def handle(request: Request) -> Response:
            request.path_params["kind"] = kind
            return await handler(request)

        return handle

    home = f"/profile/{kind}"
    return [
        Route(home, of_kind(show)),
        Route(home, of_kind(begin), methods=["POST"]),
        Route(f"{home}/code", of_kind(show_code)),
        Route(f"{home}/code", of_kind(confirm), methods=["POST"]),
        Route(f"{home}/code/resend", of_kind(resend), methods=["POST"]),
    ]


ROUTES: Final[list[BaseRoute]] = [*_routes("phone"), *_routes("email")]

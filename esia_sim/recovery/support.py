"""Recovery through support, for people without their phone and e-mail: a form, a specialist.

Invariant: nothing tells whether the person exists before a specialist has decided.
"""

import hmac
from dataclasses import replace
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, identifiers, pages, texts
from esia_sim.errors import ControlError, PageError, Reason
from esia_sim.forms import Form, read_date
from esia_sim.people import Person
from esia_sim.records import Conversation, EmailLink, Topic
from esia_sim.recovery import steps
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

_COOKIE: Final = "esia_support"


async def show(request: Request) -> Response:
    """Show the form."""
    return pages.render(request, "recovery_support.html", form=Form())


async def send(request: Request) -> Response:
    """Take the form; a specialist will answer."""
    world, form = world_of(request), Form(dict(await read_form(request)))
    facts = _read(form)
    if not form.is_good:
        return pages.render(request, "recovery_support.html", form=form)
    conversation = world.conversations.open(Topic.RECOVERY, None, facts)
    world.conversations.say(conversation, "person", texts.RECOVERY_ASKED)
    response = RedirectResponse(f"/recovery/support/{conversation.number}", 303)
    browser.set_cookie(world, response, _COOKIE, conversation.secret)
    return response


async def show_request(request: Request) -> Response:
    """Show how far the request is, to the browser that sent it."""
    conversation = _own(request)
    return pages.render(request, "recovery_request.html", conversation=conversation)


def decide(world: World, conversation: Conversation, *, believed: bool, text: str) -> None:
    """Decide about a request as a specialist: who is believed gets a link to her new contact.

    Raises:
        ControlError: it was decided before.
    """
    if conversation.topic is not Topic.RECOVERY or conversation.decision is not None:
        raise ControlError(409, "there is nothing to decide, or it was decided before")
    person = _matching(world, conversation.facts) if believed else None
    conversation.decision = person is not None
    if person is None:
        world.conversations.say(conversation, "specialist", text or texts.RECOVERY_REFUSED)
        return
    _move(world, person, conversation.facts["contact"])
    world.conversations.say(conversation, "specialist", text or texts.RECOVERY_GRANTED)


async def open_link(request: Request) -> Response:
    """Open the link of the specialist's message; the button on the page uses it up."""
    token = request.path_params["token"]
    if world_of(request).password_links.get(token) is None:
        raise PageError(410, Reason.LINK_OVER)
    return pages.render(request, "recovery_link.html", token=token)


async def use_link(request: Request) -> Response:
    """Use the link up: the new password comes next."""
    world = world_of(request)
    link = world.password_links.take(request.path_params["token"])
    if link is None or link.person_key not in world.people:
        raise PageError(410, Reason.LINK_OVER)
    recovery = steps.start(world, link.address)
    recovery.person_key = link.person_key
    return steps.remember(world, RedirectResponse("/recovery/password", 303), recovery)


def _read(form: Form) -> dict[str, str]:
    facts = {
        "last_name": form.text("last_name", texts.EMPTY_LAST_NAME),
        "first_name": form.text("first_name", texts.EMPTY_FIRST_NAME),
        "middle_name": form.text("middle_name"),
    }
    born = form.read("birth_date", read_date, empty=texts.EMPTY_BIRTH, wrong=texts.WRONG_DATE)
    policy = form.read(
        "policy",
        identifiers.normalise_policy,
        empty=texts.EMPTY_POLICY,
        wrong=texts.WRONG_POLICY,
    )
    contact = form.read(
        "contact",
        lambda typed: identifiers.normalise_phone(typed) or identifiers.normalise_email(typed),
        empty=texts.EMPTY_NEW_CONTACT,
        wrong=texts.WRONG_CONTACT,
    )
    return facts | {
        "birth_date": born.isoformat() if born else "",
        "policy": policy or "",
        "contact": contact or "",
    }


def _matching(world: World, facts: dict[str, str]) -> Person | None:
    return next((one for one in world.people.values() if _is_of(facts, one)), None)


def _is_of(facts: dict[str, str], person: Person) -> bool:
    policies = {one.number for one in person.documents if one.type == "MDCL_PLCY"}
    return (
        _folded(facts["last_name"]) == _folded(person.last_name)
        and _folded(facts["first_name"]) == _folded(person.first_name)
        and date.fromisoformat(facts["birth_date"]) == person.birth_date
        and facts["policy"] in policies
    )


def _folded(name: str) -> str:
    return name.strip().lower().replace("ё", "е")


def _move(world: World, person: Person, contact: str) -> None:
    is_email = "@" in contact
    changed = (
        replace(person, email=contact, email_verified=True)
        if is_email
        else replace(person, phone=contact)
    )
    world.put_person(changed)
    token = world.chance.token(24)
    until = world.after(world.config.limits.link_seconds)
    world.password_links.put(token, EmailLink(person.key, contact, until))
    world.inbox.deliver(
        channel="email" if is_email else "sms",
        to=contact,
        text=texts.password_link(f"{world.config.base_url}/recovery/link/{token}"),
        subject="Восстановление доступа" if is_email else None,
        sender=texts.SENDER,
        at=world.clock.now(),
    )


def _own(request: Request) -> Conversation:
    found = world_of(request).conversations.get(request.path_params["number"])
    given = browser.read_cookie(request, _COOKIE)
    if found is None or not hmac.compare_digest(found.secret.encode(), given.encode()):
        raise PageError(404, Reason.NOT_FOUND)
    return found


ROUTES: Final[list[BaseRoute]] = [
    Route("/recovery/support", show),
    Route("/recovery/support", send, methods=["POST"]),
    Route("/recovery/support/{number}", show_request),
    Route("/recovery/link/{token}", open_link),
    Route("/recovery/link/{token}", use_link, methods=["POST"]),
]

"""`/_sim/`: the trainer's desk: people, messages, sign-ins, situations by one click, the clock.

Everything is a form, so that it works without scripts; a script only renews what has changed.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser, desk_texts, devices, pages, portal_texts, texts
from esia_sim.control_calls import COOKIE, guarded_page
from esia_sim.errors import ControlError
from esia_sim.expectations import Expectation, fixed
from esia_sim.people import Person, State
from esia_sim.recovery import support
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

_SHOWN: Final = 20
_LONGEST: Final = 2000
_MANY: Final = 1000
_SPANS: Final = {
    "5m": timedelta(minutes=5),
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
}
_SITUATIONS: Final[dict[str, Callable[[], Expectation]]] = {
    "late_sms": lambda: Expectation(endpoint="sms", delay=fixed(60)),
    "lost_sms": lambda: Expectation(endpoint="sms", drop=True),
    "expired": lambda: Expectation(endpoint="token", spoil="expired"),
    "silent": lambda: Expectation(endpoint="token", drop=True, left=_MANY),
    "broken": lambda: Expectation(endpoint="authorize", status=500, left=_MANY),
    "slow": lambda: Expectation(endpoint="authorize", delay=fixed(5), left=_MANY),
}


async def show(request: Request) -> Response:
    """Show the desk."""
    if not guarded_page(request):
        return pages.render(request, "desk_key.html", status=403)
    world, asked = world_of(request), request.query_params.get("q", "").strip().lower()
    return pages.render(
        request,
        "desk.html",
        asked=asked,
        people=[_row(world, one) for one in world.people.values() if _is_meant(one, asked)],
        situations=desk_texts.SITUATIONS,
        expected=[(one, desk_texts.expectation(one)) for one in world.expectations.all if one.left],
        clock=world.clock,
        now=texts.exact_moment(world.clock.now()),
        conversations=list(reversed(world.conversations.values()))[:_SHOWN],
        messages=world.inbox.find()[: -_SHOWN - 1 : -1],
        sign_ins=_sign_ins(world),
        notice=desk_texts.NOTICES.get(request.query_params.get("done", "")),
    )


async def act(request: Request) -> Response:
    """Do what a button of the desk asks for."""
    if not guarded_page(request):
        raise ControlError(403, "the key of the stand is needed")
    world, form = world_of(request), dict(await read_form(request))
    done = _do(world, form)
    return RedirectResponse(f"/_sim/?done={done}#{form.get('back', 'top')[:20]}", 303)


async def give_key(request: Request) -> Response:
    """Take the key of the stand from a browser, which cannot send a header."""
    world, form = world_of(request), dict(await read_form(request))
    given = hashlib.sha256(form.get("key", "").encode()).hexdigest()
    wanted = hashlib.sha256((world.config.control_key or "").encode()).hexdigest()
    if not hmac.compare_digest(given, wanted):
        return pages.render(request, "desk_key.html", status=403, problem=desk_texts.WRONG_KEY)
    response = RedirectResponse("/_sim/", 303)
    browser.set_cookie(world, response, COOKIE, given)
    return response


def _do(world: World, form: dict[str, str]) -> str:
    what, value = form.get("act", ""), form.get("value", "")
    match what:
        case "situation" if value in _SITUATIONS:
            world.expectations.add(_SITUATIONS[value]())
        case "forget":
            world.expectations.forget(value or None)
        case "clock":
            _move(world, value)
        case "lock" | "unlock" if value in world.people:
            _lock(world, world.people[value], is_locked=what == "lock")
        case "answer":
            _answer(world, value, form)
        case "reset" if value == "yes":
            world.reset()
        case _:
            return "nothing"
    return what


def _move(world: World, value: str) -> None:
    match value:
        case "freeze":
            world.clock.freeze()
        case "run":
            world.clock.run()
        case "reset":
            world.clock.reset()
        case _ if value in _SPANS:
            world.clock.advance(_SPANS[value])
        case _:
            pass


def _lock(world: World, person: Person, *, is_locked: bool) -> None:
    state = State.LOCKED if is_locked else State.ACTIVE
    world.put_person(replace(person, state=state))
    if is_locked:
        world.sessions.drop_where(person_key=person.key)
    else:
        world.forgive(person.key)


def _answer(world: World, number: str, form: dict[str, str]) -> None:
    conversation = world.conversations.get(number)
    text = form.get("text", "").strip()[:_LONGEST]
    if conversation is None:
        return
    if form.get("decision") in {"believe", "refuse"} and conversation.decision is None:
        believed = form["decision"] == "believe"
        support.decide(world, conversation, believed=believed, text=text)
    elif text:
        world.conversations.say(conversation, "specialist", text)


def _is_meant(person: Person, asked: str) -> bool:
    return asked in f"{person.key} {person.last_name} {person.first_name}".lower()


def _row(world: World, person: Person) -> dict[str, object]:
    live = sum(1 for session in world.sessions if session.person_key == person.key)
    last = world.sign_ins.get(person.key)
    return {
        "person": person,
        "level": portal_texts.LEVELS[person.level][0],
        "locked": world.locked_until(person.key) or world.blocked_until(person),
        "live": live,
        "last": last[-1].at if last else None,
    }


def _sign_ins(world: World) -> list[tuple[object, str, str, str]]:
    found = [(one, key) for key, all_of_her in world.sign_ins.items() for one in all_of_her]
    found.sort(key=lambda pair: pair[0].at, reverse=True)
    return [
        (one.at, key, portal_texts.ways(one.ways), devices.in_words(one.agent))
        for one, key in found[:_SHOWN]
    ]

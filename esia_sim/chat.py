"""`/support`: the chat of the portal; a robot answers by script, a specialist through the desk."""

import hmac
import re
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, pages, portal_texts
from esia_sim.errors import PageError, Reason
from esia_sim.records import Conversation, Topic
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

_COOKIE: Final = "esia_chat"
_LONGEST: Final = 1000
_LINES_A_MINUTE: Final = 10


async def show(request: Request) -> Response:
    """Show the chat of this browser."""
    return _page(request, _own(request))


async def say(request: Request) -> Response:
    """Take a line; the robot answers at once."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise PageError(403, Reason.BAD_REQUEST)
    world, form = world_of(request), dict(await read_form(request))
    text, chat = form.get("text", "").strip()[:_LONGEST], _own(request)
    if not text or form.get("said", "0") != str(_said(chat)):  # nothing, or sent twice
        return RedirectResponse("/support", 303)
    if chat and _is_too_fast(world, chat):
        return _page(request, chat, problem=portal_texts.TOO_FAST, typed=text)
    if chat is None:
        session = browser.session_of(request)
        person = world.people.get(session.person_key) if session else None
        chat = world.conversations.open(Topic.CHAT, person)
    world.conversations.say(chat, "person", text)
    if not any(line.author == "specialist" for line in chat.lines):
        world.conversations.say(chat, "robot", _answer(text))
    response = RedirectResponse("/support", 303)
    browser.set_cookie(world, response, _COOKIE, f"{chat.number}:{chat.secret}")
    return response


def _page(
    request: Request, chat: Conversation | None, *, problem: str | None = None, typed: str = ""
) -> Response:
    return pages.render(
        request, "chat.html", chat=chat, said=_said(chat), problem=problem, typed=typed
    )


def _said(chat: Conversation | None) -> int:
    return sum(line.author == "person" for line in chat.lines) if chat else 0


def _answer(text: str) -> str:
    folded = text.lower().replace("ё", "е")
    for pattern, answer in portal_texts.ROBOT:
        if re.search(pattern, folded):
            return answer
    return portal_texts.ROBOT_DOES_NOT_KNOW


def _is_too_fast(world: World, chat: Conversation) -> bool:
    since = world.clock.now() - timedelta(minutes=1)
    said = [line for line in chat.lines if line.author == "person" and line.at > since]
    return len(said) >= _LINES_A_MINUTE


def _own(request: Request) -> Conversation | None:
    number, _, secret = browser.read_cookie(request, _COOKIE).partition(":")
    found = world_of(request).conversations.get(number)
    if found is None or not hmac.compare_digest(found.secret.encode(), secret.encode()):
        return None
    # the next person at this browser must not read what the one before has written
    session = browser.session_of(request)
    is_hers = found.person_key is None or (session and session.person_key == found.person_key)
    return found if is_hers else None


ROUTES: Final[list[BaseRoute]] = [
    Route("/support", show),
    Route("/support", say, methods=["POST"]),
]

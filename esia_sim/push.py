"""Pushes: questions on a person's phone that let a waiting browser in.

Exactly one answer counts. A browser that waits for somebody without the app waits in vain, so
that its page tells nobody who has an account.
"""

import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import logins, texts
from esia_sim.control_calls import checked_fields
from esia_sim.errors import ControlError, PageError, Reason
from esia_sim.people import Person
from esia_sim.records import Attempt, Push, PushKind, QrCode, Waiting
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

_MISSES: Final = 3
# Without signs that look alike.
_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_QR_LENGTH: Final = 8


def wait_for(world: World, attempt: Attempt, kind: PushKind, person: Person | None) -> None:
    """Let a browser wait for a phone; the push is sent if there is somebody to send it to."""
    attempt.waiting = Waiting(
        kind=kind,
        number=f"{10 + world.chance.below(90)}",
        until=world.after(world.config.limits.push_seconds),
    )
    if person and person.has_app:
        _send(world, attempt, attempt.waiting, person)


def wait_for_scan(world: World, attempt: Attempt) -> None:
    """Let a browser wait for a phone that types or scans its short code."""
    until = world.after(world.config.limits.push_seconds)
    code = "".join(world.chance.choice(_ALPHABET) for _ in range(_QR_LENGTH))
    attempt.waiting = Waiting(
        kind=PushKind.QR, number=f"{10 + world.chance.below(90)}", until=until, qr=code
    )
    world.qr_codes.put(code, QrCode(attempt.token, until))


def scan(world: World, person: Person, code: str) -> bool:
    """Connect a phone with the browser that shows this code; False when none does."""
    found = world.qr_codes.take("".join(code.split()).replace("-", "").upper())
    attempt = world.attempts.get(found.attempt) if found else None
    if attempt is None or attempt.waiting is None or attempt.waiting.kind is not PushKind.QR:
        return False
    _send(world, attempt, attempt.waiting, person)
    return True


def answer(world: World, push: Push, *, allowed: bool) -> bool:
    """Answer a push; False when it was answered before."""
    if push.answer is not None or world.pushes.get(push.id) is None:
        return False
    push.answer = allowed
    return True


async def answer_on_phone(request: Request) -> Response:
    """Take the answer that a person gives on her phone."""
    world, form = world_of(request), dict(await read_form(request))
    push = world.pushes.get(request.path_params["push"])
    if push is None or push.person_key != request.path_params["person"]:
        raise PageError(410, Reason.ANSWERED)
    if not hmac.compare_digest(push.secret.encode(), form.get("secret", "").encode()):
        raise PageError(403, Reason.BAD_REQUEST)
    said = form.get("answer")
    if said == "miss" and push.kind is PushKind.BIOMETRICS and push.misses < _MISSES - 1:
        push.misses += 1
    elif not answer(world, push, allowed=said == "allow"):
        raise PageError(409, Reason.ANSWERED)
    return RedirectResponse(f"/phone/{push.person_key}", 303)


async def answer_by_control(request: Request) -> Response:
    """Answer a push by a control call: `{"answer": "allow" | "deny"}`."""
    world, fields = world_of(request), await checked_fields(request, ("answer",))
    said = fields.choice("answer", ("allow", "deny"), "")
    push = world.pushes.get(request.path_params["push"])
    if push is None:
        raise ControlError(404, "there is no such push, or its time is over")
    if not answer(world, push, allowed=said == "allow"):
        raise ControlError(409, "it was answered before")
    return JSONResponse({"id": push.id, "answer": said})


def _send(world: World, attempt: Attempt, waiting: Waiting, person: Person) -> None:
    client = world.clients.get((attempt.request or {}).get("client_id", ""))
    push = Push(
        id=world.chance.hexadecimal(8),
        secret=world.chance.token(16),
        person_key=person.key,
        kind=waiting.kind,
        number=waiting.number,
        expires_at=waiting.until,
    )
    waiting.push = push.id
    world.pushes.put(push.id, push)
    world.inbox.deliver(
        channel="push",
        to=logins.app_of(person),
        text=texts.push_question(push.kind, client.name if client else texts.PORTAL, push.number),
        sender=texts.SENDER,
        at=world.clock.now(),
        push=push.id,
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/phone/{person}/push/{push}", answer_on_phone, methods=["POST"]),
]

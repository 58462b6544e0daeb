"""Signing in with an electronic signature: a token signs our challenge after its PIN.

The tokens of the stand can be seen by everybody who stands before it; that they are listed tells
nothing about accounts.
"""

import hmac
from typing import Final

from anyio import to_thread
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, pages, signed_challenge, texts, token_device
from esia_sim.authorize import start_attempt
from esia_sim.forms import Form
from esia_sim.people import Person
from esia_sim.records import Attempt, Failures, Way
from esia_sim.sign_in.entered import enter
from esia_sim.sign_in.steps import client_name, read_step, show_locked
from esia_sim.store import World
from esia_sim.wire import world_of

_PIN_TRIES: Final = 3


async def show(request: Request) -> Response:
    """Ask for the token and its PIN."""
    world = world_of(request)
    attempt = browser.attempt_of(request) or start_attempt(world, None)
    response = await _form(request, attempt, Form())
    browser.remember_attempt(world, response, attempt)
    return response


async def sign(request: Request) -> Response:
    """Let the token sign, check what it signed, and let its person in."""
    attempt, typed = await read_step(request)
    world, form = world_of(request), Form(typed)
    holder = world.people.get(form.text("holder", texts.NO_HOLDER))
    pin = form.text("pin", texts.EMPTY_PIN)
    if form.is_good and (holder is None or holder.signature is None):
        form.refuse("holder", texts.NO_HOLDER)
    if holder is None or not form.is_good or not _is_unlocked(world, holder, pin, form):
        return await _form(request, attempt, form)
    signed, challenge = await to_thread.run_sync(_signed, world, attempt, holder)
    return await accept(request, attempt, form, signed, challenge)


async def accept(
    request: Request, attempt: Attempt, form: Form, signed: bytes, challenge: str
) -> Response:
    """Check a signed challenge as the server does, whatever token it comes from."""
    world = world_of(request)
    authority, now = world.authority(), world.clock.now()
    try:
        snils = signed_challenge.check(
            signed, challenge, root=authority.certificate, crl=authority.crl(now), now=now
        )
    except signed_challenge.Refused as refused:
        form.refuse("holder", texts.signature_refused(refused.flaw, refused.certificate))
        return await _form(request, attempt, form)
    person = world.person_by_login(snils)
    if person is None:
        form.refuse("holder", texts.SIGNATURE_OF_NOBODY)
        return await _form(request, attempt, form)
    if until := world.locked_until(person.key) or world.blocked_until(person):
        return show_locked(request, until)
    return enter(request, attempt, person, Way.SIGNATURE)


async def certificate(request: Request) -> Response:
    """Give the certificate of the authority away."""
    authority = await to_thread.run_sync(world_of(request).authority)
    pem = authority.certificate.public_bytes(Encoding.PEM)
    return Response(pem, media_type="application/x-pem-file")


async def revocations(request: Request) -> Response:
    """Give the list of revoked certificates away."""
    world = world_of(request)
    authority = await to_thread.run_sync(world.authority)
    return Response(
        authority.crl(world.clock.now()).public_bytes(Encoding.DER),
        media_type="application/pkix-crl",
    )


def _signed(world: World, attempt: Attempt, holder: Person) -> tuple[bytes, str]:
    # a challenge of this very step: what was signed for another one is worth nothing here
    challenge = f"{attempt.token}:{world.chance.token(24)}"
    credential = world.authority().credential(holder, world.clock.now())
    return (token_device.sign(credential, challenge.encode()) if credential else b""), challenge


def _is_unlocked(world: World, holder: Person, pin: str, form: Form) -> bool:
    key = f"token:{holder.key}"
    failures = world.failures.get(key)
    if failures and failures.count >= _PIN_TRIES:
        form.refuse("pin", texts.token_blocked(failures.expires_at))
        return False
    if hmac.compare_digest(pin.encode(), token_device.PIN.encode()):
        world.failures.take(key)
        return True
    count = failures.count + 1 if failures else 1
    until = world.after(world.config.limits.lock_seconds)
    world.failures.put(key, Failures(count, until))
    left = _PIN_TRIES - count
    form.refuse("pin", texts.wrong_pin(left) if left else texts.token_blocked(until))
    return False


async def _form(request: Request, attempt: Attempt, form: Form) -> Response:
    return pages.render(
        request,
        "login_signature.html",
        token=attempt.form_token,
        client=client_name(request, attempt),
        form=form,
        tokens=await to_thread.run_sync(_tokens, world_of(request)),
        pin=token_device.PIN,
    )


def _tokens(world: World) -> list[tuple[Person, object]]:
    authority, now = world.authority(), world.clock.now()
    return [
        (person, credential.certificate.not_valid_after_utc)
        for person in world.people.values()
        if (credential := authority.credential(person, now))
    ]


ROUTES: Final[list[BaseRoute]] = [
    Route("/login/signature", show),
    Route("/login/signature", sign, methods=["POST"]),
    Route("/ca.crt", certificate),
    Route("/ca.crl", revocations),
]

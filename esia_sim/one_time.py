"""One-time codes that are sent: HOTP, one secret per way through the pages; a new one ends the old.

Signing in, registration, recovery and changed contacts all use these.
"""

import math
from dataclasses import replace
from datetime import timedelta

from pyotp.hotp import HOTP

from esia_sim import texts
from esia_sim.records import OneTimeCode
from esia_sim.store import World


def send(world: World, channel: str, to: str, *, before: OneTimeCode | None = None) -> OneTimeCode:
    """Send a code by `sms` or `email`; one that was sent `before` works no longer."""
    sent = replace(pretend(world, before=before), channel=channel, to=to)
    world.inbox.deliver(
        channel=channel,
        to=to,
        text=texts.code_message(HOTP(sent.secret).at(sent.counter)),
        subject="Код подтверждения" if channel == "email" else None,
        sender=texts.SENDER,
        at=sent.sent_at,
    )
    return sent


def pretend(world: World, *, before: OneTimeCode | None = None) -> OneTimeCode:
    """Make a code that nobody gets, so that a page looks alike for a login that nobody has."""
    return OneTimeCode(
        secret=before.secret if before else world.chance.code_secret(),
        counter=before.counter + 1 if before else 0,
        tries_left=world.config.limits.sms_tries,
        sent_at=world.clock.now(),
        channel="sms",
        to="",
    )


def problem(world: World, sent: OneTimeCode | None, typed: str, *, counted_by: str) -> str | None:
    """Check a code; returns what to say when it does not fit, and counts the failure."""
    typed = "".join(typed.split())
    if not typed:
        return texts.EMPTY_CODE
    if sent is None or sent.tries_left == 0:
        return texts.NO_TRIES
    if sent.sent_at + timedelta(seconds=world.config.limits.sms_seconds) <= world.clock.now():
        return texts.CODE_EXPIRED
    if typed.isascii() and HOTP(sent.secret).verify(typed, sent.counter):
        return None
    sent.tries_left -= 1
    world.count_failure(counted_by)
    return texts.wrong_code(sent.tries_left)


def seconds_to_resend(world: World, sent: OneTimeCode | None) -> int:
    """Return how long the next code has to wait; 0 when it may be sent now."""
    if sent is None:
        return 0
    passed = (world.clock.now() - sent.sent_at).total_seconds()
    return max(0, math.ceil(world.config.limits.sms_resend_seconds - passed))

"""Ways to ESIA and back.

An attempt is bound by `state` (a UUID) and by a cookie, because ESIA returns no nonce. Both leave
this module once, in clear; the database keeps their SHA-256 only.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import SignInAttempt
from zdrav29_app.errors import AttemptExpired, AttemptUnknown
from zdrav29_app.identity import fingerprint
from zdrav29_app.values import safe_next

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class Attempt:
    """What a browser takes along to ESIA: `state` in the address, `browser` in a cookie."""

    state: str
    browser: str


@dataclass(frozen=True)
class Finished:
    """What an attempt was begun for: an address, and whether it asked for two factors."""

    going_to: str
    steps_up: bool


def begin(session: Session, going_to: str, *, steps_up: bool = False) -> Attempt:
    """Start a way to ESIA that returns to `going_to`; one that steps up asks for two factors."""
    now = clock.now()
    attempt = Attempt(state=str(uuid4()), browser=secrets.token_urlsafe(32))
    session.add(
        SignInAttempt(
            state_hash=fingerprint(attempt.state),
            browser_hash=fingerprint(attempt.browser),
            going_to=safe_next(going_to),
            steps_up=steps_up,
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    return attempt


def finish(session: Session, state: str, browser: str) -> Finished:
    """Consume the attempt that ESIA answers; returns where the person was going.

    Raises:
        AttemptUnknown: no such attempt, of another browser, or used before.
        AttemptExpired: it took too long.
    """
    now = clock.now()
    row = session.exec(
        select(SignInAttempt).where(
            SignInAttempt.state_hash == _state_hash(state),
            SignInAttempt.browser_hash == fingerprint(browser),
        )
    ).one_or_none()
    if row is None or not _consume(session, row, now):
        raise AttemptUnknown
    if row.expires_at <= now:
        raise AttemptExpired
    return Finished(row.going_to, steps_up=row.steps_up)


def _state_hash(state: str) -> str:
    try:
        return fingerprint(str(UUID(state)))
    except ValueError:
        raise AttemptUnknown from None


def _consume(session: Session, row: SignInAttempt, now: datetime) -> bool:
    taken = session.exec(
        update(SignInAttempt)
        .where(col(SignInAttempt.id) == row.id, col(SignInAttempt.used_at).is_(None))
        .values(used_at=now)
    )
    return taken.rowcount == 1

"""One-time codes by HOTP (RFC 4226): one secret per person and purpose, gone when it was right.

A wrong code is counted in the transaction that checks it, so refusals are returned, not raised.
"""

from dataclasses import dataclass
from datetime import datetime

from pyotp import random_base32
from pyotp.hotp import HOTP
from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import OneTimeCode
from zdrav29_app.errors import CabinetError, CodeBlocked, CodeExpired, CodeTooSoon, CodeWrong
from zdrav29_app.rules import codes as rules
from zdrav29_app.values import CodePurpose


@dataclass(frozen=True)
class CodeState:
    """What a page shows of a code. `blocked_until` is aware UTC, None when codes are taken."""

    is_sent: bool
    resend_in_seconds: int
    blocked_until: datetime | None


def look(session: Session, patient_id: int, purpose: CodePurpose) -> CodeState:
    """How far a person is with a code."""
    code = session.get(OneTimeCode, (patient_id, purpose))
    return CodeState(
        is_sent=code is not None and code.sent_at + rules.CODE_LIFETIME > clock.now(),
        resend_in_seconds=_seconds_to_resend(code),
        blocked_until=_blocked_until(code),
    )


def make(
    session: Session, patient_id: int, purpose: CodePurpose, *, subject: str | None = None
) -> str:
    """The next code of a person; the one before works no longer. `subject` is what it opens.

    Raises:
        CodeBlocked: too many wrong codes.
        CodeTooSoon: the last one was sent a moment ago.
    """
    before = session.get(OneTimeCode, (patient_id, purpose))
    if until := _blocked_until(before):
        raise CodeBlocked(until)
    if seconds := _seconds_to_resend(before):
        raise CodeTooSoon(seconds)
    code = before or _new(patient_id, purpose)
    if code.blocked_until:  # the block is over: counting begins anew
        code.failures, code.blocked_until = 0, None
    code.counter += 1
    code.subject = subject
    code.tries_left, code.sent_at = rules.TRIES_PER_CODE, clock.now()
    session.add(code)
    return HOTP(code.secret).at(code.counter)


def check(
    session: Session, patient_id: int, purpose: CodePurpose, typed: str
) -> CabinetError | OneTimeCode:
    """The row of a right code, which is used up by that; otherwise why it was refused."""
    code = session.get(OneTimeCode, (patient_id, purpose))
    if until := _blocked_until(code):
        return CodeBlocked(until)
    if code is None or not code.tries_left or code.sent_at + rules.CODE_LIFETIME <= clock.now():
        return CodeExpired()
    typed = "".join(typed.split())
    if not (typed.isascii() and HOTP(code.secret).verify(typed, code.counter)):
        return _count_failure(session, code)
    session.delete(code)
    return code


def _new(patient_id: int, purpose: CodePurpose) -> OneTimeCode:
    return OneTimeCode(
        patient_id=patient_id,
        purpose=purpose,
        secret=random_base32(),
        counter=-1,
        tries_left=0,
        sent_at=clock.now(),
    )


def _count_failure(session: Session, code: OneTimeCode) -> CabinetError:
    code.tries_left -= 1
    code.failures += 1
    session.add(code)
    if code.failures < rules.BLOCK_AFTER:
        return CodeWrong(code.tries_left)
    code.blocked_until = clock.now() + rules.BLOCK_FOR
    return CodeBlocked(code.blocked_until)


def _seconds_to_resend(code: OneTimeCode | None) -> int:
    if code is None:
        return 0
    left = code.sent_at + rules.RESEND_AFTER - clock.now()
    return max(0, -(-left // rules.SECOND))


def _blocked_until(code: OneTimeCode | None) -> datetime | None:
    until = code.blocked_until if code else None
    return until if until and until > clock.now() else None

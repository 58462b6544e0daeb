"""The first entry: the phone of the ESIA profile is confirmed by a code, then the way is chosen.

A wrong code is counted in the transaction that checks it, so refusals are returned, not raised.
"""

from dataclasses import dataclass
from datetime import datetime

from pyotp import random_base32
from pyotp.hotp import HOTP
from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Patient, PhoneCode
from zdrav29_app.errors import (
    CabinetError,
    CodeBlocked,
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    EntryIncomplete,
    PhoneMissing,
)
from zdrav29_app.rules import entry as rules
from zdrav29_app.services import audit, notices
from zdrav29_app.services.sign_in import Viewer
from zdrav29_app.values import SignInWay, Stage


@dataclass(frozen=True)
class PhoneCheck:
    """What the page of the first step shows. `phone` is E.164, None when ESIA has none."""

    phone: str | None
    is_sent: bool
    resend_in_seconds: int
    blocked_until: datetime | None


def check_complete(viewer: Viewer) -> None:
    """Let nobody past whose first entry is not complete.

    Raises:
        EntryIncomplete: it says which page comes next.
    """
    if viewer.stage is not Stage.COMPLETE:
        raise EntryIncomplete("/welcome" if viewer.stage is Stage.PHONE else "/consent")


def look(session: Session, viewer: Viewer) -> PhoneCheck:
    """The state of the first step."""
    patient = session.get_one(Patient, viewer.patient_id)
    code = session.get(PhoneCode, viewer.patient_id)
    return PhoneCheck(
        phone=patient.phone,
        is_sent=code is not None and code.sent_at + rules.CODE_LIFETIME > clock.now(),
        resend_in_seconds=_seconds_to_resend(code),
        blocked_until=_blocked_until(code),
    )


def send_code(session: Session, viewer: Viewer) -> None:
    """Send a code to the phone of the profile; the one before works no longer.

    Raises:
        PhoneMissing: ESIA has no phone of hers.
        CodeBlocked: too many wrong codes.
        CodeTooSoon: the last one was sent a moment ago.
    """
    patient = session.get_one(Patient, viewer.patient_id)
    if not patient.phone:
        raise PhoneMissing
    code = session.get(PhoneCode, viewer.patient_id)
    if until := _blocked_until(code):
        raise CodeBlocked(until)
    if seconds := _seconds_to_resend(code):
        raise CodeTooSoon(seconds)
    code = _next_code(code, viewer)
    session.add(code)
    notices.send_code(session, patient, HOTP(code.secret).at(code.counter))


def confirm_phone(session: Session, viewer: Viewer, typed: str) -> CabinetError | None:
    """Check the code; returns why it was refused, None when the phone is confirmed now."""
    code = session.get(PhoneCode, viewer.patient_id)
    if until := _blocked_until(code):
        return CodeBlocked(until)
    if code is None or not code.tries_left or code.sent_at + rules.CODE_LIFETIME <= clock.now():
        return CodeExpired()
    typed = "".join(typed.split())
    if not (typed.isascii() and HOTP(code.secret).verify(typed, code.counter)):
        return _count_failure(session, code)
    session.delete(code)
    _confirm(session, viewer)
    return None


def choose_way(session: Session, viewer: Viewer, way: SignInWay) -> None:
    """Remember how the person wants to sign in next time."""
    patient = session.get_one(Patient, viewer.patient_id)
    patient.next_way = way
    session.add(patient)


def _next_code(before: PhoneCode | None, viewer: Viewer) -> PhoneCode:
    code = before or PhoneCode(
        patient_id=viewer.patient_id,
        secret=random_base32(),
        counter=-1,
        tries_left=0,
        sent_at=clock.now(),
    )
    if code.blocked_until:  # the block is over: counting begins anew
        code.failures, code.blocked_until = 0, None
    code.counter += 1
    code.tries_left, code.sent_at = rules.TRIES_PER_CODE, clock.now()
    return code


def _count_failure(session: Session, code: PhoneCode) -> CabinetError:
    code.tries_left -= 1
    code.failures += 1
    session.add(code)
    if code.failures < rules.BLOCK_AFTER:
        return CodeWrong(code.tries_left)
    code.blocked_until = clock.now() + rules.BLOCK_FOR
    return CodeBlocked(code.blocked_until)


def _confirm(session: Session, viewer: Viewer) -> None:
    patient = session.get_one(Patient, viewer.patient_id)
    patient.phone_confirmed_at = clock.now()
    session.add(patient)
    audit.record(session, viewer, Action.PHONE_CONFIRMED, f"patient:{patient.id}")


def _seconds_to_resend(code: PhoneCode | None) -> int:
    if code is None:
        return 0
    left = code.sent_at + rules.RESEND_AFTER - clock.now()
    return max(0, -(-left // rules.SECOND))


def _blocked_until(code: PhoneCode | None) -> datetime | None:
    until = code.blocked_until if code else None
    return until if until and until > clock.now() else None

"""The first entry: the phone of the ESIA profile is confirmed by a code, then the way is chosen."""

from dataclasses import dataclass

from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Patient
from zdrav29_app.errors import CabinetError, EntryIncomplete, PhoneMissing
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import entry as rules
from zdrav29_app.services import audit, codes, consents, notices
from zdrav29_app.services.codes import CodeState
from zdrav29_app.values import CodePurpose, Purpose, SignInWay, Stage


@dataclass(frozen=True)
class PhoneCheck:
    """What the page of the first step shows. `phone` is E.164, None when ESIA has none."""

    phone: str | None
    code: CodeState


def check_complete(viewer: Viewer) -> None:
    """Let nobody past whose first entry is not complete.

    Raises:
        EntryIncomplete: it says which page comes next.
    """
    if viewer.stage is not Stage.COMPLETE:
        raise EntryIncomplete("/welcome" if viewer.stage is Stage.PHONE else "/consent")


def stage_of(session: Session, person: Patient) -> Stage:
    """Where a person stands who is not here."""
    return rules.stage_of(
        person.phone_confirmed_at,
        has_consented=consents.is_given(session, person.id or 0, Purpose.CABINET),
        way=person.next_way,
    )


def look(session: Session, viewer: Viewer) -> PhoneCheck:
    """The state of the first step."""
    patient = session.get_one(Patient, viewer.actor_id)
    return PhoneCheck(patient.phone, codes.look(session, viewer.actor_id, CodePurpose.PHONE))


def send_code(session: Session, viewer: Viewer) -> None:
    """Send a code to the phone of the profile; the one before works no longer.

    Raises:
        PhoneMissing: ESIA has no phone of hers.
        CodeBlocked: too many wrong codes.
        CodeTooSoon: the last one was sent a moment ago.
    """
    patient = session.get_one(Patient, viewer.actor_id)
    if not patient.phone:
        raise PhoneMissing
    notices.send_code(session, patient, codes.make(session, viewer.actor_id, CodePurpose.PHONE))


def confirm_phone(session: Session, viewer: Viewer, typed: str) -> CabinetError | None:
    """Check the code; returns why it was refused, None when the phone is confirmed now."""
    found = codes.check(session, viewer.actor_id, CodePurpose.PHONE, typed)
    if isinstance(found, CabinetError):
        return found
    patient = session.get_one(Patient, viewer.actor_id)
    patient.phone_confirmed_at = clock.now()
    session.add(patient)
    audit.record(session, viewer, Action.PHONE_CONFIRMED, f"patient:{patient.id}")
    return None


def choose_way(session: Session, viewer: Viewer, way: SignInWay) -> None:
    """Remember how the person wants to sign in next time."""
    patient = session.get_one(Patient, viewer.actor_id)
    patient.next_way = way
    session.add(patient)

"""Reminders of visits ahead: planned anew whenever a visit or a preference changes."""

from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import Patient
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import notices as rules
from zdrav29_app.services import notices, patients, preferences, visits
from zdrav29_app.services.visits import Visit


def plan(session: Session, patient: Patient, actor: Patient, *, changed: str = "") -> None:
    """Plan the reminders of a patient's visits; those planned before are taken back.

    `changed` is the number of the visit that was made, moved or cancelled just now. Whoever has no
    contact of her own is reminded through the one who acts for her.
    """
    for visit in visits.visits_of(session, patient):
        to, facts = notices.addressee(patient, actor, visit)
        are_wrong = visit.number == changed or not visit.is_cancellable
        notices.forget_reminders(session, to, visit.number, are_wrong=are_wrong)
        if visit.is_cancellable:
            _plan(session, to, visit, facts)


def plan_own(session: Session, viewer: Viewer) -> None:
    """Plan the viewer's own reminders by what she prefers now."""
    patients.take_turn(session, viewer.actor_id)
    patient = session.get_one(Patient, viewer.actor_id)
    plan(session, patient, patient)


def _plan(session: Session, to: Patient, visit: Visit, facts: dict[str, str]) -> None:
    wanted = preferences.of(session, to.id or 0)
    moments = {
        rules.reminder_at(visit.starts_at, hours, wanted.quiet) for hours in wanted.remind_hours
    }
    for moment in sorted(moments):
        if moment > clock.now():
            notices.remind(session, to, facts, moment)

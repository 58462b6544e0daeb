"""The audit trail: who did what, written in the transaction of the act itself."""

from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, AuditEvent
from zdrav29_app.identity import Actor


def record(session: Session, viewer: Actor, action: Action, subject: str) -> None:
    """Add one event. `subject` is a kind and an id, such as `appointment:17`; never a name.

    Raises:
        ValueError: nobody is acting; an anonymous entry would be worthless.
    """
    if not (viewer.patient_id and viewer.actor_id) or viewer.session_id == 0:
        raise ValueError("an audit event needs an actor")
    session.add(
        AuditEvent(
            at=clock.now(),
            patient_id=viewer.patient_id,
            actor_id=viewer.actor_id,
            session_id=viewer.session_id,
            action=action,
            subject=subject,
        )
    )

"""The audit trail: who did what, written in the transaction of the act itself."""

from typing import Protocol

from sqlmodel import Session

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, AuditEvent


class Actor(Protocol):
    """Whoever acts: a patient in a session."""

    @property
    def patient_id(self) -> int:
        """Row of the patient in whose cabinet it happens; 0 means nobody."""
        ...

    @property
    def actor_id(self) -> int:
        """Row of the patient who acts; 0 means nobody."""
        ...

    @property
    def session_id(self) -> int:
        """Row of the session; 0 means none."""
        ...


def record(session: Session, viewer: Actor, action: Action, subject: str) -> None:
    """Add one event. `subject` is a kind and an id, such as `appointment:17`; never a name.

    Raises:
        ValueError: nobody is acting; an anonymous entry would be worthless.
    """
    if not (viewer.patient_id and viewer.actor_id and viewer.session_id):
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

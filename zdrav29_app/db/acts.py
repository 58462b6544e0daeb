"""Counts what the audit trail says, when it is kept: a rolled back act is none."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from zdrav29_app import metrics
from zdrav29_app.db.tables import AuditEvent

_PENDING = "acts"


def count_acts() -> None:
    """From now on every committed audit event is counted."""
    event.listen(Session, "after_flush", _collect)
    event.listen(Session, "after_commit", _count)
    event.listen(Session, "after_rollback", _forget)


def _collect(session: Session, _: object) -> None:
    flushed = [row.action for row in session.new if isinstance(row, AuditEvent)]
    session.info.setdefault(_PENDING, []).extend(flushed)


def _count(session: Session) -> None:
    for action in session.info.pop(_PENDING, []):
        metrics.acts.labels(action).inc()


def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)

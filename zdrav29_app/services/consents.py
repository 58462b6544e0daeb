"""Consent to the processing of personal data (согласие на обработку персональных данных)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Consent, WebSession
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.entry import CURRENT_VERSIONS
from zdrav29_app.services import audit
from zdrav29_app.values import Purpose


@dataclass(frozen=True)
class GivenConsent:
    """A consent in force. `given_at` is aware UTC."""

    purpose: Purpose
    version: int
    given_at: datetime


def give(session: Session, viewer: Viewer, purpose: Purpose) -> None:
    """Record consent to the current version of a document; once is enough."""
    if any(one.purpose is purpose for one in in_force(session, viewer)):
        return
    own = session.get_one(WebSession, viewer.session_id)
    version = CURRENT_VERSIONS[purpose]
    session.add(
        Consent(
            patient_id=viewer.actor_id,
            purpose=purpose,
            version=version,
            ip=own.ip,
            given_at=clock.now(),
        )
    )
    audit.record(session, viewer, Action.CONSENT_GIVEN, f"consent:{purpose}:{version}")


def in_force(session: Session, viewer: Viewer) -> tuple[GivenConsent, ...]:
    """The consents to current versions that the viewer has not withdrawn."""
    return _current(session, viewer.actor_id)


def is_given(session: Session, person_id: int, purpose: Purpose) -> bool:
    """Whether a person's consent to the current version is in force."""
    return any(one.purpose is purpose for one in _current(session, person_id))


def _current(session: Session, person_id: int) -> tuple[GivenConsent, ...]:
    rows = session.exec(
        select(Consent)
        .where(Consent.patient_id == person_id, col(Consent.withdrawn_at).is_(None))
        .order_by(col(Consent.id))
    )
    return tuple(
        GivenConsent(row.purpose, row.version, row.given_at)
        for row in rows
        if row.version == CURRENT_VERSIONS[row.purpose]
    )


def withdraw(session: Session, viewer: Viewer, purpose: Purpose) -> None:
    """Withdraw a consent: all sessions of the person end, until she consents again."""
    now = clock.now()
    session.exec(
        update(Consent)
        .where(
            col(Consent.patient_id) == viewer.actor_id,
            col(Consent.purpose) == purpose,
            col(Consent.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now)
    )
    session.exec(
        update(WebSession)
        .where(col(WebSession.patient_id) == viewer.actor_id, col(WebSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    audit.record(session, viewer, Action.CONSENT_WITHDRAWN, f"consent:{purpose}")

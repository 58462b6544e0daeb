"""Sign-ins of the viewer and the sessions that live on (входы в кабинет)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, WebSession
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import audit
from zdrav29_app.settings import settings

SHOWN = 50


@dataclass(frozen=True)
class SignIn:
    """One sign-in as its person may see it. Times are aware UTC."""

    id: int
    at: datetime
    seen_at: datetime
    ip: str
    user_agent: str
    factors: int
    by_signature: bool
    is_new_device: bool
    is_this: bool
    is_live: bool


def my_sign_ins(session: Session, viewer: Viewer) -> list[SignIn]:
    """The viewer's last sign-ins, newest first."""
    rows = session.exec(
        select(WebSession)
        .where(WebSession.patient_id == viewer.actor_id)
        .order_by(col(WebSession.id).desc())
        .limit(SHOWN)
    )
    return [_sign_in(row, viewer) for row in rows]


def end_session(session: Session, viewer: Viewer, session_id: int) -> None:
    """End one of the viewer's sessions.

    Raises:
        NotFound: it is not hers, or has ended already.
    """
    if not _end(session, viewer, col(WebSession.id) == session_id):
        raise NotFound
    audit.record(session, viewer, Action.SESSION_ENDED, f"session:{session_id}")


def end_all_sessions(session: Session, viewer: Viewer) -> None:
    """End every session of the viewer, this one too."""
    _end(session, viewer)
    audit.record(session, viewer, Action.SESSION_ENDED, "session:all")


def _end(session: Session, viewer: Viewer, *conditions: ColumnElement[bool]) -> bool:
    ended = session.exec(
        update(WebSession)
        .where(
            col(WebSession.patient_id) == viewer.actor_id,
            col(WebSession.revoked_at).is_(None),
            *conditions,
        )
        .values(revoked_at=clock.now())
    )
    return ended.rowcount > 0


def _sign_in(row: WebSession, viewer: Viewer) -> SignIn:
    idle_until = row.seen_at + timedelta(minutes=settings.session_idle_minutes)
    is_live = row.revoked_at is None and clock.now() < min(idle_until, row.expires_at)
    return SignIn(
        id=row.id or 0,
        at=row.created_at,
        seen_at=row.seen_at,
        ip=row.ip,
        user_agent=row.user_agent,
        factors=row.factors,
        by_signature=row.by_signature,
        is_new_device=row.is_new_device,
        is_this=row.id == viewer.session_id,
        is_live=is_live,
    )

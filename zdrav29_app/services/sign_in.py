"""Sessions: opening and ending them, and who is behind a cookie.

A token leaves this module once, in clear; the database keeps its SHA-256 only.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import bindparam, exists, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Consent, Patient, WebSession
from zdrav29_app.errors import (
    AccountUnconfirmed,
    SignedOut,
    StepUpFailed,
    StepUpNeeded,
)
from zdrav29_app.identity import Browser, EsiaPerson, Proof, Viewer, fingerprint
from zdrav29_app.rules.entry import CURRENT_VERSIONS, stage_of
from zdrav29_app.services import audit, family, notices, patients
from zdrav29_app.settings import settings
from zdrav29_app.values import Purpose, SignInWay

TOUCH_EVERY = timedelta(minutes=1)
USER_AGENT_LIMIT = 300
STRONG = 2  # factors that medical documents need


class _Held(NamedTuple):
    """What `_WHO` finds behind a cookie."""

    session_id: int
    acting_for: int | None
    seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    factors: int
    actor_id: int
    oid: int
    phone_confirmed_at: datetime | None
    next_way: SignInWay | None
    has_consented: bool


# asked before every event: made once, and only the columns that are needed
_WHO: Any = (
    cast("Any", select_columns)(
        col(WebSession.id).label("session_id"),
        col(WebSession.acting_for),
        col(WebSession.seen_at),
        col(WebSession.expires_at),
        col(WebSession.revoked_at),
        col(WebSession.factors),
        col(Patient.id).label("actor_id"),
        col(Patient.oid),
        col(Patient.phone_confirmed_at),
        col(Patient.next_way),
        exists()
        .where(
            col(Consent.patient_id) == Patient.id,
            col(Consent.purpose) == Purpose.CABINET,
            col(Consent.version) == bindparam("version"),
            col(Consent.withdrawn_at).is_(None),
        )
        .label("has_consented"),
    )
    .join(Patient, col(Patient.id) == WebSession.patient_id)
    .where(col(WebSession.token_hash) == bindparam("token_hash"))
)


def open_session(
    session: Session,
    person: EsiaPerson,
    browser: Browser,
    proof: Proof | None = None,
    *,
    before: str = "",
) -> str:
    """Sign a person in and bring her data up to date; returns the session token, once.

    A browser that she has never used before is announced to her, unless it is her first one.
    `before` is the token that this browser held: its session ends, the cabinet open in it stays so.

    Raises:
        AccountUnconfirmed: the ESIA account is not confirmed.
    """
    if not person.trusted:
        raise AccountUnconfirmed(has_documents=person.has_documents)
    now = clock.now()
    proof = proof or Proof()
    changes = patients.changed_fields(session, person)
    patient = patients.refresh(session, person)
    family.refresh_children(session, patient, person.children)
    device, known = fingerprint(browser.device), _devices(session, patient)
    token = secrets.token_urlsafe(32)
    row = WebSession(
        token_hash=fingerprint(token),
        patient_id=patient.id or 0,
        ip=browser.ip,
        user_agent=browser.user_agent[:USER_AGENT_LIMIT],
        device_hash=device,
        is_new_device=bool(known) and device not in known,
        factors=proof.factors,
        by_signature=proof.by_signature,
        changes=changes,
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(hours=settings.session_hours),
    )
    _take_over(session, row, before)
    session.add(row)
    session.flush()
    actor = viewer_for(session, token)
    if row.is_new_device:
        notices.warn_of_sign_in(session, patient, row)
    audit.record(session, actor, Action.SIGNED_IN, f"session:{row.id}")
    return token


def _take_over(session: Session, row: WebSession, before: str) -> None:
    old = session.exec(
        select(WebSession).where(WebSession.token_hash == fingerprint(before))
    ).one_or_none()
    if old is None:
        return
    old.revoked_at = old.revoked_at or clock.now()
    session.add(old)
    if old.patient_id == row.patient_id:
        row.acting_for = old.acting_for


def check_strong(viewer: Viewer) -> None:
    """Let nobody at what needs two factors who proved herself by one.

    Raises:
        StepUpNeeded: another proof at ESIA is needed first.
    """
    if viewer.factors < STRONG:
        raise StepUpNeeded


def check_stepped_up(proof: Proof, *, asked: bool) -> None:
    """Whether ESIA gave the second factor that was asked for.

    Raises:
        StepUpFailed: it did not, or does not say so.
    """
    if asked and proof.factors < STRONG:
        raise StepUpFailed


def _devices(session: Session, patient: Patient) -> set[str]:
    rows = select(WebSession.device_hash).where(WebSession.patient_id == patient.id).distinct()
    return set(session.exec(rows))


def viewer_for(session: Session, token: str) -> Viewer:
    """Who holds this token.

    Raises:
        SignedOut: nobody, or the session was revoked, idle for too long or has reached its end.
    """
    if not token:
        raise SignedOut
    asked = {
        "token_hash": fingerprint(token),
        "version": CURRENT_VERSIONS[Purpose.CABINET],
    }
    rows: Any = session  # its `exec` has no types for a choice of columns
    found: _Held | None = rows.exec(_WHO, params=asked).one_or_none()
    if found is None:
        raise SignedOut(expired=True)
    now, idle_until = clock.now(), found.seen_at + timedelta(minutes=settings.session_idle_minutes)
    if found.revoked_at or now >= min(idle_until, found.expires_at):
        raise SignedOut(expired=True)
    return Viewer(
        patient_id=family.open_ward_of(session, found.actor_id, found.acting_for),
        actor_id=found.actor_id,
        oid=found.oid,
        session_id=found.session_id,
        seen_at=found.seen_at,
        ends_at=found.expires_at,
        factors=found.factors,
        stage=stage_of(
            found.phone_confirmed_at, has_consented=found.has_consented, way=found.next_way
        ),
    )


def seconds_of_life(viewer: Viewer) -> int:
    """How long the session lives if its person does nothing more from now on."""
    idle_until = clock.now() + timedelta(minutes=settings.session_idle_minutes)
    return int((min(idle_until, viewer.ends_at) - clock.now()).total_seconds())


def is_stale(viewer: Viewer, *, now: datetime) -> bool:
    """Whether the last sign of life is old enough to be worth a write."""
    return now - viewer.seen_at >= TOUCH_EVERY


def touch(session: Session, viewer: Viewer) -> None:
    """Note that the session is in use."""
    session.exec(
        update(WebSession)
        .where(col(WebSession.id) == viewer.session_id)
        .values(seen_at=clock.now())
    )


def close_session(session: Session, token: str) -> None:
    """Sign out: revoke the session of this token, if there is one."""
    try:
        viewer = viewer_for(session, token)
    except SignedOut:
        return
    session.exec(
        update(WebSession)
        .where(col(WebSession.id) == viewer.session_id)
        .values(revoked_at=clock.now())
    )
    audit.record(session, viewer, Action.SIGNED_OUT, f"session:{viewer.session_id}")

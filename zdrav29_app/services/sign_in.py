"""Entering the cabinet: attempts to go to ESIA, sessions, and who is behind a cookie.

Random values leave this module once, in clear; the database keeps their SHA-256 only.
An attempt is bound by `state` (a UUID) and by a cookie, because ESIA returns no nonce.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, exists, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Consent, Patient, SignInAttempt, WebSession
from zdrav29_app.errors import AccountUnconfirmed, AttemptExpired, AttemptUnknown, SignedOut
from zdrav29_app.rules.entry import CURRENT_VERSIONS, stage_of
from zdrav29_app.services import audit, notices
from zdrav29_app.settings import settings
from zdrav29_app.values import Browser, EsiaPerson, Proof, Purpose, Stage, safe_next

ATTEMPT_LIFETIME = timedelta(minutes=10)
TOUCH_EVERY = timedelta(minutes=1)
USER_AGENT_LIMIT = 300


@dataclass(frozen=True)
class Attempt:
    """What a browser takes along to ESIA: `state` in the address, `browser` in a cookie."""

    state: str
    browser: str


@dataclass(frozen=True)
class Viewer:
    """Who is looking (кто смотрит): the patient and the session that proves it."""

    patient_id: int
    oid: int
    session_id: int
    seen_at: datetime
    ends_at: datetime
    stage: Stage


def fingerprint(secret: str) -> str:
    """SHA-256 of a secret, in hex; empty for an empty one."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def begin_attempt(session: Session, going_to: str) -> Attempt:
    """Start a way to ESIA that returns to `going_to`."""
    now = clock.now()
    attempt = Attempt(state=str(uuid4()), browser=secrets.token_urlsafe(32))
    session.add(
        SignInAttempt(
            state_hash=fingerprint(attempt.state),
            browser_hash=fingerprint(attempt.browser),
            going_to=safe_next(going_to),
            created_at=now,
            expires_at=now + ATTEMPT_LIFETIME,
        )
    )
    return attempt


def finish_attempt(session: Session, state: str, browser: str) -> str:
    """Consume the attempt that ESIA answers; returns the address the person was going to.

    Raises:
        AttemptUnknown: no such attempt, of another browser, or used before.
        AttemptExpired: it took too long.
    """
    now = clock.now()
    row = session.exec(
        select(SignInAttempt).where(
            SignInAttempt.state_hash == _state_hash(state),
            SignInAttempt.browser_hash == fingerprint(browser),
        )
    ).one_or_none()
    if row is None or not _consume(session, row, now):
        raise AttemptUnknown
    if row.expires_at <= now:
        raise AttemptExpired
    return row.going_to


def open_session(
    session: Session, person: EsiaPerson, browser: Browser, proof: Proof | None = None
) -> str:
    """Sign a person in and bring her data up to date; returns the session token, once.

    A browser that she has never used before is announced to her, unless it is her first one.

    Raises:
        AccountUnconfirmed: the ESIA account is not confirmed.
    """
    if not person.trusted:
        raise AccountUnconfirmed
    now = clock.now()
    proof = proof or Proof()
    changes = changed_fields(session, person)
    patient = refresh_patient(session, person)
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
    session.add(row)
    session.flush()
    actor = _viewer(row, patient, has_consented=False)
    if row.is_new_device:
        notices.warn_of_sign_in(session, patient, row)
    audit.record(session, actor, Action.SIGNED_IN, f"session:{row.id}")
    return token


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
    now = clock.now()
    found = session.exec(
        select(WebSession, Patient, _has_consented())
        .join(Patient, col(Patient.id) == WebSession.patient_id)
        .where(WebSession.token_hash == fingerprint(token))
    ).one_or_none()
    if found is None:
        raise SignedOut(expired=True)
    row, patient, has_consented = found
    idle_until = row.seen_at + timedelta(minutes=settings.session_idle_minutes)
    if row.revoked_at or now >= min(idle_until, row.expires_at):
        raise SignedOut(expired=True)
    return _viewer(row, patient, has_consented=has_consented)


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


def _state_hash(state: str) -> str:
    try:
        return fingerprint(str(UUID(state)))
    except ValueError:
        raise AttemptUnknown from None


def _consume(session: Session, row: SignInAttempt, now: datetime) -> bool:
    taken = session.exec(
        update(SignInAttempt)
        .where(col(SignInAttempt.id) == row.id, col(SignInAttempt.used_at).is_(None))
        .values(used_at=now)
    )
    return taken.rowcount == 1


def changed_fields(session: Session, person: EsiaPerson) -> list[str]:
    """Which data of a known patient ESIA now gives differently; none for a new one."""
    patient = session.exec(select(Patient).where(Patient.oid == person.oid)).one_or_none()
    if patient is None:
        return []
    return [name for name, value in _facts(person).items() if getattr(patient, name) != value]


def refresh_patient(session: Session, person: EsiaPerson) -> Patient:
    """Bring what the cabinet knows of a person up to what ESIA says; makes her known if need be."""
    patient = session.exec(select(Patient).where(Patient.oid == person.oid)).one_or_none()
    facts: dict[str, Any] = {**_facts(person), "refreshed_at": clock.now()}
    if patient is None:
        patient = Patient(oid=person.oid, **facts)
    else:
        patient.sqlmodel_update(facts)
    session.add(patient)
    session.flush()
    return patient


def _facts(person: EsiaPerson) -> dict[str, Any]:
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "birth_date": person.birth_date,
        "gender": person.gender,
        "snils": person.snils,
        "oms_number": person.oms_number,
        "phone": person.phone,
        "email": person.email,
    }


def _has_consented() -> ColumnElement[bool]:
    return exists().where(
        col(Consent.patient_id) == Patient.id,
        col(Consent.purpose) == Purpose.CABINET,
        col(Consent.version) == CURRENT_VERSIONS[Purpose.CABINET],
        col(Consent.withdrawn_at).is_(None),
    )


def _viewer(row: WebSession, patient: Patient, *, has_consented: bool) -> Viewer:
    return Viewer(
        patient_id=patient.id or 0,
        oid=patient.oid,
        session_id=row.id or 0,
        seen_at=row.seen_at,
        ends_at=row.expires_at,
        stage=stage_of(patient, has_consented=has_consented),
    )

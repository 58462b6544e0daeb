"""Messages to patients, through an outbox: written with the act, sent by the worker afterwards.

A row is due until it is sent or has failed for good; claiming moves `due_at` ahead, so that two
workers never send the same row and a worker that dies loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Channel, Notice, NoticeKind, Patient, WebSession

if TYPE_CHECKING:  # signing in sends a notice, and visits know who signed in
    from zdrav29_app.services.visits import Visit

CLAIM_FOR = timedelta(minutes=2)
RETRY_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 8
BATCH = 20


@dataclass(frozen=True)
class DueNotice:
    """A claimed row. `facts` are what its words need, all strings."""

    id: int
    kind: NoticeKind
    channel: Channel
    address: str
    facts: dict[str, str]


def announce(session: Session, patient: Patient, kind: NoticeKind, visit: "Visit") -> None:
    """Put a notice about a visit into the outbox, for every contact the patient has."""
    _put_everywhere(session, patient, kind, _facts(visit))


def warn_of_sign_in(session: Session, patient: Patient, row: WebSession) -> None:
    """Put a notice about a sign-in from a new device into the outbox."""
    facts = {"at": row.created_at.isoformat(), "user_agent": row.user_agent, "ip": row.ip}
    _put_everywhere(session, patient, NoticeKind.NEW_DEVICE, facts)


def send_code(session: Session, patient: Patient, code: str) -> None:
    """Put an SMS with a one-time code into the outbox; the code is forgotten when it is sent."""
    _put(session, patient, NoticeKind.CODE, Channel.SMS, patient.phone or "", {"code": code})


def _put_everywhere(
    session: Session, patient: Patient, kind: NoticeKind, facts: dict[str, str]
) -> None:
    for channel, address in ((Channel.SMS, patient.phone), (Channel.EMAIL, patient.email)):
        if address:
            _put(session, patient, kind, channel, address, facts)


def _put(
    session: Session,
    patient: Patient,
    kind: NoticeKind,
    channel: Channel,
    address: str,
    facts: dict[str, str],
) -> None:
    now = clock.now()
    session.add(
        Notice(
            patient_id=patient.id or 0,
            kind=kind,
            channel=channel,
            address=address,
            facts=facts,
            created_at=now,
            due_at=now,
        )
    )


def is_any_due(session: Session) -> bool:
    """Whether a row waits to be sent."""
    due = select(Notice.id).where(col(Notice.due_at) <= clock.now()).limit(1)
    return session.exec(due).first() is not None


def claim_due(session: Session) -> list[DueNotice]:
    """Take rows that are due; they are invisible to others for `CLAIM_FOR`."""
    now = clock.now()
    rows = session.exec(
        select(Notice).where(col(Notice.due_at) <= now).order_by(col(Notice.id)).limit(BATCH)
    ).all()
    return [_due(row) for row in rows if _claim(session, row, now)]


def mark_sent(session: Session, notice_id: int) -> None:
    """The neighbour took it."""
    row = session.get_one(Notice, notice_id)
    row.sent_at, row.due_at = clock.now(), None
    _forget_code(row)
    session.add(row)


def mark_failed(session: Session, notice_id: int, *, permanent: bool) -> None:
    """The neighbour refused it: try again later, unless that cannot help."""
    row = session.get_one(Notice, notice_id)
    gives_up = permanent or row.attempts >= MOST_ATTEMPTS
    row.due_at = None if gives_up else clock.now() + RETRY_AFTER * 2 ** (row.attempts - 1)
    if gives_up:
        _forget_code(row)
    session.add(row)


def _forget_code(row: Notice) -> None:
    if row.kind is NoticeKind.CODE:
        row.facts = {}


def _claim(session: Session, row: Notice, now: datetime) -> bool:
    taken = session.exec(
        update(Notice)
        .where(col(Notice.id) == row.id, col(Notice.due_at) == row.due_at)
        .values(due_at=now + CLAIM_FOR, attempts=row.attempts + 1)
    )
    return taken.rowcount == 1


def _due(row: Notice) -> DueNotice:
    return DueNotice(row.id or 0, row.kind, row.channel, row.address, row.facts)


def _facts(visit: "Visit") -> dict[str, str]:
    return {
        "number": visit.number,
        "starts_at": visit.starts_at.isoformat(),
        "speciality": visit.speciality,
        "doctor_last": visit.doctor.last,
        "doctor_first": visit.doctor.first,
        "doctor_middle": visit.doctor.middle or "",
        "room": visit.place.room,
        "clinic": visit.place.clinic,
        "branch": visit.place.branch,
        "address": visit.place.address,
    }

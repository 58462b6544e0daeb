"""Messages to patients, through an outbox: written with the act, sent by the worker afterwards.

A row is due until it is sent or has failed for good; claiming moves `due_at` ahead, so that two
workers never send the same row and a worker that dies loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.columns import UtcDateTime
from zdrav29_app.db.tables import Notice, NoticeKind, Patient, WebSession
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import notices as rules
from zdrav29_app.services import preferences
from zdrav29_app.services.notice_facts import (
    facts_of_name,
    facts_of_patient,
    facts_of_time,
    facts_of_visit,
)
from zdrav29_app.services.times import DoctorTime
from zdrav29_app.services.visits import Visit
from zdrav29_app.values import Channel, FullName

CLAIM_FOR = timedelta(minutes=2)
RETRY_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 8
BATCH = 20
SHOWN = 5


@dataclass(frozen=True)
class DueNotice:
    """A claimed row. `facts` are what its words need, all strings."""

    id: int
    kind: NoticeKind
    channel: Channel
    address: str
    facts: dict[str, str]


@dataclass(frozen=True)
class Waiting:
    """Messages that are due; `seconds` is how long the oldest has been."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Told:
    """What stands in the cabinet of what a person was told. `at` is aware UTC."""

    kind: NoticeKind
    facts: dict[str, str]
    at: datetime


def announce(
    session: Session, patient: Patient, actor: Patient, kind: NoticeKind, visit: Visit
) -> None:
    """Put a notice about a visit into the outbox; of who has no contact, it goes to who acts."""
    to, facts = addressee(patient, actor, visit)
    _put_everywhere(session, to, kind, facts, about=visit.number)


def addressee(patient: Patient, actor: Patient, visit: Visit) -> tuple[Patient, dict[str, str]]:
    """Who is told of a visit, and the facts; told to another person they name the patient."""
    if patient.phone or patient.email:
        return patient, facts_of_visit(visit)
    return actor, {**facts_of_visit(visit), **facts_of_name("for", visit.patient)}


def send_talon(session: Session, to: Patient, channel: Channel, facts: dict[str, str]) -> None:
    """Put a talon that was asked for into the outbox, whatever the settings say.

    Raises:
        BadInput: there is no such contact.
    """
    address = {Channel.SMS: to.phone, Channel.EMAIL: to.email}.get(channel)
    if not address:
        raise BadInput
    _put(session, to, NoticeKind.TALON, channel, address, facts, about=facts["number"])


def tell_called_off(
    session: Session,
    patient: Patient,
    to: Patient,
    visit: Visit,
    times: list[DoctorTime],
    until: datetime,
) -> None:
    """Tell whoever speaks for a patient that the clinic called a visit off, and what is held.

    The clinic's reason stands in the cabinet only: it is free text.
    """
    held = {"times": " ".join(one.starts_at.isoformat() for one in times)}
    facts = {
        **facts_of_visit(visit),
        **facts_of_patient(patient, to),
        **held,
        "until": until.isoformat(),
    }
    _put_everywhere(session, to, NoticeKind.CALLED_OFF, facts, about=visit.number)


def tell_of_offer(
    session: Session, patient: Patient, to: Patient, time: DoctorTime, until: datetime
) -> None:
    """Tell whoever speaks for a patient that a time is held for her until then (aware UTC)."""
    facts = {**facts_of_time(time), **facts_of_patient(patient, to), "until": until.isoformat()}
    _put_everywhere(session, to, NoticeKind.OFFERED, facts)


def tell_waiting_ended(
    session: Session, patient: Patient, to: Patient, speciality: str, why: str
) -> None:
    """Tell whoever speaks for a patient that she waits no longer for a speciality."""
    facts = {"speciality": speciality, "why": why, **facts_of_patient(patient, to)}
    _put_everywhere(session, to, NoticeKind.WAITING_ENDED, facts)


def remind(session: Session, to: Patient, facts: dict[str, str], at: datetime) -> None:
    """Put a reminder into the outbox that is due at a moment (aware UTC)."""
    _put_everywhere(session, to, NoticeKind.REMINDER, facts, about=facts["number"], due_at=at)


def forget_reminders(session: Session, to: Patient, number: str, *, are_wrong: bool) -> None:
    """Take back the reminders of a visit that have not been sent.

    Those that are due or on their way already only if what they say is wrong now.
    """
    waits = col(Notice.due_at).is_not(None)
    if not are_wrong:
        waits = and_(col(Notice.due_at) > clock.now(), col(Notice.attempts) == 0)
    session.exec(
        delete(Notice).where(
            col(Notice.patient_id) == to.id,
            col(Notice.kind) == NoticeKind.REMINDER,
            col(Notice.about) == number,
            waits,
        )
    )


def send_test(session: Session, viewer: Viewer) -> None:
    """Put a test message into the outbox, for every contact the viewer has."""
    patient = session.get_one(Patient, viewer.actor_id)
    for channel, address in ((Channel.SMS, patient.phone), (Channel.EMAIL, patient.email)):
        if address:
            _put(session, patient, NoticeKind.TEST, channel, address, {})


def my_notices(session: Session, viewer: Viewer) -> list[Told]:
    """What the viewer was told last, newest first; nothing while another's cabinet is open."""
    if viewer.is_acting:
        return []
    rows = session.exec(
        select(Notice)
        .where(
            Notice.patient_id == viewer.actor_id,
            Notice.channel == Channel.CABINET,
            col(Notice.sent_at).is_not(None),
        )
        .order_by(col(Notice.id).desc())
        .limit(SHOWN)
    )
    return [Told(row.kind, row.facts, row.created_at) for row in rows]


def warn_of_sign_in(session: Session, patient: Patient, row: WebSession) -> None:
    """Put a notice about a sign-in from a new device into the outbox."""
    facts = {"at": row.created_at.isoformat(), "user_agent": row.user_agent, "ip": row.ip}
    _put_everywhere(session, patient, NoticeKind.NEW_DEVICE, facts)


def send_code(session: Session, patient: Patient, code: str) -> None:
    """Put an SMS with a one-time code into the outbox; the code is forgotten when it is sent."""
    _put(session, patient, NoticeKind.CODE, Channel.SMS, patient.phone or "", {"code": code})


def send_relative_code(session: Session, patient: Patient, code: str, asker: FullName) -> None:
    """Put an SMS into the outbox by which a patient may let a relative into her cabinet."""
    facts = {"code": code, **facts_of_name("asker", asker)}
    _put(session, patient, NoticeKind.RELATIVE_CODE, Channel.SMS, patient.phone or "", facts)


def tell_of_right(session: Session, patient: Patient, asker: FullName, until: datetime) -> None:
    """Tell a patient that a relative may open her cabinet now."""
    facts = {"until": until.isoformat(), **facts_of_name("asker", asker)}
    _put_everywhere(session, patient, NoticeKind.RIGHT_GIVEN, facts)


def tell_of_attachment(session: Session, to: Patient, facts: dict[str, str]) -> None:
    """Tell how an application to change the clinic stands now."""
    _put_everywhere(session, to, NoticeKind.ATTACHMENT, facts)


def tell_of_certificate(session: Session, to: Patient, facts: dict[str, str]) -> None:
    """Tell how an order of a certificate stands now; what it is about stays in the cabinet."""
    _put_everywhere(session, to, NoticeKind.CERTIFICATE, facts)


def tell_of_answer(session: Session, to: Patient, facts: dict[str, str]) -> None:
    """Tell that support has answered or asked; what it said stands in the cabinet only."""
    _put_everywhere(session, to, NoticeKind.ANSWERED, facts)


def answer_outside(session: Session, channel: Channel, address: str, facts: dict[str, str]) -> None:
    """Send an answer itself to somebody who has no cabinet to read it in; it is kept nowhere."""
    _put(session, None, NoticeKind.ANSWERED_OUTSIDE, channel, address, facts)


def _put_everywhere(
    session: Session,
    patient: Patient,
    kind: NoticeKind,
    facts: dict[str, str],
    *,
    about: str = "",
    due_at: datetime | None = None,
) -> None:
    chosen = preferences.of(session, patient.id or 0).channels[rules.GROUPS[kind]]
    contacts = {Channel.SMS: patient.phone, Channel.EMAIL: patient.email, Channel.CABINET: ""}
    for channel, address in contacts.items():
        if channel is Channel.CABINET or (channel in chosen and address):
            _put(session, patient, kind, channel, address or "", facts, about=about, due_at=due_at)


def _put(
    session: Session,
    patient: Patient | None,
    kind: NoticeKind,
    channel: Channel,
    address: str,
    facts: dict[str, str],
    *,
    about: str = "",
    due_at: datetime | None = None,
) -> None:
    now = clock.now()
    stands_there = channel is Channel.CABINET and due_at is None
    session.add(
        Notice(
            patient_id=patient.id if patient else None,
            kind=kind,
            channel=channel,
            address=address,
            facts=facts,
            about=about,
            created_at=now,
            due_at=None if stands_there else due_at or now,
            sent_at=now if stands_there else None,
        )
    )


def is_any_due(session: Session) -> bool:
    """Whether a row waits to be sent."""
    due = select(Notice.id).where(col(Notice.due_at) <= clock.now()).limit(1)
    return session.exec(due).first() is not None


def waiting(session: Session) -> Waiting:
    """How many messages are due, and how long the oldest of them has been."""
    now, due_at = clock.now(), col(Notice.due_at)
    count, oldest = session.exec(
        select(func.count(), func.min(due_at, type_=UtcDateTime)).where(due_at <= now)
    ).one()
    return Waiting(count, (now - oldest).total_seconds() if oldest else 0)


def claim_due(session: Session) -> list[DueNotice]:
    """Take rows that are due; they are invisible to others for `CLAIM_FOR`."""
    now = clock.now()
    rows = session.exec(
        select(Notice).where(col(Notice.due_at) <= now).order_by(col(Notice.id)).limit(BATCH)
    ).all()
    return [_due(row) for row in rows if _claim(session, row, now)]


def mark_sent(session: Session, notice_id: int) -> None:
    """The neighbour took it."""
    row = session.get(Notice, notice_id)
    if row is None:  # taken back while it was on its way
        return
    row.sent_at, row.due_at = clock.now(), None
    _forget_code(row)
    session.add(row)


def mark_failed(session: Session, notice_id: int, *, permanent: bool, again_in: float = 0) -> None:
    """The neighbour refused it: try again in so many seconds or later, unless that cannot help."""
    row = session.get(Notice, notice_id)
    if row is None:
        return
    gives_up = permanent or row.attempts >= MOST_ATTEMPTS
    pause = timedelta(seconds=again_in) or RETRY_AFTER * 2 ** (row.attempts - 1)
    row.due_at = None if gives_up else clock.now() + pause
    if gives_up:
        _forget_code(row)
    session.add(row)


def _forget_code(row: Notice) -> None:
    if row.kind in rules.SECRET:
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

"""The operator's side of support: the queue, one request, answering, asking back, closing.

Every function lets operators in only; every act stands in the audit trail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Patient, SupportRequest
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import support as rules
from zdrav29_app.services import audit, notices, operators, recovery, support
from zdrav29_app.services.patients import name_of
from zdrav29_app.services.recovery import Match
from zdrav29_app.services.support import Request
from zdrav29_app.values import FullName, SupportStatus, SupportTopic, reach

SHOWN = 50


@dataclass(frozen=True)
class Wanted:
    """Which requests are meant; None for any topic, and for every status that is not over."""

    topic: SupportTopic | None = None
    status: SupportStatus | None = None


@dataclass(frozen=True)
class Queued:
    """A request in the queue. `who` is None when nobody was signed in; times are aware UTC."""

    number: str
    topic: SupportTopic
    status: SupportStatus
    about: str
    who: FullName | None
    created_at: datetime
    due_at: datetime
    is_overdue: bool


@dataclass(frozen=True)
class Queue:
    """The first requests of the queue, and how many there are."""

    requests: tuple[Queued, ...]
    count: int


@dataclass(frozen=True)
class Opened:
    """A request before an operator. `claimed` and `match` are of one who cannot sign in."""

    request: Request
    who: FullName | None
    contact: str
    is_answerable: bool
    claimed: Mapping[str, str] | None
    match: Match | None


def queue(session: Session, viewer: Viewer, wanted: Wanted) -> Queue:
    """The requests that are meant: overdue first, then new, then as they are due.

    Raises:
        NotFound: the viewer is no operator.
    """
    operators.check(viewer)
    now, conditions = clock.now(), _conditions(wanted)
    is_late = col(SupportRequest.status).in_(rules.WAITS_FOR_US) & (
        col(SupportRequest.due_at) < now
    )
    is_new = col(SupportRequest.status) == SupportStatus.NEW
    rows = session.exec(
        select(SupportRequest, Patient)
        .outerjoin(Patient, col(Patient.id) == SupportRequest.patient_id)
        .where(*conditions)
        .order_by(case((is_late, 0), (is_new, 1), else_=2), col(SupportRequest.due_at))
        .limit(SHOWN)
    ).all()
    count = session.exec(select(func.count()).select_from(SupportRequest).where(*conditions)).one()
    return Queue(tuple(_queued(row, patient, now) for row, patient in rows), count)


def open_request(session: Session, viewer: Viewer, number: str) -> Opened:
    """One request with everything an operator needs for it, and no more.

    Raises:
        NotFound: there is none, or the viewer is no operator.
    """
    row = _row(session, viewer, number)
    patient = session.get(Patient, row.patient_id) if row.patient_id else None
    match = recovery.match(session, row.claimed) if row.claimed else None
    whose = row.patient_id or (match.patient_id if match else None)
    audit.record(
        session, operators.acting_on(viewer, whose), Action.SUPPORT_OPENED, f"support:{number}"
    )
    return Opened(
        request=support.whole(session, [row])[0],
        who=name_of(patient) if patient else None,
        contact=row.contact,
        is_answerable=patient is not None or reach(row.contact) is not None,
        claimed=row.claimed,
        match=match,
    )


def answer(session: Session, viewer: Viewer, number: str, text: str) -> None:
    """Answer a request; the patient is told as she wants to be, anybody else by her contact.

    Raises:
        NotFound: there is none, or the viewer is no operator.
    """
    _say(session, viewer, number, text, SupportStatus.ANSWERED, Action.SUPPORT_ANSWERED)


def ask_back(session: Session, viewer: Viewer, number: str, text: str) -> None:
    """Ask the patient; the request waits for her. Raises as `answer` does."""
    _say(session, viewer, number, text, SupportStatus.WAITING, Action.SUPPORT_QUESTIONED)


def close(session: Session, viewer: Viewer, number: str) -> None:
    """Close a request; its patient may open it again. Raises as `answer` does."""
    row = _row(session, viewer, number)
    row.status = SupportStatus.CLOSED
    session.add(row)
    _record(session, viewer, row, Action.SUPPORT_CLOSED)


def take(session: Session, viewer: Viewer, number: str) -> bool:
    """Take a new request; False when another operator was faster. Raises as `answer` does."""
    row = _row(session, viewer, number)
    taken = session.exec(
        update(SupportRequest)
        .where(col(SupportRequest.id) == row.id, col(SupportRequest.status) == SupportStatus.NEW)
        .values(status=SupportStatus.IN_PROGRESS)
    )
    if taken.rowcount == 1:
        _record(session, viewer, row, Action.SUPPORT_TAKEN)
    return taken.rowcount == 1


def _say(
    session: Session,
    viewer: Viewer,
    number: str,
    text: str,
    after: SupportStatus,
    action: Action,
) -> None:
    row = _row(session, viewer, number)
    row.status = after
    session.add(row)
    support.say(session, row, text, by_patient=False)
    _record(session, viewer, row, action)
    if row.patient_id:
        facts = {"number": number, "status": after.value}
        notices.tell_of_answer(session, session.get_one(Patient, row.patient_id), facts)
    elif reached := reach(row.contact):
        notices.answer_outside(session, *reached, {"number": number, "text": text})


def _record(session: Session, viewer: Viewer, row: SupportRequest, action: Action) -> None:
    actor = operators.acting_on(viewer, row.patient_id)
    audit.record(session, actor, action, f"support:{row.number}")


def _row(session: Session, viewer: Viewer, number: str) -> SupportRequest:
    operators.check(viewer)
    row = session.exec(select(SupportRequest).where(SupportRequest.number == number)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _conditions(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    status = col(SupportRequest.status)
    by_status = status == wanted.status if wanted.status else status.not_in(rules.OVER)
    by_topic = [col(SupportRequest.topic) == wanted.topic] if wanted.topic else []
    return [by_status, *by_topic]


def _queued(row: SupportRequest, patient: Patient | None, now: datetime) -> Queued:
    return Queued(
        number=row.number,
        topic=row.topic,
        status=row.status,
        about=row.about,
        who=name_of(patient) if patient else None,
        created_at=row.created_at,
        due_at=row.due_at,
        is_overdue=rules.is_overdue(row.status, row.due_at, now),
    )

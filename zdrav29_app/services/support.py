"""Requests to support (обращения): asking, going on with a thread, and seeing one's own."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, SupportMessage, SupportRequest
from zdrav29_app.errors import NotFound, TooManyRequests
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import support as rules
from zdrav29_app.services import audit, support_files
from zdrav29_app.services.support_files import Attached
from zdrav29_app.values import SupportStatus, SupportTopic


@dataclass(frozen=True)
class Said:
    """One message of a thread. `at` is aware UTC."""

    by_patient: bool
    text: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """A request as whoever made it may see it. Times are aware UTC."""

    number: str
    topic: SupportTopic
    about: str
    status: SupportStatus
    created_at: datetime
    due_at: datetime
    thread: tuple[Said, ...]
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a person asks. `about` is what a refusal told her to quote, or empty.

    `document_id` is the document that it is about, checked by whoever asks; `claimed` is who she
    says she is who cannot sign in.
    """

    topic: SupportTopic
    text: str
    about: str = ""
    document_id: int | None = None
    claimed: dict[str, str] | None = None


def ask(session: Session, viewer: Viewer, question: Question) -> Request:
    """Open a request of a signed-in person.

    Raises:
        TooManyRequests: she has very many open ones.
    """
    if _open_ones(session, viewer) >= rules.MOST_OPEN:
        raise TooManyRequests
    row = _open(session, question, patient_id=viewer.actor_id)
    audit.record(session, viewer, Action.SUPPORT_ASKED, f"support:{row.number}")
    return request_of(row, [])


def ask_from_outside(session: Session, question: Question, contact: str) -> Request:
    """Open a request of somebody who is not signed in; the answer goes to `contact`."""
    return request_of(_open(session, question, contact=contact), [])


def go_on(session: Session, viewer: Viewer, number: str, text: str) -> None:
    """Add a message to an own request; one that was over begins to wait again.

    Raises:
        NotFound: the viewer has no such request.
    """
    row = session.exec(
        select(SupportRequest).where(
            SupportRequest.number == number, SupportRequest.patient_id == viewer.actor_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.status not in rules.WAITS_FOR_US:
        row.status = SupportStatus.NEW
        row.due_at = clock.now() + rules.answer_within(row.topic)
    session.add(row)
    say(session, row, text, by_patient=True)


def my_requests(
    session: Session, viewer: Viewer, *, document_id: int | None = None
) -> list[Request]:
    """The viewer's requests with their threads, newest first; all, or those about a document."""
    query = select(SupportRequest).where(SupportRequest.patient_id == viewer.actor_id)
    if document_id is not None:
        query = query.where(SupportRequest.document_id == document_id)
    return whole(session, session.exec(query.order_by(col(SupportRequest.id).desc())).all())


def whole(session: Session, rows: Sequence[SupportRequest]) -> list[Request]:
    """These requests with their threads and files."""
    ids = [row.id or 0 for row in rows]
    threads: defaultdict[int, list[SupportMessage]] = defaultdict(list)
    messages = (
        select(SupportMessage)
        .where(col(SupportMessage.request_id).in_(ids))
        .order_by(col(SupportMessage.id))
    )
    for message in session.exec(messages):
        threads[message.request_id].append(message)
    files = support_files.of_requests(session, ids)
    return [
        request_of(row, threads[row.id or 0], tuple(files.get(row.id or 0, ()))) for row in rows
    ]


def _open_ones(session: Session, viewer: Viewer) -> int:
    return session.exec(
        select(func.count())
        .select_from(SupportRequest)
        .where(
            SupportRequest.patient_id == viewer.actor_id,
            col(SupportRequest.status).not_in(rules.OVER),
        )
    ).one()


def _open(
    session: Session, question: Question, *, patient_id: int | None = None, contact: str = ""
) -> SupportRequest:
    now = clock.now()
    row = SupportRequest(
        number=_free_number(session),
        patient_id=patient_id,
        contact=contact,
        topic=question.topic,
        about=question.about,
        document_id=question.document_id,
        claimed=question.claimed,
        created_at=now,
        due_at=now + rules.answer_within(question.topic),
    )
    session.add(row)
    session.flush()
    if question.text:
        say(session, row, question.text, by_patient=True)
    return row


def say(session: Session, row: SupportRequest, text: str, *, by_patient: bool) -> None:
    """Add a message to a thread."""
    said = SupportMessage(request_id=row.id or 0, by_patient=by_patient, text=text, at=clock.now())
    session.add(said)


def _free_number(session: Session) -> str:
    while True:
        digits = f"{secrets.randbelow(10**8):08d}"
        number = f"{digits[:4]}-{digits[4:]}"  # read out over the telephone in two breaths
        if not session.exec(select(SupportRequest.id).where(SupportRequest.number == number)).all():
            return number


def request_of(
    row: SupportRequest, messages: list[SupportMessage], files: tuple[Attached, ...] = ()
) -> Request:
    """A request with what was said and added."""
    return Request(
        number=row.number,
        topic=row.topic,
        about=row.about,
        status=row.status,
        created_at=row.created_at,
        due_at=row.due_at,
        thread=tuple(Said(one.by_patient, one.text, one.at) for one in messages),
        files=files,
    )

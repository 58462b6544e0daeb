"""Medical documents (медицинские документы): what there is, opening it, who has looked.

Invariant: every query names the patient whose cabinet is open, and a document that is hidden, of
somebody else or not there at all is one and the same NotFound.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, func, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, AuditEvent, Document, DocumentVersion, Patient
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus, StoredFile
from zdrav29_app.services import audit
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName

ONE_ACCESS = timedelta(minutes=5)
"""A viewer of PDF asks for a file in many parts: within this time it is one access."""

MOST_EARLIER = 40
"""Documents that a trend looks back on."""


class Paper(NamedTuple):
    """A document as a list shows it; format, size and damage are of its last version.

    A tuple, because hundreds are made for one list.
    """

    id: int
    kind: DocumentKind
    name: str
    issued_on: date
    doctor: str
    post: str
    institution: str
    status: DocumentStatus
    is_own: bool
    is_hidden: bool
    is_new: bool
    version: int
    format: DocumentFormat
    size: int
    is_damaged: bool


@dataclass(frozen=True)
class Version:
    """One version of a document; `change` says in what it differs. `made_at` is aware UTC."""

    number: int
    format: DocumentFormat
    size: int
    change: str
    made_at: datetime
    is_damaged: bool
    file: StoredFile


@dataclass(frozen=True)
class Opened:
    """A document with all its versions, the newest first; `shown` is the one asked for."""

    paper: Paper
    shown: Version
    versions: tuple[Version, ...]

    @property
    def before(self) -> Version | None:
        """The version before the one that is shown."""
        return next((one for one in self.versions if one.number == self.shown.number - 1), None)


@dataclass(frozen=True)
class Access:
    """Who did what with a document, and when (aware UTC)."""

    at: datetime
    who: FullName
    is_viewer: bool
    action: Action


def my_documents(session: Session, viewer: Viewer) -> list[Paper]:
    """All documents the viewer may see, the newest first."""
    return _papers(session, viewer)


def my_document(session: Session, viewer: Viewer, document_id: int) -> Paper:
    """One document of the viewer's, not opened.

    Raises:
        NotFound: there is no such document for this viewer.
    """
    papers = _papers(session, viewer, col(Document.id) == document_id)
    if not papers:
        raise NotFound
    return papers[0]


def structured_files(
    session: Session, viewer: Viewer, kind: DocumentKind, *, until: date
) -> list[tuple[int, StoredFile]]:
    """Ids and files of her structured documents of a kind that hold, the newest `MOST_EARLIER`."""
    query = _newest_versions(viewer, *_FILE_COLUMNS).where(
        col(Document.kind) == kind,
        col(Document.issued_on) <= until,
        col(Document.status) == DocumentStatus.CURRENT,
        col(DocumentVersion.format) == DocumentFormat.XML,
    )
    rows = cast("Any", session).exec(query.limit(MOST_EARLIER))
    return [(document_id, StoredFile(*file)) for document_id, *file in rows]


def number_of_new(session: Session, viewer: Viewer) -> int:
    """How many documents the viewer may see that nobody has opened yet."""
    return session.exec(
        select(func.count())
        .select_from(Document)
        .where(
            Document.patient_id == viewer.patient_id,
            col(Document.seen_at).is_(None),
            may_see(viewer),
        )
    ).one()


def open_document(
    session: Session,
    viewer: Viewer,
    document_id: int,
    *,
    version: int = 0,
    only: DocumentFormat | None = None,
    act: Action,
) -> Opened:
    """One document and the version asked for (0: the last); the access is recorded.

    Raises:
        NotFound: there is no such document or version for this viewer, or not in the `only` format.
    """
    paper = my_document(session, viewer, document_id)
    every = versions(session, document_id)
    shown = next((one for one in every if version in {0, one.number}), None)
    if shown is None or only not in {None, shown.format}:
        raise NotFound
    if paper.is_new and act is Action.DOCUMENT_OPENED:
        session.get_one(Document, document_id).seen_at = clock.now()
    _note_access(session, viewer, document_id, act, covered_by={act})
    return Opened(paper, shown, tuple(every))


def note_quoted(session: Session, viewer: Viewer, document_ids: Iterable[int]) -> None:
    """Record that values of these documents, found for the viewer, stand on another page.

    Only of who acts for the patient: she herself need not be told that she reads her own record.
    """
    covered = {Action.DOCUMENT_QUOTED, Action.DOCUMENT_OPENED}
    for one in document_ids if viewer.is_acting else ():
        _note_access(session, viewer, one, Action.DOCUMENT_QUOTED, covered_by=covered)


def accesses(session: Session, viewer: Viewer, document_id: int) -> list[Access]:
    """Who has opened or downloaded a document of the viewer's, the latest first.

    Raises:
        NotFound: there is no such document for this viewer.
    """
    _own_row(session, viewer, document_id)
    rows = session.exec(
        select(AuditEvent, Patient)
        .join(Patient, col(Patient.id) == AuditEvent.actor_id)
        .where(
            AuditEvent.patient_id == viewer.patient_id,
            AuditEvent.subject == subject(document_id),
        )
        .order_by(col(AuditEvent.id).desc())
    )
    return [
        Access(event.at, name_of(actor), event.actor_id == viewer.actor_id, event.action)
        for event, actor in rows
    ]


def set_hidden(session: Session, viewer: Viewer, document_id: int, *, is_hidden: bool) -> None:
    """Hide a document from everybody but its patient, or show it again.

    Raises:
        NotFound: there is no such document, or the viewer is not its patient.
    """
    if viewer.is_acting:
        raise NotFound
    row = _own_row(session, viewer, document_id)
    row.is_hidden = is_hidden
    session.add(row)
    act = Action.DOCUMENT_HIDDEN if is_hidden else Action.DOCUMENT_SHOWN
    audit.record(session, viewer, act, subject(document_id))


def subject(document_id: int) -> str:
    """A document in the audit trail."""
    return f"document:{document_id}"


# in the order of the fields of Paper
_COLUMNS: tuple[Any, ...] = (
    *(Document.id, Document.kind, Document.name, Document.issued_on, Document.doctor),
    *(Document.post, Document.institution, Document.status, Document.is_own, Document.is_hidden),
    *(col(Document.seen_at).is_(None).label("is_new"), DocumentVersion.number),
    *(DocumentVersion.format, DocumentVersion.size, DocumentVersion.is_damaged),
)
# the id, and the fields of StoredFile in their order
_FILE_COLUMNS: tuple[Any, ...] = (
    *(Document.id, DocumentVersion.store_name, DocumentVersion.wrapped_key),
    *(DocumentVersion.size, DocumentVersion.sha256),
)


def _papers(session: Any, viewer: Viewer, *conditions: Any) -> list[Paper]:
    # columns, not objects: there may be hundreds, and all are looked at
    query = _newest_versions(viewer, *_COLUMNS).where(*conditions)
    return [Paper(*row) for row in session.exec(query)]


def _newest_versions(viewer: Viewer, *columns: Any) -> Any:
    """The viewer's documents in their newest version, the newest document first."""
    newest = (
        select(func.max(DocumentVersion.number))
        .where(DocumentVersion.document_id == Document.id)
        .correlate(Document)
        .scalar_subquery()
    )
    return (
        select_columns(*columns)
        .join(DocumentVersion, col(DocumentVersion.document_id) == Document.id)
        .where(
            col(Document.patient_id) == viewer.patient_id,
            col(DocumentVersion.number) == newest,
            may_see(viewer),
        )
        .order_by(col(Document.issued_on).desc(), col(Document.id).desc())
    )


def may_see(viewer: Viewer) -> ColumnElement[bool]:
    """What a query of documents adds: who acts for another sees nothing that is hidden."""
    return col(Document.is_hidden).is_(False) if viewer.is_acting else true()


def _own_row(session: Session, viewer: Viewer, document_id: int) -> Document:
    row = session.exec(
        select(Document).where(
            Document.id == document_id,
            Document.patient_id == viewer.patient_id,
            may_see(viewer),
        )
    ).first()
    if row is None:
        raise NotFound
    return row


def versions(session: Session, document_id: int) -> list[Version]:
    """All versions of a document, the newest first; whoever asks has checked whose it is."""
    rows = session.exec(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document_id)
        .order_by(col(DocumentVersion.number).desc())
    )
    return [
        Version(
            number=row.number,
            format=row.format,
            size=row.size,
            change=row.change,
            made_at=row.made_at,
            is_damaged=row.is_damaged,
            file=StoredFile(row.store_name, row.wrapped_key, row.size, row.sha256),
        )
        for row in rows
    ]


def _note_access(
    session: Session, viewer: Viewer, document_id: int, act: Action, *, covered_by: set[Action]
) -> None:
    known = session.exec(
        select(AuditEvent.id).where(
            AuditEvent.patient_id == viewer.patient_id,
            AuditEvent.session_id == viewer.session_id,
            col(AuditEvent.action).in_(covered_by),
            AuditEvent.subject == subject(document_id),
            cast("Any", AuditEvent.at) > clock.now() - ONE_ACCESS,
        )
    ).first()
    if known is None:
        audit.record(session, viewer, act, subject(document_id))

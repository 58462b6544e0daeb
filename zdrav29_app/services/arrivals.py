"""Documents that arrive: from clinics, from the patient herself, and as corrected versions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Document, DocumentVersion, SupportFile
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus, StoredFile
from zdrav29_app.services import audit
from zdrav29_app.services.documents import subject


@dataclass(frozen=True)
class NewDocument:
    """What is known of a document that arrives."""

    kind: DocumentKind
    name: str
    issued_on: date
    doctor: str = ""
    post: str = ""
    institution: str = ""
    status: DocumentStatus = DocumentStatus.CURRENT
    is_own: bool = False


@dataclass(frozen=True)
class NewVersion:
    """A file that arrives for a document. `made_at` is aware UTC."""

    file: StoredFile
    format: DocumentFormat
    made_at: datetime
    is_damaged: bool = False
    change: str = ""


def add(
    session: Session, patient_id: int, new: NewDocument, first: NewVersion, *later: NewVersion
) -> int:
    """Take in a document with its versions, the oldest first; gives its id."""
    row = Document(patient_id=patient_id, received_at=first.made_at, **vars(new))
    session.add(row)
    session.flush()
    for version in (first, *later):
        add_version(session, row.id or 0, version)
    return row.id or 0


def upload(session: Session, viewer: Viewer, new: NewDocument, version: NewVersion) -> int:
    """Take in what the viewer herself adds to the cabinet that is open; gives its id."""
    document_id = add(session, viewer.patient_id, new, version)
    session.get_one(Document, document_id).seen_at = clock.now()
    audit.record(session, viewer, Action.DOCUMENT_UPLOADED, subject(document_id))
    return document_id


def add_version(session: Session, document_id: int, new: NewVersion) -> None:
    """Take in one more version; the document counts as new again."""
    last = session.exec(
        select(func.max(DocumentVersion.number)).where(DocumentVersion.document_id == document_id)
    ).one()
    session.add(
        DocumentVersion(
            document_id=document_id,
            number=(last or 0) + 1,
            format=new.format,
            store_name=new.file.name,
            wrapped_key=new.file.key,
            size=new.file.size,
            sha256=new.file.sha256,
            is_damaged=new.is_damaged,
            change=new.change,
            made_at=new.made_at,
        )
    )
    session.get_one(Document, document_id).seen_at = None


def has_any(session: Session, patient_id: int) -> bool:
    """Whether a patient has a document at all."""
    found = select(Document.id).where(Document.patient_id == patient_id).limit(1)
    return session.exec(found).first() is not None


def rewrap_keys(session: Session, rewrapped: Callable[[str], str]) -> int:
    """Put another wrapping around every data key; gives their number."""
    with_file = select(DocumentVersion).where(DocumentVersion.wrapped_key != "")
    rows = [*session.exec(with_file), *session.exec(select(SupportFile))]
    for row in rows:
        row.wrapped_key = rewrapped(row.wrapped_key)
        session.add(row)
    return len(rows)

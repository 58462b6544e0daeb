"""Files that patients add to their requests to support, such as a picture of the screen."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, SupportFile, SupportRequest
from zdrav29_app.errors import NotFound, TooManyRequests
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, StoredFile
from zdrav29_app.rules import support as rules
from zdrav29_app.services import audit, operators


@dataclass(frozen=True)
class Attached:
    """A file of a request. `size` is in bytes."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class NewFile:
    """A file that arrives, encrypted already."""

    name: str
    format: DocumentFormat
    file: StoredFile


def check_may_add(session: Session, viewer: Viewer, number: str) -> SupportRequest:
    """The viewer's own request, which may take one more file.

    Raises:
        NotFound: the viewer has no such request.
        TooManyRequests: it has as many as it may have.
    """
    row = session.exec(
        select(SupportRequest).where(
            SupportRequest.number == number, SupportRequest.patient_id == viewer.actor_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    known = select(func.count()).select_from(SupportFile).where(SupportFile.request_id == row.id)
    if session.exec(known).one() >= rules.MOST_FILES:
        raise TooManyRequests
    return row


def add(session: Session, viewer: Viewer, number: str, new: NewFile) -> None:
    """Add a file to an own request; raises as `check_may_add` does."""
    row = check_may_add(session, viewer, number)
    session.add(
        SupportFile(
            request_id=row.id or 0,
            name=new.name,
            format=new.format,
            store_name=new.file.name,
            wrapped_key=new.file.key,
            size=new.file.size,
            sha256=new.file.sha256,
            at=clock.now(),
        )
    )
    audit.record(session, viewer, Action.SUPPORT_FILE_ADDED, f"support:{number}")


def open_file(session: Session, viewer: Viewer, file_id: int) -> NewFile:
    """A file of an own request, or of any for an operator.

    Raises:
        NotFound: there is none for this viewer.
    """
    found = session.exec(
        select(SupportFile, SupportRequest)
        .join(SupportRequest, col(SupportRequest.id) == SupportFile.request_id)
        .where(SupportFile.id == file_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, request = found
    if request.patient_id != viewer.actor_id:
        operators.check(viewer)
    actor = operators.acting_on(viewer, request.patient_id)
    audit.record(session, actor, Action.SUPPORT_FILE_OPENED, f"support_file:{row.id}")
    file = StoredFile(row.store_name, row.wrapped_key, row.size, row.sha256)
    return NewFile(row.name, row.format, file)


def of_requests(session: Session, request_ids: list[int]) -> dict[int, list[Attached]]:
    """The files of these requests, the oldest first."""
    rows = session.exec(
        select(SupportFile)
        .where(col(SupportFile.request_id).in_(request_ids))
        .order_by(col(SupportFile.id))
    )
    found: dict[int, list[Attached]] = {}
    for row in rows:
        found.setdefault(row.request_id, []).append(Attached(row.id or 0, row.name, row.size))
    return found

"""Photos in requests to support: kept with a message, seen by who sent it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from zdrav29_app.db.tables import SupportMessage, SupportPhoto, SupportRequest
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import StoredFile


def attach(session: Session, message: SupportMessage, file: StoredFile) -> None:
    """Keep a photo with a message."""
    session.flush()
    session.add(
        SupportPhoto(
            message_id=message.id or 0,
            store_name=file.name,
            wrapped_key=file.key,
            size=file.size,
            sha256=file.sha256,
        )
    )


def by_message(session: Session, messages: Sequence[SupportMessage]) -> dict[int, int]:
    """Ids of the photos of these messages, by the message."""
    rows = session.exec(
        select(SupportPhoto).where(
            col(SupportPhoto.message_id).in_([message.id for message in messages])
        )
    )
    return {row.message_id: row.id or 0 for row in rows}


def photo(session: Session, viewer: Viewer, photo_id: int) -> StoredFile:
    """A photo that the viewer sent.

    Raises:
        NotFound: she sent no such photo.
    """
    row = session.exec(
        select(SupportPhoto)
        .join(SupportMessage, col(SupportMessage.id) == SupportPhoto.message_id)
        .join(SupportRequest, col(SupportRequest.id) == SupportMessage.request_id)
        .where(SupportPhoto.id == photo_id, SupportRequest.patient_id == viewer.actor_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return StoredFile(row.store_name, row.wrapped_key, row.size, row.sha256)

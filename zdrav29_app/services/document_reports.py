"""Errors in documents that patients tell of: requests to support, pinned to a document."""

from sqlmodel import Session

from zdrav29_app.identity import Viewer
from zdrav29_app.services import documents, support, support_files
from zdrav29_app.services.support import Question, Request
from zdrav29_app.services.support_files import NewFile
from zdrav29_app.values import SupportTopic


def report(
    session: Session,
    viewer: Viewer,
    document_id: int,
    *,
    text: str,
    about: str,
    photo: NewFile | None = None,
) -> Request:
    """Tell support of an error; `about` says where it is and of what kind.

    Raises:
        NotFound: there is no such document for this viewer.
        TooManyRequests: she has very many open requests.
    """
    documents.my_document(session, viewer, document_id)
    made = support.ask(session, viewer, Question(SupportTopic.DATA, text, about, document_id))
    if photo:
        support_files.add(session, viewer, made.number, photo)
    return made


def my_reports(session: Session, viewer: Viewer, document_id: int) -> list[Request]:
    """What the viewer has told of a document, newest first.

    Raises:
        NotFound: there is no such document for this viewer.
    """
    documents.my_document(session, viewer, document_id)
    return support.my_requests(session, viewer, document_id=document_id)

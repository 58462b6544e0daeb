"""What a clinic does when it was told of an error: it sends the document anew, on paper."""

import anyio.to_thread
from sqlmodel import Session

from zdrav29_app import archive, clock
from zdrav29_app.db.engine import reading
from zdrav29_app.db.tables import Document, Patient
from zdrav29_app.demo import paper_maker
from zdrav29_app.demo.cda_maker import Part, Signed
from zdrav29_app.demo.paper_maker import Page
from zdrav29_app.demo.records import subject_of
from zdrav29_app.errors import NotFound
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.values import FullName

CORRECTED = "Исправление"


async def correct(document_id: int, change: str) -> None:
    """Send a corrected version of a document; `change` says in what it differs.

    Raises:
        NotFound: there is no such document.
    """
    page = await reading(_page, document_id, change)
    content = await anyio.to_thread.run_sync(paper_maker.pdf, page)
    await archive.correct(document_id, content, DocumentFormat.PDF, change)


def _page(session: Session, document_id: int, change: str) -> Page:
    row = session.get(Document, document_id)
    if row is None or row.is_own:
        raise NotFound
    last, first, *middle = row.doctor.split(" ")
    by = Signed(FullName(last, first, *middle), row.post, row.institution, clock.now())
    patient = session.get_one(Patient, row.patient_id)
    return Page(row.name, subject_of(patient), by, [Part("CORR", CORRECTED, (change,))])

"""What a clinic does when it was told of an error: it sends the document anew."""

from dataclasses import dataclass

import anyio.to_thread
from sqlmodel import Session

from zdrav29_app import archive, clock
from zdrav29_app.db.engine import reading
from zdrav29_app.db.tables import Document, Patient
from zdrav29_app.demo import cda_maker, paper_maker, records
from zdrav29_app.demo.cda_maker import CORRECTION, Part, Signed
from zdrav29_app.demo.paper_maker import Page
from zdrav29_app.errors import NotFound
from zdrav29_app.gateways import files
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Version
from zdrav29_app.values import FullName


@dataclass(frozen=True)
class Correction:
    """What was wrong, in the clinic's words; `was` and `now` where one word stands for another."""

    change: str
    was: str = ""
    now: str = ""


async def correct(document_id: int, correction: Correction) -> None:
    """Send a corrected version of a document: a structured one anew, any other one on paper.

    Raises:
        NotFound: there is no such document.
        DocumentDamaged: the last version cannot be read.
    """
    last, page = await reading(_known, document_id, correction)
    change = correction.change
    if last.format is DocumentFormat.XML:
        content = cda_maker.corrected(
            await files.read(last.file), was=correction.was, now=correction.now, note=change
        )
        await archive.correct(document_id, content, DocumentFormat.XML, change)
        return
    content = await anyio.to_thread.run_sync(paper_maker.pdf, page)
    await archive.correct(document_id, content, DocumentFormat.PDF, change)


def _known(session: Session, document_id: int, correction: Correction) -> tuple[Version, Page]:
    row = session.get(Document, document_id)
    if row is None or row.is_own:
        raise NotFound
    last, first, *middle = row.doctor.split(" ")
    by = Signed(FullName(last, first, *middle), row.post, row.institution, clock.now())
    parts = records.with_words(records.parts_of(row.name), {correction.was or "\0": correction.now})
    note = [] if correction.was and parts else [Part("CORR", CORRECTION, (correction.change,))]
    of = records.subject_of(session.get_one(Patient, row.patient_id))
    return documents.versions(session, document_id)[0], Page(row.name, of, by, [*parts, *note])

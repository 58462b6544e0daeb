"""Files of a region's documents, made when somebody first looks: small ones, alike for all."""

import anyio.to_thread
from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.db.tables import Document, DocumentVersion, Patient
from zdrav29_app.demo import paper_maker, records
from zdrav29_app.demo.cda_maker import Signed
from zdrav29_app.demo.paper_maker import Page
from zdrav29_app.gateways import files
from zdrav29_app.papers import StoredFile
from zdrav29_app.values import FullName


async def make_files(patient_id: int) -> None:
    """Give every document of a patient that has none its file."""
    for version_id, page in await reading(_pages, patient_id):
        content = await anyio.to_thread.run_sync(paper_maker.pdf, page)
        file = await files.put(content)
        if not await in_transaction(_keep, version_id, file):
            await files.delete(file.name)  # another tab was faster


def _pages(session: Session, patient_id: int) -> list[tuple[int, Page]]:
    rows = session.exec(
        select(DocumentVersion.id, Document, Patient)
        .join(Document, col(Document.id) == DocumentVersion.document_id)
        .join(Patient, col(Patient.id) == Document.patient_id)
        .where(Document.patient_id == patient_id, DocumentVersion.wrapped_key == "")
    )
    return [(version_id or 0, _page(document, patient)) for version_id, document, patient in rows]


def _page(document: Document, patient: Patient) -> Page:
    last, first, *middle = document.doctor.split()
    name = FullName(last, first, *middle)
    by = Signed(name, document.post, document.institution, document.received_at)
    return Page(document.name, records.subject_of(patient), by, records.parts_of(document.name), "")


def _keep(session: Session, version_id: int, file: StoredFile) -> bool:
    kept = session.exec(
        update(DocumentVersion)
        .where(col(DocumentVersion.id) == version_id, col(DocumentVersion.wrapped_key) == "")
        .values(store_name=file.name, wrapped_key=file.key, size=file.size, sha256=file.sha256)
    )
    return kept.rowcount == 1

"""Medical documents and their versions; the bytes lie encrypted in the store of files."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus


class Document(SQLModel, table=True):
    """A document of a patient (медицинский документ, FHIR DocumentReference).

    Who signed it and where is kept as the document says, whatever becomes of doctor and clinic;
    both are empty for what the patient added herself. `seen_at` is None until it was opened once.
    What is hidden opens in the patient's own session only.
    """

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    kind: DocumentKind = Field(sa_type=word(DocumentKind))
    name: str
    issued_on: date
    doctor: str = ""
    post: str = ""
    institution: str = ""
    status: DocumentStatus = Field(default=DocumentStatus.CURRENT, sa_type=word(DocumentStatus))
    is_own: bool = False
    is_hidden: bool = False
    received_at: datetime = moment()
    seen_at: datetime | None = moment(optional=True)


class DocumentVersion(SQLModel, table=True):
    """One version of a document: the file as it came.

    `store_name`, `wrapped_key`, `size` and `sha256` are a StoredFile; the key is empty as long as
    the file has not been made, which happens to invented documents only. `change` says in what it
    differs from the version before, empty for the first.
    """

    __tablename__: ClassVar[Any] = "document_version"
    __table_args__: ClassVar[Any] = (
        Index("one_row_per_version", "document_id", "number", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    number: int
    format: DocumentFormat = Field(sa_type=word(DocumentFormat))
    store_name: str = Field(unique=True)
    wrapped_key: str
    size: int
    sha256: str
    is_damaged: bool = False
    change: str = ""
    made_at: datetime = moment()

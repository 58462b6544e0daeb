"""Certificates that patients order; one that is ready is a document."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.papers import CertificateKind, CertificateRefusal, CertificateStatus

_OPEN = "status IN ('ordered', 'in_work')"


class Certificate(SQLModel, table=True):
    """An order of a certificate (заказ справки, FHIR Task).

    `purpose` is for whom it is, in the patient's words. `promised_at` is the end of the clinic's
    term, `next_at` when the clinic of a demo does its next step by itself.
    """

    __table_args__: ClassVar[Any] = (
        Index(
            "one_open_certificate_per_kind",
            "patient_id",
            "kind",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    actor_id: int = Field(foreign_key="patient.id")
    kind: CertificateKind = Field(sa_type=word(CertificateKind))
    purpose: str = ""
    status: CertificateStatus = Field(
        default=CertificateStatus.ORDERED, sa_type=word(CertificateStatus)
    )
    ordered_at: datetime = moment()
    promised_at: datetime = moment()
    next_at: datetime | None = moment(optional=True, index=True)
    decided_at: datetime | None = moment(optional=True)
    refusal: CertificateRefusal | None = Field(default=None, sa_type=word(CertificateRefusal))
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)

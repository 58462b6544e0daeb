"""Where patients are attached, and their applications to change it."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, false, text
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.values import ApplicationStatus, AttachmentReason, RefusalReason

_UNDER_WAY = "status IN ('under_review', 'confirmed')"


class Attachment(SQLModel, table=True):
    """A term for which a patient is attached to a clinic (прикрепление); the last one is open.

    `by_choice`: the patient asked for the clinic, which the law allows once a year;
    `doctor_by_choice` for the doctor, likewise.
    """

    __table_args__: ClassVar[Any] = (
        Index(
            "one_open_attachment_per_patient",
            "patient_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    clinic_id: int = Field(foreign_key="clinic.id", index=True)
    doctor_id: int | None = Field(default=None, foreign_key="doctor.id")
    by_choice: bool
    doctor_by_choice: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    since: date
    until: date | None = None


class AttachmentApplication(SQLModel, table=True):
    """An application to change the clinic, or with `doctor_id` the doctor in it (заявление).

    `decide_by` is the end of the term the law gives the clinic, `expected_at` when the clinic of a
    demo answers by itself, `active_from` when a confirmed one comes into force. `cancels` are
    numbers of visits in the old clinic that are called off then.
    """

    __tablename__: ClassVar[Any] = "attachment_application"
    __table_args__: ClassVar[Any] = (
        Index(
            "one_application_under_way_per_patient",
            "patient_id",
            unique=True,
            sqlite_where=text(_UNDER_WAY),
            postgresql_where=text(_UNDER_WAY),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    actor_id: int = Field(foreign_key="patient.id")
    clinic_id: int = Field(foreign_key="clinic.id")
    doctor_id: int | None = Field(default=None, foreign_key="doctor.id")
    reason: AttachmentReason = Field(sa_type=word(AttachmentReason))
    new_address: str = ""
    cancels: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    status: ApplicationStatus = Field(
        default=ApplicationStatus.UNDER_REVIEW, sa_type=word(ApplicationStatus)
    )
    submitted_at: datetime = moment()
    decide_by: datetime = moment()
    expected_at: datetime | None = moment(optional=True, index=True)
    decided_at: datetime | None = moment(optional=True)
    refusal: RefusalReason | None = Field(default=None, sa_type=word(RefusalReason))
    active_from: datetime | None = moment(optional=True, index=True)

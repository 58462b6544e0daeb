"""What is sent to a patient, and what she writes to support."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.values import (
    Channel,
    SupportStatus,
    SupportTopic,
)


class NoticeKind(StrEnum):
    """What a notice is about; its words are in texts/notices.py."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    TALON = "talon"
    CALLED_OFF = "called_off"
    OFFERED = "offered"
    WAITING_ENDED = "waiting_ended"
    CODE = "code"
    NEW_DEVICE = "new_device"
    RELATIVE_CODE = "relative_code"
    RIGHT_GIVEN = "right_given"
    REMINDER = "reminder"
    ATTACHMENT = "attachment"
    CERTIFICATE = "certificate"
    ANSWERED = "answered"
    ANSWERED_OUTSIDE = "answered_outside"
    TEST = "test"


class Notice(SQLModel, table=True):
    """One message to be sent (outbox row), written in the transaction it tells of.

    `facts` are the values its words need, as they were then; a worker claims, sends and marks.
    `about` is the number of a visit, where it is about one. What stands in the cabinet has no
    address and was sent at once. Who asked without signing in is nobody's patient.
    """

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int | None = Field(default=None, foreign_key="patient.id", index=True)
    kind: NoticeKind = Field(sa_type=word(NoticeKind))
    channel: Channel = Field(sa_type=word(Channel))
    address: str
    facts: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    about: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_at: datetime = moment()
    due_at: datetime | None = moment(optional=True, index=True)
    attempts: int = 0
    sent_at: datetime | None = moment(optional=True)


class SupportRequest(SQLModel, table=True):
    """A request to support (обращение). Of a signed-out person only the contact is known.

    `about` is what a refusal told her to quote: code, time and request id, on one line; or which
    part of the document `document_id` is wrong. `claimed` is who somebody says she is who cannot
    sign in: last_name, first_name, birth_date (ISO), policy, code.
    """

    __tablename__: ClassVar[Any] = "support_request"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    patient_id: int | None = Field(default=None, foreign_key="patient.id", index=True)
    contact: str = ""
    topic: SupportTopic = Field(sa_type=word(SupportTopic))
    about: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    claimed: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))
    status: SupportStatus = Field(default=SupportStatus.NEW, sa_type=word(SupportStatus))
    created_at: datetime = moment()
    due_at: datetime = moment()


class SupportMessage(SQLModel, table=True):
    """One message of a request's thread, of the patient or of support."""

    __tablename__: ClassVar[Any] = "support_message"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="support_request.id", index=True)
    by_patient: bool
    text: str
    at: datetime = moment()


class SupportFile(SQLModel, table=True):
    """A file that a patient added to a request; the bytes lie encrypted in the store of files.

    `store_name`, `wrapped_key`, `size` and `sha256` are a StoredFile.
    """

    __tablename__: ClassVar[Any] = "support_file"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="support_request.id", index=True)
    name: str
    format: DocumentFormat = Field(sa_type=word(DocumentFormat))
    store_name: str = Field(unique=True)
    wrapped_key: str
    size: int
    sha256: str
    at: datetime = moment()

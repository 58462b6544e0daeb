"""What is sent to a patient, and what she writes to support."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
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
    TEST = "test"


class Notice(SQLModel, table=True):
    """One message to be sent (outbox row), written in the transaction it tells of.

    `facts` are the values its words need, as they were then; a worker claims, sends and marks.
    `about` is the number of a visit, where it is about one. What stands in the cabinet has no
    address and was sent at once.
    """

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
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
    part of the document `document_id` is wrong.
    """

    __tablename__: ClassVar[Any] = "support_request"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    patient_id: int | None = Field(default=None, foreign_key="patient.id", index=True)
    contact: str = ""
    topic: SupportTopic = Field(sa_type=word(SupportTopic))
    about: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    status: SupportStatus = Field(default=SupportStatus.NEW, sa_type=word(SupportStatus))
    created_at: datetime = moment()
    due_at: datetime = moment()


class SupportPhoto(SQLModel, table=True):
    """A photo that belongs to a message: a StoredFile, JPG, without what it tells of its maker."""

    __tablename__: ClassVar[Any] = "support_photo"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="support_message.id", unique=True)
    store_name: str = Field(unique=True)
    wrapped_key: str
    size: int
    sha256: str


class SupportMessage(SQLModel, table=True):
    """One message of a request's thread, of the patient or of support."""

    __tablename__: ClassVar[Any] = "support_message"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="support_request.id", index=True)
    by_patient: bool
    text: str
    at: datetime = moment()

"""Who did what, and when; rows cannot be changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from zdrav29_app.db.audit_guard import guard_new_schemas
from zdrav29_app.db.columns import moment, word


class Action(StrEnum):
    """What an audit event records."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    PHONE_CONFIRMED = "phone_confirmed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SESSION_ENDED = "session_ended"
    SUPPORT_ASKED = "support_asked"
    SUPPORT_FILE_ADDED = "support_file_added"
    SUPPORT_FILE_OPENED = "support_file_opened"
    SUPPORT_OPENED = "support_opened"
    SUPPORT_TAKEN = "support_taken"
    SUPPORT_ANSWERED = "support_answered"
    SUPPORT_QUESTIONED = "support_questioned"
    SUPPORT_CLOSED = "support_closed"
    DESK_OPENED = "desk_opened"
    ATTACHMENT_DECIDED = "attachment_decided"
    CALLED_OFF = "called_off"
    CABINET_OPENED = "cabinet_opened"
    RIGHT_GIVEN = "right_given"
    RIGHT_REVOKED = "right_revoked"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    TALON_SENT = "talon_sent"
    REPLACEMENTS_REFUSED = "replacements_refused"
    WAITING_JOINED = "waiting_joined"
    WAITING_LEFT = "waiting_left"
    ATTACHMENT_ASKED = "attachment_asked"
    ATTACHMENT_WITHDRAWN = "attachment_withdrawn"
    CERTIFICATE_ORDERED = "certificate_ordered"
    CERTIFICATE_CANCELLED = "certificate_cancelled"
    DOCUMENT_OPENED = "document_opened"
    DOCUMENT_DOWNLOADED = "document_downloaded"
    DOCUMENT_QUOTED = "document_quoted"
    DOCUMENT_HIDDEN = "document_hidden"
    DOCUMENT_SHOWN = "document_shown"
    DOCUMENT_UPLOADED = "document_uploaded"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_ENDED = "announcement_ended"


class AuditEvent(SQLModel, table=True):
    """Who did what to which object, and when (журнал действий, FHIR AuditEvent).

    `patient_id` is in whose cabinet, `actor_id` who did it.
    """

    __tablename__: ClassVar[Any] = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment(index=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    actor_id: int = Field(foreign_key="patient.id", index=True)
    session_id: int | None = Field(default=None, foreign_key="web_session.id")
    action: Action = Field(sa_type=word(Action))
    subject: str


guard_new_schemas()

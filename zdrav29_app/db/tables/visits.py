"""Visits of patients: made, held, referred to, waited for."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word


class AppointmentStatus(StrEnum):
    """FHIR Appointment.status, as far as a patient's visit can go."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    FULFILLED = "fulfilled"
    NO_SHOW = "noshow"


class CancelledBy(StrEnum):
    """Who called a visit off."""

    PATIENT = "patient"
    CLINIC = "clinic"


class Appointment(SQLModel, table=True):
    """A visit of a patient (запись). `sequence` grows with each change, for calendar files.

    `moved_at` is when it was last put to another time, `confirmed_at` when the patient said that
    she will come.
    """

    __table_args__: ClassVar[Any] = (
        Index(
            "one_active_appointment_per_slot",
            "slot_id",
            unique=True,
            sqlite_where=text("status = 'booked'"),
            postgresql_where=text("status = 'booked'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    slot_id: int = Field(foreign_key="slot.id", index=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    status: AppointmentStatus = Field(
        default=AppointmentStatus.BOOKED, sa_type=word(AppointmentStatus)
    )
    sequence: int = 0
    created_at: datetime = moment()
    cancelled_at: datetime | None = moment(optional=True)
    cancelled_by: CancelledBy | None = Field(default=None, sa_type=word(CancelledBy))
    cancel_reason: str | None = None
    moved_at: datetime | None = moment(optional=True)
    confirmed_at: datetime | None = moment(optional=True)
    referral_id: int | None = Field(default=None, foreign_key="referral.id", index=True)


class Referral(SQLModel, table=True):
    """A referral to a speciality (направление, FHIR ServiceRequest); good for one visit."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    speciality_code: str = Field(foreign_key="speciality.code")
    clinic_id: int = Field(foreign_key="clinic.id")
    issued_by: str
    reason: str
    issued_on: date
    valid_until: date


class HoldPurpose(StrEnum):
    """What a time is held for."""

    BOOKING = "booking"
    TRANSFER = "transfer"
    REPLACEMENT = "replacement"
    OFFER = "offer"


class Hold(SQLModel, table=True):
    """A time that nobody else can take until then (закрепление).

    `number` is the visit it is to replace; `entry_id` the place in the waiting list it was
    offered to.
    """

    slot_id: int = Field(primary_key=True, foreign_key="slot.id")
    patient_id: int = Field(foreign_key="patient.id", index=True)
    purpose: HoldPurpose = Field(sa_type=word(HoldPurpose))
    number: str | None = None
    entry_id: int | None = Field(default=None, foreign_key="waiting_entry.id", index=True)
    until: datetime = moment(index=True)
    is_extended: bool = False


class WaitingStatus(StrEnum):
    """How a place in the waiting list stands."""

    WAITING = "waiting"
    BOOKED = "booked"
    LEFT = "left"
    ENDED = "ended"


class WaitingEntry(SQLModel, table=True):
    """A place in the waiting list (лист ожидания) of a branch and a speciality.

    `first_day` to `last_day` and `from_minute` to `to_minute` (after local midnight) say when
    she can come; `ignored` counts offers that she let pass.
    """

    __tablename__: ClassVar[Any] = "waiting_entry"

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    branch_id: int = Field(foreign_key="branch.id", index=True)
    speciality_code: str = Field(foreign_key="speciality.code")
    doctor_id: int | None = Field(default=None, foreign_key="doctor.id")
    first_day: date
    last_day: date
    from_minute: int
    to_minute: int
    status: WaitingStatus = Field(default=WaitingStatus.WAITING, sa_type=word(WaitingStatus))
    ignored: int = 0
    joined_at: datetime = moment()


class WaitingStep(StrEnum):
    """What can happen to a place in the waiting list."""

    JOINED = "joined"
    MOVED_UP = "moved_up"
    OFFERED = "offered"
    DECLINED = "declined"
    IGNORED = "ignored"
    BOOKED = "booked"
    LEFT = "left"
    ENDED = "ended"


class WaitingEvent(SQLModel, table=True):
    """What happened to a place in the waiting list, and why it moved; `kind` is a WaitingStep."""

    __tablename__: ClassVar[Any] = "waiting_event"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="waiting_entry.id", index=True)
    kind: str
    facts: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = moment()


class VisitLink(SQLModel, table=True):
    """A link in a letter that does one thing with one visit, once. Only its hash is kept."""

    __tablename__: ClassVar[Any] = "visit_link"

    token_hash: str = Field(primary_key=True)
    appointment_id: int = Field(foreign_key="appointment.id", index=True)
    act: str
    expires_at: datetime = moment()
    used_at: datetime | None = moment(optional=True)

"""The whole schema on one sheet. Words follow FHIR where it has one; times are aware UTC."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.values import Gender, Purpose, SignInWay


class ClinicKind(StrEnum):
    """Type of institution (тип медучреждения)."""

    POLYCLINIC = "polyclinic"
    CHILDREN = "children"
    HOSPITAL = "hospital"
    DISTRICT_HOSPITAL = "district_hospital"
    DENTAL = "dental"
    DISPENSARY = "dispensary"


class SlotStatus(StrEnum):
    """FHIR Slot.status: whether a time can be taken."""

    FREE = "free"
    BUSY = "busy"


class AppointmentStatus(StrEnum):
    """FHIR Appointment.status, as far as a patient's visit can go."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    FULFILLED = "fulfilled"
    NO_SHOW = "noshow"


class Channel(StrEnum):
    """How a notice reaches the patient."""

    SMS = "sms"
    EMAIL = "email"


class NoticeKind(StrEnum):
    """What a notice is about; its words are in texts/notices.py."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    CODE = "code"
    NEW_DEVICE = "new_device"


class Action(StrEnum):
    """What an audit event records."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    PHONE_CONFIRMED = "phone_confirmed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SESSION_ENDED = "session_ended"
    BOOKED = "booked"
    CANCELLED = "cancelled"


class Patient(SQLModel, table=True):
    """A person who has entered the cabinet, known by the ESIA oid; data as ESIA gave them last.

    `phone_confirmed_at` and `next_way` are None until that step of the first entry is done.
    """

    id: int | None = Field(default=None, primary_key=True)
    oid: int = Field(sa_type=BigInteger, unique=True)
    last_name: str
    first_name: str
    middle_name: str | None = None
    birth_date: date
    gender: Gender = Field(sa_type=word(Gender))
    snils: str | None = None
    oms_number: str | None = None
    phone: str | None = None
    email: str | None = None
    refreshed_at: datetime = moment()
    phone_confirmed_at: datetime | None = moment(optional=True)
    next_way: SignInWay | None = Field(default=None, sa_type=word(SignInWay))


class PhoneCode(SQLModel, table=True):
    """The one-time code of a first entry: an HOTP secret per person, gone when it was right.

    `failures` counts wrong codes in a row, whatever code they were typed for.
    """

    __tablename__: ClassVar[Any] = "phone_code"

    patient_id: int = Field(primary_key=True, foreign_key="patient.id")
    secret: str
    counter: int = 0
    tries_left: int
    failures: int = 0
    sent_at: datetime = moment()
    blocked_until: datetime | None = moment(optional=True)


class Consent(SQLModel, table=True):
    """A person's consent to one version of one document (согласие, FHIR Consent)."""

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    purpose: Purpose = Field(sa_type=word(Purpose))
    version: int
    ip: str
    given_at: datetime = moment()
    withdrawn_at: datetime | None = moment(optional=True)


class SignInAttempt(SQLModel, table=True):
    """One way to ESIA and back. A row is consumed by the callback and never used twice."""

    __tablename__: ClassVar[Any] = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    state_hash: str = Field(unique=True)
    browser_hash: str
    going_to: str
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(optional=True)


class WebSession(SQLModel, table=True):
    """A signed-in browser. Only the hash of its cookie is kept; revoking is an update.

    `factors` is how many of them ESIA asked for (1 when it does not say). `changes` names the
    fields of the patient that this sign-in brought up to date.
    """

    __tablename__: ClassVar[Any] = "web_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    ip: str
    user_agent: str
    device_hash: str = ""
    is_new_device: bool = False
    factors: int = 1
    by_signature: bool = False
    changes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    created_at: datetime = moment()
    seen_at: datetime = moment()
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(optional=True)


class Clinic(SQLModel, table=True):
    """A medical organisation (медицинская организация, FHIR Organization)."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    kind: ClinicKind = Field(sa_type=word(ClinicKind), index=True)
    district: str = Field(index=True)


class Branch(SQLModel, table=True):
    """A place where a clinic receives patients (филиал, FHIR Location)."""

    id: int | None = Field(default=None, primary_key=True)
    clinic_id: int = Field(foreign_key="clinic.id", index=True)
    name: str
    address: str
    phone: str
    directions: str


class Speciality(SQLModel, table=True):
    """What a doctor is asked for (специальность), with the rules that hang on it."""

    code: str = Field(primary_key=True)
    name: str
    for_children: bool
    for_women: bool = False
    by_referral: bool = False
    slot_minutes: int


class Doctor(SQLModel, table=True):
    """A doctor at a place (врач, FHIR PractitionerRole). `post` is its official name."""

    id: int | None = Field(default=None, primary_key=True)
    branch_id: int = Field(foreign_key="branch.id", index=True)
    speciality_code: str = Field(foreign_key="speciality.code", index=True)
    last_name: str
    first_name: str
    middle_name: str | None = None
    post: str
    category: str | None = None
    room: str
    floor: int
    plot: str | None = None


class Slot(SQLModel, table=True):
    """A time of a doctor (талон, FHIR Slot)."""

    __table_args__: ClassVar[Any] = (
        Index("one_slot_per_doctor_and_time", "doctor_id", "starts_at", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    doctor_id: int = Field(foreign_key="doctor.id")
    starts_at: datetime = moment(index=True)
    ends_at: datetime = moment()
    status: SlotStatus = Field(default=SlotStatus.FREE, sa_type=word(SlotStatus))


class Appointment(SQLModel, table=True):
    """A visit of a patient (запись). `sequence` grows with each change, for calendar files."""

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


class Notice(SQLModel, table=True):
    """One message to be sent (outbox row), written in the transaction it tells of.

    `facts` are the values its words need, as they were then; a worker claims, sends and marks.
    """

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    kind: NoticeKind = Field(sa_type=word(NoticeKind))
    channel: Channel = Field(sa_type=word(Channel))
    address: str
    facts: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = moment()
    due_at: datetime | None = moment(optional=True, index=True)
    attempts: int = 0
    sent_at: datetime | None = moment(optional=True)


class AuditEvent(SQLModel, table=True):
    """Who did what to which object, and when (журнал действий, FHIR AuditEvent)."""

    __tablename__: ClassVar[Any] = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment(index=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    session_id: int | None = Field(default=None, foreign_key="web_session.id")
    action: Action = Field(sa_type=word(Action))
    subject: str

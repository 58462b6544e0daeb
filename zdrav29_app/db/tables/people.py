"""What is known of a person: her data, consents, rights, codes, preferences."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, true
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.values import (
    CodePurpose,
    Gender,
    Purpose,
    Relation,
    SignInWay,
)


class Patient(SQLModel, table=True):
    """A person who has entered the cabinet, known by the ESIA oid; data as ESIA gave them last.

    `clinic_id` is where she is attached (прикрепление), `oms_until` the last day of her policy when
    it has one. Who is not active is gone: nothing can be booked for her.
    `passport` holds number, issued_on (ISO) and issued_by; `addresses` pairs of kind and line.
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
    passport: dict[str, str | None] | None = Field(default=None, sa_column=Column(JSON))
    addresses: list[list[str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    oms_until: date | None = None
    clinic_id: int | None = Field(default=None, foreign_key="clinic.id")
    is_active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    refreshed_at: datetime = moment()
    phone_confirmed_at: datetime | None = moment(optional=True)
    next_way: SignInWay | None = Field(default=None, sa_type=word(SignInWay))


class OneTimeCode(SQLModel, table=True):
    """A one-time code: an HOTP secret per person and purpose, gone when it was right.

    `subject` is what it opens, None when nothing. `failures` counts wrong codes in a row, whatever
    code they were typed for.
    """

    __tablename__: ClassVar[Any] = "one_time_code"

    patient_id: int = Field(primary_key=True, foreign_key="patient.id")
    purpose: CodePurpose = Field(sa_type=word(CodePurpose), primary_key=True)
    subject: str | None = None
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


class DispensaryRecord(SQLModel, table=True):
    """A person under regular observation (диспансерное наблюдение), open to its speciality."""

    __tablename__: ClassVar[Any] = "dispensary_record"

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    speciality_code: str = Field(foreign_key="speciality.code")
    diagnosis: str
    since: date
    until: date | None = None


class RelatedPerson(SQLModel, table=True):
    """A right to act for another (законный представитель, родственник), for a term."""

    __tablename__: ClassVar[Any] = "related_person"

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    representative_id: int = Field(foreign_key="patient.id", index=True)
    relation: Relation = Field(sa_type=word(Relation))
    given_at: datetime = moment()
    until: datetime = moment()
    revoked_at: datetime | None = moment(optional=True)


class Preference(SQLModel, table=True):
    """How a person wants to be told, and how she wants to see; a missing row means the defaults.

    `channels` are lists by group. `quiet_from` and `quiet_to` are minutes after local midnight,
    None for no quiet hours. `vision` is what «Версия для слабовидящих» sets, empty when off.
    """

    patient_id: int = Field(primary_key=True, foreign_key="patient.id")
    channels: dict[str, list[str]] = Field(sa_column=Column(JSON, nullable=False))
    remind_hours: list[int] = Field(sa_column=Column(JSON, nullable=False))
    quiet_from: int | None = None
    quiet_to: int | None = None
    vision: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))

"""Where doctors receive, and when. Words follow FHIR."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, false
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.db.free_counts import count_in_new_schemas


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
    HELD = "busy-tentative"
    BUSY = "busy"


class SlotKind(StrEnum):
    """Whom a time is for (вид талона)."""

    SELF = "self"
    REFERRAL = "referral"
    REPEAT = "repeat"
    RESERVE = "reserve"
    GROUP = "group"
    TELE = "tele"
    HOME = "home"
    PREVENT = "prevent"
    LIVE = "live"


class Clinic(SQLModel, table=True):
    """A medical organisation (медицинская организация, FHIR Organization).

    `free_places` is how many more patients may be attached to it.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str
    kind: ClinicKind = Field(sa_type=word(ClinicKind), index=True)
    district: str = Field(index=True)
    free_places: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Branch(SQLModel, table=True):
    """A place where a clinic receives patients (филиал, FHIR Location).

    `latitude` and `longitude` are degrees; None where nobody wrote them down.
    """

    id: int | None = Field(default=None, primary_key=True)
    clinic_id: int = Field(foreign_key="clinic.id", index=True)
    name: str
    address: str
    phone: str
    directions: str
    latitude: float | None = None
    longitude: float | None = None


class Speciality(SQLModel, table=True):
    """What a doctor is asked for (специальность), with the rules that hang on it.

    `by_attachment`: received where the patient is attached only. `words` are what people say
    instead of its name («глаза»), `prepare` how to get ready for the visit.
    """

    code: str = Field(primary_key=True)
    name: str
    for_children: bool
    for_women: bool = False
    by_referral: bool = False
    by_attachment: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    slot_minutes: int
    prepare: str | None = None
    words: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )


class Doctor(SQLModel, table=True):
    """A doctor at a place (врач, FHIR PractitionerRole). `post` is its official name.

    `note` is what the clinic says of her: away until, replaced by.
    """

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
    note: str | None = None


class Slot(SQLModel, table=True):
    """A time of a doctor (талон, FHIR Slot)."""

    __table_args__: ClassVar[Any] = (
        Index("one_slot_per_doctor_and_time", "doctor_id", "starts_at", unique=True),
        # what is free is read from an index alone, never the rows: of one doctor, and of one day
        Index("times_by_status", "doctor_id", "status", "starts_at", "kind"),
        Index("times_by_moment", "status", "starts_at", "doctor_id", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    doctor_id: int = Field(foreign_key="doctor.id")
    starts_at: datetime = moment(index=True)
    ends_at: datetime = moment()
    status: SlotStatus = Field(default=SlotStatus.FREE, sa_type=word(SlotStatus))
    kind: SlotKind = Field(
        default=SlotKind.SELF,
        sa_type=word(SlotKind),
        sa_column_kwargs={"server_default": SlotKind.SELF},
    )


class FreeCount(SQLModel, table=True):
    """How many times of a kind a doctor has free on a day (local); kept by the database itself."""

    __tablename__: ClassVar[Any] = "free_count"

    doctor_id: int = Field(primary_key=True, foreign_key="doctor.id")
    day: date = Field(primary_key=True, index=True)
    kind: SlotKind = Field(primary_key=True, sa_type=word(SlotKind))
    free: int


class Quota(SQLModel, table=True):
    """How many visits to a speciality a clinic may send its patients to in a month (квота)."""

    __table_args__: ClassVar[Any] = (
        Index(
            "one_quota_per_clinic_speciality_month",
            "clinic_id",
            "speciality_code",
            "month",
            unique=True,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    clinic_id: int = Field(foreign_key="clinic.id")
    speciality_code: str = Field(foreign_key="speciality.code")
    month: date
    places: int


count_in_new_schemas(SQLModel.metadata.tables["slot"])

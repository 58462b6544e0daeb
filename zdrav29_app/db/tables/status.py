"""How the services of the status page fared, and what is announced on every page."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment, word
from zdrav29_app.values import AnnouncementKind, Service


class ServiceSpell(SQLModel, table=True):
    """A time in which every look at a service saw the same.

    `seen_at` is the last look; where the next spell begins much later, nobody looked in between.
    """

    __tablename__: ClassVar[Any] = "service_spell"

    id: int | None = Field(default=None, primary_key=True)
    service: Service = Field(sa_type=word(Service), index=True)
    is_up: bool
    began_at: datetime = moment(index=True)
    seen_at: datetime = moment(index=True)


class Announcement(SQLModel, table=True):
    """What an operator announces: an outage, or planned works (плановые работы).

    `ends_at` is when it is expected to be over; None while nobody knows. `closed_at` is when an
    operator took it away.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: AnnouncementKind = Field(sa_type=word(AnnouncementKind))
    service: Service | None = Field(default=None, sa_type=word(Service))
    text: str
    begins_at: datetime = moment()
    ends_at: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True)
    actor_id: int = Field(foreign_key="patient.id")

"""A whole region into an empty database: the same rows for the same day, on every engine.

Clinics, doctors and their times are the demo's, only more of them (seed.py, times.py).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel, col, select

from zdrav29_app.db import snapshot
from zdrav29_app.db.snapshot import Held
from zdrav29_app.db.tables import (
    Attachment,
    Branch,
    Clinic,
    Consent,
    Doctor,
    Document,
    DocumentVersion,
    Patient,
    Slot,
    Speciality,
)
from zdrav29_app.demo.region import papers, people
from zdrav29_app.demo.region.load import Row, count_on, load, table_of
from zdrav29_app.demo.region.people import Home
from zdrav29_app.demo.region.size import Size
from zdrav29_app.demo.seed import make_region, posts_of
from zdrav29_app.demo.times import first_moment, is_open, times_of

TABLES: tuple[type[SQLModel], ...] = (
    *(Clinic, Branch, Speciality, Doctor, Slot),
    *(Patient, Attachment, Consent, Document, DocumentVersion),
)
"""What a region is made of, and what its digest covers."""

_SLOT = ("id", "doctor_id", "starts_at", "ends_at", "status", "kind")


class NotEmpty(Exception):
    """The database holds people or clinics already."""


def digests(connection: Connection) -> dict[str, Held]:
    """What the tables of a region hold, by name: rows, and a SHA-256 over them."""
    return snapshot.contents(connection, [table_of(table).name for table in TABLES])


def fill(session: Session, size: Size, today: date) -> None:
    """Make a region of that size; patients and documents stand as of `today`.

    Raises:
        NotEmpty: there is something already.
    """
    if any(session.exec(select(table).limit(1)).first() for table in TABLES):
        raise NotEmpty
    make_region(session, size.tier)
    connection, now = session.connection(), first_moment(today)
    load(connection, Slot, _SLOT, slots(session, size, today))
    homes = [
        Home(clinic.id or 0, clinic.kind, clinic.district)
        for clinic in session.exec(select(Clinic).order_by(col(Clinic.id)))
    ]
    load(connection, Patient, people.COLUMNS, people.patients(size.patients, homes, now, today))
    people.attach_all(session, today)
    people.consent_all(session, now)
    rows = papers.documents(session, size.documents, size.patients, today)
    load(connection, Document, papers.COLUMNS, rows)
    papers.add_versions(session)
    for table in (Attachment, Consent, DocumentVersion):
        count_on(connection, table)
    connection.exec_driver_sql("ANALYZE")  # until it is told, an engine guesses how many there are


def slots(session: Session, size: Size, today: date) -> Iterator[Row]:
    """Rows of Slot, day by day from `today` on until there are enough."""
    doctors = list(session.exec(select(Doctor.id).order_by(col(Doctor.id))))
    posts = posts_of(size.tier)
    days = (today + timedelta(days=ahead) for ahead in count())
    rows = (
        (doctor_id, one.starts_at, one.ends_at, one.status, one.kind)
        for day in days
        if is_open(day)
        for number, (doctor_id, (place, post)) in enumerate(zip(doctors, posts, strict=True))
        for one in times_of(number, place, post, day)
    )
    return ((number, *row) for number, row in enumerate(islice(rows, size.slots), 1))

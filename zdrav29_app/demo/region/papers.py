"""Documents of a region: two million rows, and no file until somebody looks.

A version whose `wrapped_key` is empty has no file yet; files.py makes those of one patient.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy
from sqlalchemy import String, cast, insert, literal
from sqlmodel import Session, col, select

from zdrav29_app.db.tables import Branch, Clinic, Doctor, Document, DocumentVersion
from zdrav29_app.demo import records
from zdrav29_app.demo.region.load import Row, table_of
from zdrav29_app.demo.times import SEED, first_moment
from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus

YEARS_DAYS = 6 * 365
NEW_DAYS = 30

COLUMNS = (
    *("id", "patient_id", "kind", "name", "issued_on", "doctor", "post", "institution"),
    *("status", "is_own", "is_hidden", "received_at", "seen_at"),
)
NAMES = literal("region-")


@dataclass(frozen=True)
class _Signer:
    doctor: str
    post: str
    institution: str


def documents(session: Session, count: int, patients: int, today: date) -> Iterator[Row]:
    """Rows of Document, as many for every patient as it comes out."""
    # asked now, not at the first row: nothing can be asked while rows are copied
    return _documents(count, patients, today, _signers(session))


def _documents(count: int, patients: int, today: date, signers: Sequence[_Signer]) -> Iterator[Row]:
    chance = random.Random(f"{SEED}/documents").random
    kinds = _kinds()
    days = [today - timedelta(days=ago) for ago in range(1, YEARS_DAYS + 1)]
    moments = [first_moment(day) for day in days]
    for number in range(count):
        kind, name = kinds[int(chance() * len(kinds))]
        by = signers[int(chance() * len(signers))]
        ago = int(chance() * YEARS_DAYS)
        yield (
            *(number + 1, 1 + number * patients // count, kind, name, days[ago]),
            *(by.doctor, by.post, by.institution, DocumentStatus.CURRENT, False, False),
            *(moments[ago], None if ago < NEW_DAYS else moments[ago]),
        )


def add_versions(session: Session) -> None:
    """Give every document its first version, without a file."""
    of, pdf = table_of(Document).c, DocumentFormat.PDF
    rows = sqlalchemy.select(
        *(of.id, of.id, literal(1), literal(pdf, table_of(DocumentVersion).c.format.type)),
        *(NAMES + cast(of.id, String), literal(""), literal(0), literal("")),
        *(literal(value=False), literal(""), of.received_at),
    )
    names = [
        *("id", "document_id", "number", "format", "store_name", "wrapped_key", "size", "sha256"),
        *("is_damaged", "change", "made_at"),
    ]
    session.exec(insert(DocumentVersion).from_select(names, rows))


def _kinds() -> list[tuple[DocumentKind, str]]:
    """Kinds and names of the papers that the stories of the cast know."""
    told = (paper for story in records.facts()["stories"].values() for paper in story["papers"])
    known = {paper["name"]: DocumentKind(paper["kind"]) for paper in told}
    return [(kind, name) for name, kind in known.items()]


def _signers(session: Session) -> list[_Signer]:
    rows = session.exec(
        select(Doctor, Clinic)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .order_by(col(Doctor.id))
    )
    return [
        _Signer(
            " ".join(filter(None, (doctor.last_name, doctor.first_name, doctor.middle_name))),
            doctor.post,
            clinic.name,
        )
        for doctor, clinic in rows
    ]

"""A region as bytes: the tables that a seed makes, in order, a row a line."""

from sqlmodel import Session, SQLModel, select

from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    Consent,
    DispensaryRecord,
    Doctor,
    Patient,
    Quota,
    Referral,
    Slot,
    Speciality,
)

TABLES: tuple[type[SQLModel], ...] = (
    *(Clinic, Branch, Speciality, Doctor, Slot, Quota),
    *(Patient, Consent, DispensaryRecord, Referral),
)


def export(session: Session) -> bytes:
    """All rows of the named tables, by their keys."""
    lines: list[str] = []
    for table in TABLES:
        lines.append(f"# {table.__name__}")
        keys = table.metadata.tables[str(table.__tablename__)].primary_key
        rows = session.exec(select(table).order_by(*keys))
        lines += (row.model_dump_json() for row in rows)
    return "\n".join(lines).encode()

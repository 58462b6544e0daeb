"""Triggers by which the database itself refuses to change or delete what the audit trail says.

Only making demo data anew may lift them, in the transaction that puts them back.
"""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import DDL, Connection, Table, event
from sqlmodel import SQLModel

TABLE = "audit_event"
_ACTS = ("update", "delete")

# texts by engine; a migration holds a copy, because a migration must never change
_SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
    for act in _ACTS
]
_POSTGRESQL = [
    (
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$"
    ),
    (
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
    ),
]
_LIFT_SQLITE = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}" for act in _ACTS]
_LIFT_POSTGRESQL = [f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}"]


def protect(connection: Connection) -> None:
    """Let the database refuse changes from now on."""
    _run(connection, _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL)


@contextmanager
def lifted(connection: Connection) -> Generator[None]:
    """Allow changes inside, for demo data only."""
    is_sqlite = connection.dialect.name == "sqlite"
    _run(connection, _LIFT_SQLITE if is_sqlite else _LIFT_POSTGRESQL)
    yield
    protect(connection)


def _run(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def _guard(table: Table) -> None:
    for dialect, statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(table, "after_create", ddl)


def guard_new_schemas() -> None:
    """Protect the table wherever the schema is made from the tables, as tests do."""
    _guard(SQLModel.metadata.tables[TABLE])

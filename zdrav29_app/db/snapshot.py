"""The whole database as one file, of one moment, while others go on writing; and back again.

The only place besides the engine that knows what a database is called: SQLite copies itself
(`VACUUM INTO`), PostgreSQL is copied by its own `pg_dump` and `pg_restore`.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, create_engine, inspect, select

from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Appointment

METADATA = Appointment.metadata  # every table is in it as soon as one is imported
ROWS_AT_ONCE = 1000


class SnapshotFailed(Exception):
    """It could not be written or read; the message says what the engine's own tool said."""


@dataclass(frozen=True)
class Held:
    """What a table holds: how many rows, and a SHA-256 over them in the order of their keys."""

    rows: int
    sha256: str


def dialect() -> str:
    """`sqlite` or `postgresql`: a snapshot goes back only into what it came from."""
    return engine_room.engine().dialect.name


def dump(target: Path) -> dict[str, Held]:
    """Write the database as it is now; gives what is in it, by table.

    Raises:
        SnapshotFailed: the engine could not.
    """
    engine = engine_room.engine()
    return (_dump_sqlite if dialect() == "sqlite" else _dump_postgresql)(engine, target)


def load(source: Path) -> dict[str, Held]:
    """Fill the configured database, which must be empty; gives what is in it now, by table.

    Raises:
        SnapshotFailed: the engine could not; nothing has changed.
    """
    engine = engine_room.engine()
    (_load_sqlite if dialect() == "sqlite" else _load_postgresql)(engine, source)
    with engine.connect() as connection:
        return contents(connection)


def is_empty() -> bool:
    """Whether no table of the configured database has a row."""
    engine = engine_room.engine()
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return not any(
            connection.execute(select(table).limit(1)).first()
            for table in METADATA.sorted_tables
            if table.name in there
        )


def contents(connection: Connection, named: Collection[str] = ()) -> dict[str, Held]:
    """What is in the tables of these names, or in all there are; alike on every engine."""
    there = set(named or inspect(connection).get_table_names())
    every = METADATA.sorted_tables
    return {table.name: _held(connection, table) for table in every if table.name in there}


def _held(connection: Connection, table: Table) -> Held:
    digest, number = hashlib.sha256(), 0
    rows = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    for row in connection.execute(rows):
        digest.update(json.dumps(list(row), default=str, sort_keys=True).encode())
        number += 1
    return Held(number, digest.hexdigest())


def _dump_sqlite(engine: Engine, target: Path) -> dict[str, Held]:
    raw = engine.raw_connection()
    try:
        # one reading transaction: writers of WAL mode do not wait for it
        raw.cursor().execute("VACUUM INTO ?", (str(target),))
    except Exception as error:
        raise SnapshotFailed(str(error)) from error
    finally:
        raw.close()
    copy = create_engine(f"sqlite:///{target}")
    with copy.connect() as connection:
        found = contents(connection)
    copy.dispose()
    return found


def _load_sqlite(engine: Engine, source: Path) -> None:
    file = Path(str(engine.url.database))
    engine.dispose()
    fresh = file.with_name(f"{file.name}.restored")
    try:
        shutil.copyfile(source, fresh)
        for journal in ("-wal", "-shm"):
            file.with_name(file.name + journal).unlink(missing_ok=True)
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise SnapshotFailed(str(error)) from error


def _dump_postgresql(engine: Engine, target: Path) -> dict[str, Held]:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        # what is counted is what is dumped: both look through one snapshot
        shared = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={shared}")
        _run(engine, "pg_dump", *options, f"--file={target}")
        return contents(connection)


def _load_postgresql(engine: Engine, source: Path) -> None:
    options = ("--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner")
    _run(engine, "pg_restore", *options, f"--dbname={engine.url.database}", str(source))


def _run(engine: Engine, tool: str, *arguments: str) -> None:
    url = engine.url
    where = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,  # not among the arguments, which every program may read
        "PGDATABASE": url.database,
    }
    known = {name: str(value) for name, value in where.items() if value}
    try:
        done = subprocess.run(  # noqa: S603  two tools, named above
            [tool, *arguments], env={**os.environ, **known}, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise SnapshotFailed(f"{tool} is not installed (package postgresql-client)") from None
    if done.returncode:
        raise SnapshotFailed(f"{tool}: {done.stderr.decode(errors='replace').strip()}")

"""The only engine of the house: transactions, and the way from a handler into one.

SQLite runs in WAL mode and a writing transaction begins IMMEDIATE, so that a writer waits for its
turn instead of failing half-way. PostgreSQL takes the same calls.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import anyio.to_thread
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, create_engine

from zdrav29_app import clock, spans
from zdrav29_app.db.acts import count_acts
from zdrav29_app.db.statements import tell_statements
from zdrav29_app.errors import BadInput, DatabaseSilent
from zdrav29_app.settings import settings

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

POOL, OVERFLOW = 5, 10
"""Connections that stay, and how many more there may be: SQLAlchemy's own figures."""

_POSTGRESQL = {"postgres", "postgresql"}
# a server that is gone without a word is missed within half a minute, not in two hours
_HALF_OPEN = {
    "connect_timeout": 5,
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
}
_ROOT = Path(__file__).resolve().parents[2]


def make_engine(address: str) -> Engine:
    """An engine for `address`, set up for many threads."""
    engine = _sqlite(address) if address.startswith("sqlite") else _server(address)
    if settings.traces_url:
        tell_statements(engine)
    return engine


def _sqlite(address: str) -> Engine:
    engine = create_engine(address, connect_args={"timeout": 15, "check_same_thread": False})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _server(address: str) -> Engine:
    url = make_url(address)
    if url.drivername not in _POSTGRESQL:
        return create_engine(url, pool_pre_ping=True)
    # people write postgresql://… as every tool does; which driver that is, is our affair
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={name: each for name, each in _HALF_OPEN.items() if name not in url.query},
        pool_pre_ping=True,
        pool_size=POOL,
        max_overflow=OVERFLOW,
    )


@cache
def engine() -> Engine:
    """The engine of this process, made at first use."""
    if settings.database.startswith("sqlite:///"):
        Path(settings.database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return make_engine(settings.database)


def connections() -> tuple[int, int]:
    """How many connections are in use, and how many can be."""
    pool = engine().pool
    return (pool.checkedout(), POOL + OVERFLOW) if isinstance(pool, QueuePool) else (0, 0)


@contextmanager
def transaction(*, read_only: bool = False) -> Generator[Session]:
    """A session in one transaction: committed at the end, rolled back by any exception."""
    bind = engine().execution_options(read_only=True) if read_only else engine()
    with Session(bind, expire_on_commit=False) as session, session.begin():
        yield session


async def in_transaction(
    use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    """Run a use case in a worker thread with a session and a transaction of its own."""
    with spans.use_case(use_case, {"access": "write"}):
        return await anyio.to_thread.run_sync(_write, use_case, args, kwargs)


async def reading(
    use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    """The same for a use case that only reads: it waits for no writer."""
    with spans.use_case(use_case, {"access": "read"}):
        return await anyio.to_thread.run_sync(_read, use_case, args, kwargs)


def _write(use_case: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
    with _silence(), transaction() as session:
        return use_case(session, *args, **kwargs)


def _read(use_case: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
    with _silence(), transaction(read_only=True) as session:
        return use_case(session, *args, **kwargs)


@contextmanager
def _silence() -> Generator[None]:
    """Name the failures of the database itself, whatever its driver calls them.

    Raises:
        BadInput: a value that no column can hold, as a number beyond its range.
        DatabaseSilent: it does not answer.
    """
    try:
        yield
    except DataError as error:
        raise BadInput from error
    except (OperationalError, InterfaceError) as error:
        log.warning("database silent error=%s", type(error.orig).__name__)
        raise DatabaseSilent from error


def migrate() -> None:
    """Bring the schema of the configured database up to date."""
    command.upgrade(Config(_ROOT / "alembic.ini"), "head")


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("read_only")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


async def is_ready() -> bool:
    """Whether the database answers and has its newest schema."""
    return not await what_is_missing()


async def what_is_missing() -> str:
    """What of the database keeps the cabinet from serving: `database`, `migrations`, or nothing."""
    try:
        version = await reading(_version)
    except (DatabaseSilent, SQLAlchemyError) as error:
        log.warning("database not ready error=%s", type(error).__name__)
        return "database"
    return "" if version == _newest() else "migrations"


def seconds_ahead(session: Session) -> float:
    """How far the clock of this machine is ahead of the one of the database's machine."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return 0
    there = connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp())").scalar_one()
    return clock.machine_seconds() - float(there)


def _version(session: Session) -> str | None:
    connection = session.connection()
    connection.exec_driver_sql("SELECT 1 FROM slot LIMIT 1")
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(Config(_ROOT / "alembic.ini")).get_current_head()


count_acts()

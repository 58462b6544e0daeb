"""PostgreSQL beside benches and tests: databases of their own, dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError

from zdrav29_app.db.engine import make_engine

ADDRESS = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@cache
def answers() -> bool:
    """Whether there is a server at `TEST_POSTGRES`."""
    try:
        tell("SELECT 1")
    except OperationalError:
        return False
    return True


@contextmanager
def database(*, template: str = "template0") -> Iterator[Engine]:
    """A database that is dropped afterwards, empty or like its template.

    Raises:
        OperationalError: no server answers at `TEST_POSTGRES`.
    """
    name = f"zdrav29_{uuid4().hex[:12]}"
    tell(f"CREATE DATABASE {name} TEMPLATE {template}")
    made = make_engine(make_url(ADDRESS).set(database=name).render_as_string(hide_password=False))
    try:
        yield made
    finally:
        made.dispose()
        tell(f"DROP DATABASE {name} WITH (FORCE)")


def tell(statement: str) -> None:
    """Let the server do it, outside of any transaction.

    Raises:
        OperationalError: no server answers.
    """
    server = make_engine(ADDRESS).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()

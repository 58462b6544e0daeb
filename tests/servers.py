"""PostgreSQL beside the tests: a database of its own per worker, emptied by rolling back.

`TEST_POSTGRES` says where it answers. Where none does, its tests are skipped in words.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from zdrav29_app.db.engine import make_engine

ADDRESS = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def database(*, template: str = "template0") -> Iterator[Engine]:
    """A database that is dropped afterwards, empty or like its template."""
    if not _answers():
        pytest.skip(f"no PostgreSQL at {make_url(ADDRESS).host}: SQLite alone was tried")
    name = f"zdrav29_{uuid4().hex[:12]}"
    _tell(f"CREATE DATABASE {name} TEMPLATE {template}")
    made = make_engine(make_url(ADDRESS).set(database=name).render_as_string(hide_password=False))
    try:
        yield made
    finally:
        made.dispose()
        _tell(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def with_schema() -> Iterator[Engine]:
    """The same with every table."""
    with database() as made:
        SQLModel.metadata.create_all(made)
        yield made


@cache
def _answers() -> bool:
    try:
        _tell("SELECT 1")
    except OperationalError:
        return False
    return True


def _tell(statement: str) -> None:
    server = make_engine(ADDRESS)
    with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(statement))
    server.dispose()

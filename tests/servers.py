"""PostgreSQL and Redis beside the tests: a database of its own per worker, emptied by rolling back.

`TEST_POSTGRES` and `TEST_REDIS` say where they answer. Where none does, its tests are skipped in
words.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import pytest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from zdrav29_app.db.engine import make_engine

ADDRESS = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/9")


def redis() -> str:
    """Where Redis answers."""
    try:
        Redis.from_url(REDIS, socket_timeout=2).ping()
    except (RedisError, OSError):
        pytest.skip(f"no Redis at {REDIS}: one process alone was tried")
    return REDIS


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

"""PostgreSQL and Redis beside the tests: a database of its own per worker, emptied by rolling back.

`TEST_POSTGRES` and `TEST_REDIS` say where they answer. Where none does, its tests are skipped in
words.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Engine, make_url
from sqlmodel import SQLModel

from bench import servers
from bench.servers import ADDRESS

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
    if not servers.answers():
        pytest.skip(f"no PostgreSQL at {make_url(ADDRESS).host}: SQLite alone was tried")
    with servers.database(template=template) as made:
        yield made


@contextmanager
def with_schema() -> Iterator[Engine]:
    """The same with every table."""
    with database() as made:
        SQLModel.metadata.create_all(made)
        yield made

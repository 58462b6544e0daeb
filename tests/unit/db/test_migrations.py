"""The schema history leads to the schema of the tables, and back to nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from tests import servers
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db import tables

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def migrated(each_engine: Engine) -> Engine:
    engine_room.migrate()
    return each_engine


@pytest.fixture
def made(migrated: Engine) -> Iterator[Engine]:
    """A schema of the same engine, made from the tables at once."""
    if migrated.dialect.name == "postgresql":
        with servers.with_schema() as database:
            yield database
        return
    memory = engine_room.make_engine("sqlite://")
    SQLModel.metadata.create_all(memory)
    yield memory
    memory.dispose()


def test_migrating_gives_exactly_the_schema_of_the_tables(migrated: Engine):
    assert tables

    with migrated.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    assert difference == []


def test_partial_indexes_are_the_same_in_both(migrated: Engine, made: Engine):
    by_history, by_tables = (
        {
            index["name"]: str(index.get("dialect_options", {}).get(f"{each.dialect.name}_where"))
            for table in inspect(each).get_table_names()
            for index in inspect(each).get_indexes(table)
        }
        for each in (migrated, made)
    )

    assert by_history == by_tables
    assert "booked" in by_tables["one_active_appointment_per_slot"]


def test_migrating_twice_changes_nothing(migrated: Engine):
    before = inspect(migrated).get_table_names()

    engine_room.migrate()

    assert inspect(migrated).get_table_names() == before


def test_every_migration_can_be_undone(migrated: Engine):
    command.downgrade(Config(ROOT / "alembic.ini"), "base")

    assert inspect(migrated).get_table_names() == ["alembic_version"]


def test_history_and_the_tables_make_the_same_triggers(migrated: Engine, made: Engine):
    by_history, by_tables = (_triggers(each) for each in (migrated, made))

    assert by_history == by_tables
    assert any("audit_event" in one for one in by_tables)
    assert any("free_count" in one for one in by_tables)


def _triggers(of: Engine) -> set[str]:
    query = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT event_manipulation || action_timing || action_statement "
        "FROM information_schema.triggers "
        "UNION SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    }
    with of.connect() as connection:
        return set(connection.exec_driver_sql(query[of.dialect.name]).scalars())

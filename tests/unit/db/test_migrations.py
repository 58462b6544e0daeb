"""The schema history leads to the schema of the tables, and back to nothing."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from zdrav29_app.db import engine as engine_room
from zdrav29_app.db import tables

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def migrated(file_engine: Engine) -> Engine:
    engine_room.migrate()
    return file_engine


def test_migrating_gives_exactly_the_schema_of_the_tables(migrated: Engine):
    assert tables

    with migrated.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    assert difference == []


def test_partial_indexes_are_the_same_in_both(migrated: Engine, engine: Engine):
    by_history, by_tables = (
        {
            index["name"]: str(index.get("dialect_options", {}).get("sqlite_where"))
            for table in inspect(each).get_table_names()
            for index in inspect(each).get_indexes(table)
        }
        for each in (migrated, engine)
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


def test_the_audit_trail_is_protected_alike_by_history_and_by_the_tables(
    migrated: Engine, engine: Engine
):
    by_history, by_tables = (_triggers(each) for each in (migrated, engine))

    assert by_history == by_tables
    assert len(by_tables) == 2


def _triggers(of: Engine) -> set[str]:
    with of.connect() as connection:
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        return set(connection.exec_driver_sql(query).scalars())

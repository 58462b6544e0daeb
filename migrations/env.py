"""Alembic's entry: runs migrations on the cabinet's own engine."""

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from zdrav29_app.db import columns, tables
from zdrav29_app.db.engine import engine

assert tables, "importing the tables fills the metadata"


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as plain ones: a migration must not change with the application."""
    if kind == "type" and isinstance(item, columns.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


with engine().connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()

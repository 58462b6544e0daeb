"""Millions of rows into a table: by COPY where the engine has it, else in large inserts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Table, insert, inspect
from sqlmodel import SQLModel

Row = tuple[Any, ...]
AT_ONCE = 2000


def load(
    connection: Connection, into: type[SQLModel], columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Add rows that bring their own keys; what is added later goes on behind them."""
    put = _copy if connection.dialect.name == "postgresql" else _insert
    put(connection, table_of(into), columns, rows)
    count_on(connection, into)


def count_on(connection: Connection, table: type[SQLModel]) -> None:
    """Let keys of new rows begin behind those that were brought; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        name = table_of(table).name
        last = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"  # noqa: S608  a table of ours
        connection.exec_driver_sql(last)


def table_of(model: type[SQLModel]) -> Table:
    """The table itself, whose columns know their types."""
    return cast("Table", inspect(model).local_table)


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    driver: Any = connection.connection.driver_connection
    named = ", ".join(columns)
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({named}) FROM STDIN") as copy:
        for row in _bound(connection, table, columns, rows):
            copy.write_row(row)


def _bound(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> Iterator[Sequence[Any]]:
    """The values as the driver takes them: what the types of the columns do to an insert."""
    dialect = connection.dialect
    types = [table.c[name].type.dialect_impl(dialect) for name in columns]
    every = [(place, one.bind_processor(dialect)) for place, one in enumerate(types)]
    bound: list[tuple[int, Callable[[Any], Any]]] = [(at, by) for at, by in every if by]
    for row in rows:
        values = list(row)
        for place, by in bound:
            values[place] = by(values[place])
        yield values


def _insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in some])

"""The statements of a piece of work, recorded, and run again on the driver alone."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Statement:
    """What was given to the driver."""

    text: str
    values: Any


@contextmanager
def recorded(engine: Engine) -> Generator[list[Statement]]:
    """Collect what is executed inside."""
    found: list[Statement] = []

    def keep(*call: Any) -> None:
        _, _, text, values, _, _ = call
        found.append(Statement(text, values))

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


class Driver:
    """A connection to a file without SQLAlchemy, set up like those of the house."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            self.connection.execute(f"PRAGMA {pragma}")

    def run(self, statements: list[Statement]) -> list[list[Any]]:
        """Execute in order, fetch all rows, commit."""
        rows = [self._run(one) for one in statements]
        self.connection.commit()
        return rows

    def _run(self, one: Statement) -> list[Any]:
        if isinstance(one.values, list):  # several rows at once
            return self.connection.executemany(one.text, one.values).fetchall()
        return self.connection.execute(one.text, one.values).fetchall()

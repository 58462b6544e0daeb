"""What all tables are made of: moments that keep their zone, closed sets kept as their words."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, Enum, TypeDecorator
from sqlmodel import Field, SQLModel

# changing a table in SQLite means making it anew, for which its keys must have names
SQLModel.metadata.naming_convention = {
    **SQLModel.metadata.naming_convention,
    "fk": "fk_%(table_name)s_%(column_0_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC out; SQLite itself would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC, whatever the engine kept."""
        del dialect
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def moment(*, optional: bool = False, index: bool = False) -> Any:
    """A column of moments."""
    return Field(
        default=None if optional else ...,
        sa_column=Column(UtcDateTime, nullable=optional, index=index),
    )


def _values(members: type[StrEnum]) -> list[str]:
    return [member.value for member in members]


def word(of: type[StrEnum]) -> Any:
    """A closed set kept as its words, so that a new one needs no change of the schema."""
    return Enum(
        of,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=_values,
    )

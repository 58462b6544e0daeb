"""Triggers by which the database itself counts the free times of a doctor, day by day.

A search over a region asks how much is free before anything is chosen; reading that off hundreds
of thousands of times at each look is what makes it slow. Whoever changes a time, by whatever
statement, changes its count in the same transaction.
"""

from sqlalchemy import DDL, Table, event

# texts by engine; a migration holds a copy, because a migration must never change
_TO_COUNT = (
    "INSERT INTO free_count (doctor_id, day, kind, free) "
    "VALUES (NEW.doctor_id, date(NEW.starts_at, '+3 hours'), NEW.kind, 1) "
    "ON CONFLICT (doctor_id, day, kind) DO UPDATE SET free = free + 1"
)
_TO_UNCOUNT = (
    "UPDATE free_count SET free = free - 1 WHERE doctor_id = OLD.doctor_id "
    "AND day = date(OLD.starts_at, '+3 hours') AND kind = OLD.kind"
)
_CHANGED = "UPDATE OF doctor_id, starts_at, status, kind"
_SQLITE = [
    f"CREATE TRIGGER slot_{name} AFTER {act} ON slot WHEN {row}.status = 'free' BEGIN {does}; END"
    for name, act, row, does in (
        ("counted_new", "INSERT", "NEW", _TO_COUNT),
        ("uncounted_before", _CHANGED, "OLD", _TO_UNCOUNT),
        ("counted_after", _CHANGED, "NEW", _TO_COUNT),
        ("uncounted_gone", "DELETE", "OLD", _TO_UNCOUNT),
    )
]
# once for a statement, not for a row: a region's times come in by one COPY. In the order of the
# key, so that two statements that change the same counts wait for each other and never cross.
_OF_DAYS = (
    "SELECT doctor_id, (starts_at AT TIME ZONE 'Europe/Moscow')::date AS day, kind,"
    " sum(change) AS free FROM ({changes}) AS changed WHERE status = 'free'"
    " GROUP BY 1, 2, 3 HAVING sum(change) <> 0 ORDER BY 1, 2, 3"
)
_ADDED, _REMOVED = "SELECT *, 1 AS change FROM added", "SELECT *, -1 AS change FROM removed"
_ADD = (
    "INSERT INTO free_count AS kept (doctor_id, day, kind, free) {days}"
    " ON CONFLICT (doctor_id, day, kind) DO UPDATE SET free = kept.free + excluded.free"
)
_SUBTRACT = (
    "UPDATE free_count AS kept SET free = kept.free + gone.free FROM ({days}) AS gone"
    " WHERE (kept.doctor_id, kept.day, kept.kind) = (gone.doctor_id, gone.day, gone.kind)"
)
_FUNCTION = (
    "CREATE FUNCTION slot_{name}() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN {does}; RETURN NULL; END $$"
)
_TRIGGER = (
    "CREATE TRIGGER slot_{name} AFTER {act} ON slot REFERENCING {tables}"
    " FOR EACH STATEMENT EXECUTE FUNCTION slot_{name}()"
)
_NEW, _OLD = "NEW TABLE AS added", "OLD TABLE AS removed"
_ACTS = (
    ("counted", "INSERT", _NEW, _ADD, _ADDED),
    ("recounted", "UPDATE", f"{_OLD} {_NEW}", _ADD, f"{_ADDED} UNION ALL {_REMOVED}"),
    ("uncounted", "DELETE", _OLD, _SUBTRACT, _REMOVED),
)
_POSTGRESQL = [
    text
    for name, act, tables, does, changes in _ACTS
    for text in (
        _FUNCTION.format(name=name, does=does.format(days=_OF_DAYS.format(changes=changes))),
        _TRIGGER.format(name=name, act=act, tables=tables),
    )
]


def count_in_new_schemas(slots: Table) -> None:
    """Count wherever the schema is made from the tables, as tests do."""
    for dialect, statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(slots, "after_create", ddl)

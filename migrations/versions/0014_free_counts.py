"""free counts: how much is free per doctor and day, kept by triggers."""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

# see zdrav29_app/db/free_counts.py
TO_COUNT = (
    "INSERT INTO free_count (doctor_id, day, kind, free) "
    "VALUES (NEW.doctor_id, date(NEW.starts_at, '+3 hours'), NEW.kind, 1) "
    "ON CONFLICT (doctor_id, day, kind) DO UPDATE SET free = free + 1"
)
TO_UNCOUNT = (
    "UPDATE free_count SET free = free - 1 WHERE doctor_id = OLD.doctor_id "
    "AND day = date(OLD.starts_at, '+3 hours') AND kind = OLD.kind"
)
CHANGED = "UPDATE OF doctor_id, starts_at, status, kind"
ON_SQLITE = {
    "slot_counted_new": ("INSERT", "NEW", TO_COUNT),
    "slot_uncounted_before": (CHANGED, "OLD", TO_UNCOUNT),
    "slot_counted_after": (CHANGED, "NEW", TO_COUNT),
    "slot_uncounted_gone": ("DELETE", "OLD", TO_UNCOUNT),
}
OF_DAYS = (
    "SELECT doctor_id, (starts_at AT TIME ZONE 'Europe/Moscow')::date AS day, kind,"
    " sum(change) AS free FROM ({changes}) AS changed WHERE status = 'free'"
    " GROUP BY 1, 2, 3 HAVING sum(change) <> 0 ORDER BY 1, 2, 3"
)
ADDED, REMOVED = "SELECT *, 1 AS change FROM added", "SELECT *, -1 AS change FROM removed"
ADD = (
    "INSERT INTO free_count AS kept (doctor_id, day, kind, free) {days}"
    " ON CONFLICT (doctor_id, day, kind) DO UPDATE SET free = kept.free + excluded.free"
)
SUBTRACT = (
    "UPDATE free_count AS kept SET free = kept.free + gone.free FROM ({days}) AS gone"
    " WHERE (kept.doctor_id, kept.day, kept.kind) = (gone.doctor_id, gone.day, gone.kind)"
)
FUNCTION = "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$"
TRIGGER = "CREATE TRIGGER {name} AFTER {act} ON slot REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
NEW, OLD = "NEW TABLE AS added", "OLD TABLE AS removed"
ON_POSTGRESQL = {
    "slot_counted": ("INSERT", NEW, ADD, ADDED),
    "slot_recounted": ("UPDATE", f"{OLD} {NEW}", ADD, f"{ADDED} UNION ALL {REMOVED}"),
    "slot_uncounted": ("DELETE", OLD, SUBTRACT, REMOVED),
}
COUNT_ALL = (
    "INSERT INTO free_count (doctor_id, day, kind, free) "
    "SELECT doctor_id, {day}, kind, count(*) FROM slot WHERE status = 'free' "
    "GROUP BY 1, 2, 3"
)


def upgrade() -> None:
    """Apply."""
    op.create_table('free_count',
    sa.Column('doctor_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('self', 'referral', 'repeat', 'reserve', 'group', 'tele', 'home', 'prevent', 'live', name='slotkind', native_enum=False, length=32), nullable=False),
    sa.Column('free', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['doctor_id'], ['doctor.id'], name=op.f('fk_free_count_doctor_id')),
    sa.PrimaryKeyConstraint('doctor_id', 'day', 'kind')
    )
    op.create_index(op.f('ix_free_count_day'), 'free_count', ['day'], unique=False)
    with op.batch_alter_table('slot') as batch_op:
        batch_op.create_index('times_by_moment', ['status', 'starts_at', 'doctor_id', 'kind'], unique=False)
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(COUNT_ALL.format(day="date(starts_at, '+3 hours')"))
        for name, (act, row, does) in ON_SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} AFTER {act} ON slot WHEN {row}.status = 'free' BEGIN {does}; END")
    else:
        op.execute(COUNT_ALL.format(day="(starts_at AT TIME ZONE 'Europe/Moscow')::date"))
        for name, (act, tables, does, changes) in ON_POSTGRESQL.items():
            op.execute(FUNCTION.format(name=name, does=does.format(days=OF_DAYS.format(changes=changes))))
            op.execute(TRIGGER.format(name=name, act=act, tables=tables))


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == 'sqlite':
        for name in ON_SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name in ON_POSTGRESQL:
            op.execute(f"DROP TRIGGER {name} ON slot")
            op.execute(f"DROP FUNCTION {name}")
    with op.batch_alter_table('slot') as batch_op:
        batch_op.drop_index('times_by_moment')
    op.drop_table('free_count')

"""times by status: free ones are counted from an index alone."""

from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("slot") as batch_op:
        batch_op.create_index(
            "times_by_status", ["doctor_id", "status", "starts_at", "kind"], unique=False
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("slot") as batch_op:
        batch_op.drop_index("times_by_status")

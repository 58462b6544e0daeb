"""The doctor chosen in a clinic, and where branches lie on a map."""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('doctor_by_choice', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('attachment_application', schema=None) as batch_op:
        batch_op.add_column(sa.Column('doctor_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_attachment_application_doctor_id', 'doctor', ['doctor_id'], ['id'])

    with op.batch_alter_table('branch', schema=None) as batch_op:
        batch_op.add_column(sa.Column('latitude', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Float(), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('branch', schema=None) as batch_op:
        batch_op.drop_column('longitude')
        batch_op.drop_column('latitude')

    with op.batch_alter_table('attachment_application', schema=None) as batch_op:
        batch_op.drop_constraint('fk_attachment_application_doctor_id', type_='foreignkey')
        batch_op.drop_column('doctor_id')

    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_column('doctor_by_choice')

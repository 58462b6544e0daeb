"""What the desk of an operator needs: files of requests, who is claimed, answers to anybody."""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('support_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('format', sa.Enum('pdf', 'jpg', 'xml', name='documentformat', native_enum=False, length=32), nullable=False),
    sa.Column('store_name', sa.String(), nullable=False),
    sa.Column('wrapped_key', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['support_request.id'], name=op.f('fk_support_file_request_id')),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('store_name')
    )
    with op.batch_alter_table('support_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_support_file_request_id'), ['request_id'], unique=False)

    with op.batch_alter_table('support_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed', sa.JSON(), nullable=True))

    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.alter_column('patient_id', existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Undo."""
    op.execute("DELETE FROM notice WHERE patient_id IS NULL")
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.alter_column('patient_id', existing_type=sa.Integer(), nullable=False)

    with op.batch_alter_table('support_request', schema=None) as batch_op:
        batch_op.drop_column('claimed')

    op.drop_table('support_file')

"""support_photos."""

import sqlalchemy as sa
from alembic import op


revision = '0010d2'
down_revision = '0010d'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('support_photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('store_name', sa.String(), nullable=False),
    sa.Column('wrapped_key', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['support_message.id'], name=op.f('fk_support_photo_message_id')),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('message_id'),
    sa.UniqueConstraint('store_name')
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('support_photo')

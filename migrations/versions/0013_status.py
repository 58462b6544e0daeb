"""status."""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

SERVICE = sa.Enum('cabinet', 'database', 'esia', 'sms', 'mail', name='service', native_enum=False, length=32)


def upgrade() -> None:
    """Apply."""
    op.create_table('service_spell',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service', SERVICE, nullable=False),
    sa.Column('is_up', sa.Boolean(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('service_spell', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_spell_began_at'), ['began_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_spell_seen_at'), ['seen_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_spell_service'), ['service'], unique=False)

    op.create_table('announcement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('outage', 'works', name='announcementkind', native_enum=False, length=32), nullable=False),
    sa.Column('service', SERVICE, nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['patient.id'], name=op.f('fk_announcement_actor_id')),
    sa.PrimaryKeyConstraint('id')
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table('announcement')
    with op.batch_alter_table('service_spell', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_spell_service'))
        batch_op.drop_index(batch_op.f('ix_service_spell_seen_at'))
        batch_op.drop_index(batch_op.f('ix_service_spell_began_at'))

    op.drop_table('service_spell')

"""certificates."""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

OPEN = "status IN ('ordered', 'in_work')"


def upgrade() -> None:
    """Apply."""
    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('patient_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('086', 'pool', 'camp', 'contacts', 'tax', '095', name='certificatekind', native_enum=False, length=32), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('status', sa.Enum('ordered', 'in_work', 'ready', 'refused', 'cancelled', name='certificatestatus', native_enum=False, length=32), nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('promised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refusal', sa.Enum('examination', 'no_grounds', 'data', name='certificaterefusal', native_enum=False, length=32), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['patient.id'], name=op.f('fk_certificate_actor_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_certificate_document_id')),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], name=op.f('fk_certificate_patient_id')),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('number')
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_next_at'), ['next_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_patient_id'), ['patient_id'], unique=False)
        batch_op.create_index('one_open_certificate_per_kind', ['patient_id', 'kind'], unique=True, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))


def downgrade() -> None:
    """Undo."""
    op.drop_table('certificate')

"""What was decided about a piece in quarantine."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quarantine", sa.Column("decision", sa.String(), nullable=True))
    op.add_column("quarantine", sa.Column("decided_at", UtcDateTime(), nullable=True))
    op.add_column("quarantine", sa.Column("accepted_id", sa.Integer(), nullable=True))

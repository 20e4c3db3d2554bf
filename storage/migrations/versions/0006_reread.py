"""When a revision's content was derived again from the archived page."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("reread_at", UtcDateTime(), nullable=True))

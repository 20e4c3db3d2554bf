"""How far a walk over an archive has come; requests counted by day; articles left out by date."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "walk",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("remaining", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_walk_source_source"),
        sa.PrimaryKeyConstraint("source", "kind", "route", name="pk_walk"),
    )
    op.add_column("page", sa.Column("left_out", sa.Date(), nullable=True))
    op.add_column("source", sa.Column("counted_on", sa.Date(), nullable=True))
    op.add_column("source", sa.Column("requests", sa.Integer(), nullable=True))

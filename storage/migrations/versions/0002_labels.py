"""What readers say of an article; an index for the inbox."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("labelled_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_label_article_id_article"),
        sa.PrimaryKeyConstraint("id", name="pk_label"),
    )
    op.create_index("ix_label_article_id", "label", ["article_id"])
    op.create_index("ix_label_labelled_at", "label", ["labelled_at"])
    announced = sa.text("notice IN ('new', 'follow_up')")
    op.create_index(
        "ix_article_announced_dated_at_id",
        "article",
        ["dated_at", "id"],
        sqlite_where=announced,
        postgresql_where=announced,
    )
    op.create_index("ix_amount_value_article_id", "amount", ["value", "article_id"])

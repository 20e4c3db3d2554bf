"""Index only the articles that were merged: SQLite took the full one to find all the others."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_article_merged_into_id", "article")
    merged = sa.text("merged_into_id IS NOT NULL")
    op.create_index(
        "ix_article_merged_into_id",
        "article",
        ["merged_into_id"],
        sqlite_where=merged,
        postgresql_where=merged,
    )

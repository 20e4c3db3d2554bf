"""PostgreSQL keeps the keys beside the table: a frequent word no longer reads all of them."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search SET (toast_tuple_target = 128)")
        op.execute("UPDATE search SET title_keys = title_keys")  # moves those that are there

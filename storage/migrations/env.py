"""Runs the migrations on the connection that storage.schema hands over, in its transaction."""

from alembic import context

from storage import ledger  # noqa: F401 - its tables belong to the same metadata
from storage.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
)
context.run_migrations()

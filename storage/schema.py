"""The schema's version: checked at each opening, migrated when it is older than the program."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage import views
from storage.database import BUSY_SECONDS, StorageError

# The newest file in migrations/versions. Named here so that an opening that has nothing to
# migrate, which is nearly every one, does not have to load Alembic.
HEAD = "0007"

# Any number will do, as long as every version of the program takes the same.
_POSTGRESQL_LOCK = 7_510_001


class NewerSchema(StorageError):  # noqa: N818 - says what is the matter
    """The database was made by a newer program."""


def bring_up_to_date(engine: Engine) -> None:
    """Create or migrate the tables; of several processes one does, the others wait for it.

    Raises NewerSchema, or StorageError where the database belongs to another program.
    """
    if engine.dialect.name == "sqlite":
        _use_wal(engine)
    with engine.connect() as connection:
        if not _pending(connection):
            return
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _migrate_sqlite(connection, Path(engine.url.database or ""))
        else:
            with connection.begin():
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK}
                )
                if _pending(connection):
                    _migrate(connection)


def version(connection: Connection) -> str | None:
    """The version of the schema in this database; None where there are no tables yet."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)
    if tables:
        raise StorageError(
            f"{connection.engine.url.render_as_string()} holds tables of another program "
            f"({', '.join(sorted(tables)[:3])}); name an empty database for coopwatch"
        )
    return None


def _pending(connection: Connection) -> bool:
    found = version(connection)
    if found is not None and found > HEAD:
        raise NewerSchema(
            f"{connection.engine.url.render_as_string()} has schema {found}, this coopwatch knows "
            f"{HEAD}: install the newer coopwatch that made it, or open another database"
        )
    return found != HEAD


def _use_wal(engine: Engine) -> None:
    """Readers do not wait for the writer in this mode, which the file itself remembers."""
    end = time.monotonic() + BUSY_SECONDS
    raw = engine.raw_connection()
    with closing(raw):
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # The change of mode does not wait by itself for another process in the file.
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return


def _migrate_sqlite(connection: Connection, path: Path) -> None:
    # Alembic rebuilds tables; with foreign keys on, dropping the old one would empty those
    # that refer to it. The switch only works outside a transaction.
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - tells the type checker
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.execution_options(writing=True).begin():
            if not _pending(connection):
                return
            if inspect(connection).get_table_names():
                _back_up(path, version(connection) or "none")
            _migrate(connection)
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise StorageError(f"{path}: the migration would break {len(broken)} references")
    finally:
        connection.invalidate()


def _back_up(path: Path, old: str) -> Path:
    """Copy the file as it is, beside itself; the copy's name tells day, time and schema."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.name}.schema-{old}.{stamp}.backup")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to load and rarely needed, see HEAD
    from alembic.config import Config  # noqa: PLC0415 - likewise

    views.drop(connection)
    with as_file(files("storage") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    views.create(connection)

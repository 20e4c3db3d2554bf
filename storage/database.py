"""Opening the database and working in it: one engine, reading and writing sessions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

# A writer waits this long for another one; the longest wait among four busy writers was 5.1 s.
BUSY_SECONDS = 30

# Any number will do, as long as every version of the program takes the same.
_POSTGRESQL_LOCK = 7_510_002

EXPECTED = "sqlite:////path/to/file.db or postgresql://user:password@host/name"


class StorageError(Exception):
    """Something about the database that its user can mend; str() says what and how."""


class BadUrl(StorageError):  # noqa: N818 - says what is the matter
    """The database's URL cannot be used."""


class DatabaseUnreachable(StorageError):  # noqa: N818 - likewise
    """The database does not answer, or its file cannot be opened."""


def connect(url: str) -> Engine:
    """The engine of the database at ``url``, created and brought to this program's schema.

    The folder of an SQLite file is created; before a migration an existing file is copied beside
    itself. Of several processes one migrates, the others wait. Raises BadUrl,
    DatabaseUnreachable, NewerSchema or another StorageError.
    """
    # Imported here because schema needs the names above.
    from storage import schema  # noqa: PLC0415

    parsed = _checked(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed)
    engine = _engine(parsed)
    try:
        schema.bring_up_to_date(engine)
    except (OperationalError, sqlite3.Error) as error:
        engine.dispose()
        raise _unreachable(parsed, error) from error
    except DBAPIError as error:
        engine.dispose()
        raise StorageError(f"{_shown(parsed)}: {_reason(error)}") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database and changes nothing."""
    with _session(engine, writing=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose changes are stored at the end, all of them or, after an error, none.

    On SQLite it is the only writer while it lives, so keep it short. Raises StorageError when
    another writer does not finish in time or the disk is full.
    """
    with _session(engine, writing=True) as session:
        yield session
        session.commit()


def one_at_a_time(session: Session) -> None:
    """Two processes that store the same article or story wait for each other, as on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))


def insert_new(session: Session, table: type[DeclarativeBase], **values: Any) -> None:
    """Insert a row unless one with the same key is there already, also when another process
    inserts it at this moment.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing())
    else:
        session.execute(postgresql.insert(table).values(**values).on_conflict_do_nothing())


@contextmanager
def _session(engine: Engine, *, writing: bool) -> Iterator[Session]:
    options = {"writing": writing}
    if engine.dialect.name == "postgresql":
        options["postgresql_readonly"] = not writing
    try:
        with Session(engine.execution_options(**options), expire_on_commit=False) as session:
            yield session
    except OperationalError as error:
        raise StorageError(f"{_shown(engine.url)}: {_reason(error)}") from error


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError as error:
        raise BadUrl(f"the database URL cannot be read; expected {EXPECTED}") from error
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise BadUrl(f"{url}: a database in memory keeps nothing; expected {EXPECTED}")
        return parsed.set(drivername="sqlite")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise BadUrl(f"{_shown(parsed)}: {backend} is not supported; expected {EXPECTED}")


def _make_folder(url: URL) -> None:
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachable(
            f"{_shown(url)}: the folder {folder} cannot be created: {error.strerror}; "
            "name another with COOPWATCH_DATA_DIR or COOPWATCH_DATABASE_URL"
        ) from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver would begin only before the first change, and a reader that turns writer is
    # refused at once without waiting: transactions are begun by _begin_sqlite instead.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten, so that a redacted text lies in no unused part of the file,
    # not even as it was before an earlier change.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _unreachable(url: URL, error: Exception) -> DatabaseUnreachable:
    hint = (
        "is the folder writable and the disk not full?"
        if url.get_backend_name() == "sqlite"
        else "is the server running, and are host, port, user, password and name right?"
    )
    return DatabaseUnreachable(f"cannot open {_shown(url)}: {_reason(error, url)}; {hint}")


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _reason(error: Exception, url: URL | None = None) -> str:
    """The driver's own words, on one line and without a password."""
    original: Any = error.orig if isinstance(error, DBAPIError) else error
    words = " ".join(str(original).split())
    if url is not None and url.password:
        words = words.replace(str(url.password), "***")
    return words

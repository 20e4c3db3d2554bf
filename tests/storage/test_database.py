"""Opening a database: creation, migration, what goes wrong and what its user is told."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select, text
from sqlalchemy.engine import make_url

from storage import ledger, schema, sources
from storage.database import (
    BadUrl,
    DatabaseUnreachable,
    StorageError,
    connect,
    reading,
    writing,
)
from storage.schema import NewerSchema
from storage.tables import Base
from storage.times import day_of, moment_of

MIGRATIONS = Path(schema.__file__).parent / "migrations"


def test_the_migrations_make_the_tables_that_the_program_uses(database_url: str) -> None:
    engine = connect(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    not str(name).startswith(("search_index", "ix_search_index"))
                    and not (kind == "column" and name == "index_keys")
                ),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_a_second_opening_changes_nothing(database_url: str) -> None:
    engine = connect(database_url)
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
    engine.dispose()
    engine = connect(database_url)
    with reading(engine) as session:
        assert [state.key for state in sources.states(session)] == ["mpt"]
    engine.dispose()


def test_the_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.db"
    connect(f"sqlite:///{path}").dispose()
    assert path.exists()


def test_an_older_file_is_backed_up_before_it_is_migrated(sqlite_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "coopwatch.db")) as old:
        old.executescript(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);"
            "CREATE TABLE from_the_past (note); INSERT INTO from_the_past VALUES ('kept');"
        )
    engine = connect(sqlite_url)
    with reading(engine) as session:
        assert session.scalar(text("SELECT note FROM from_the_past")) == "kept"
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == schema.HEAD
    engine.dispose()
    (backup,) = tmp_path.glob("coopwatch.db.schema-none.*.backup")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT note FROM from_the_past").fetchone() == ("kept",)
        assert "source" not in str(copy.execute("SELECT name FROM sqlite_master").fetchall())


def test_nothing_is_backed_up_when_nothing_is_migrated(sqlite_url: str, tmp_path: Path) -> None:
    connect(sqlite_url).dispose()
    connect(sqlite_url).dispose()
    assert not list(tmp_path.glob("*.backup"))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_many_processes_may_open_a_new_database_at_once(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(f"{kind}_url")
    program = (
        "import sys\nfrom storage.database import connect, writing\nfrom storage import sources\n"
        "engine = connect(sys.argv[1])\n"
        "with writing(engine) as session: sources.ensure(session, sys.argv[2], 'x')\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, url, str(number)]) for number in range(5)
    ]
    assert [process.wait() for process in processes] == [0] * 5
    engine = connect(url)
    with reading(engine) as session:
        assert [state.key for state in sources.states(session)] == list("01234")
    engine.dispose()


def test_a_newer_schema_is_refused_with_advice(database_url: str) -> None:
    engine = connect(database_url)
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerSchema, match=r"schema 9999.*install the newer coopwatch"):
        connect(database_url)


def test_a_database_of_another_program_is_left_alone(database_url: str) -> None:
    foreign = connect(database_url)
    with foreign.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    foreign.dispose()
    with pytest.raises(StorageError, match="tables of another program"):
        connect(database_url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "expected sqlite:"),
        ("", "expected sqlite:"),
        ("sqlite://", "keeps nothing"),
        ("mysql://u:secret@h/db", "mysql is not supported"),
        ("oracle://u:secret@h/db", "oracle is not supported"),
    ],
)
def test_a_bad_url_is_explained(url: str, message: str) -> None:
    with pytest.raises(BadUrl, match=message) as caught:
        connect(url)
    assert "secret" not in str(caught.value)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        connect("postgresql://user:top-secret@127.0.0.1:1/coopwatch")
    message = str(caught.value)
    assert "127.0.0.1:1/coopwatch" in message
    assert "is the server running" in message
    assert "top-secret" not in message
    assert "\n" not in message


def test_a_database_that_does_not_exist_on_the_server(postgresql_url: str) -> None:
    missing = make_url(postgresql_url).set(database="nowhere", password="top-secret")
    with pytest.raises(DatabaseUnreachable, match="nowhere") as caught:
        connect(missing.render_as_string(hide_password=False))
    assert "top-secret" not in str(caught.value)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseUnreachable, match="COOPWATCH_DATA_DIR"):
        connect(f"sqlite:///{tmp_path / 'file' / 'x.db'}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("<html>" * 1000)
    with pytest.raises(StorageError, match="not a database"):
        connect(f"sqlite:///{path}")
    assert path.read_text().startswith("<html>")


def test_a_failed_transaction_leaves_nothing(database_url: str) -> None:
    engine = connect(database_url)
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(engine)
    with reading(engine) as session:
        assert sources.states(session) == []
    engine.dispose()


def _fail_half_way(engine: Engine) -> None:
    with writing(engine) as session:
        sources.ensure(session, "half", "done")
        raise ZeroDivisionError


def test_times_come_back_as_they_went_in_but_in_utc(database_url: str) -> None:
    engine = connect(database_url)
    minsk = datetime(2026, 7, 1, 0, 30, 15, 123456, tzinfo=timezone(timedelta(hours=3)))
    with writing(engine) as session:
        sources.ensure(session, "mpt", "x")
        sources.set_due(session, "mpt", minsk)
    with reading(engine) as session:
        due = session.scalar(select(ledger.SourceRow.due_at))
        assert due == minsk
        assert due is not None
        assert due.tzinfo is UTC
    with pytest.raises(Exception, match="without a zone"), writing(engine) as session:
        sources.set_due(session, "mpt", datetime(2026, 7, 1))  # noqa: DTZ001 - the mistake
    engine.dispose()


def test_a_moment_belongs_to_the_day_in_minsk() -> None:
    late = datetime(2023, 7, 9, 21, 30, tzinfo=UTC)
    assert day_of(late) == date(2023, 7, 10)
    assert moment_of(date(2023, 7, 10)) == datetime(2023, 7, 9, 21, tzinfo=UTC)

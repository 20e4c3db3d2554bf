"""Two writers at once, and a writer that is killed at any moment: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest
from sqlalchemy import Engine, text

from storage import database, sources
from storage.database import StorageError, reading, writing
from tests.storage.samples import article, put

KILLS = 50 if os.environ.get("COOPWATCH_LONG_TESTS") == "1" else 4


def start(engine: Engine, first: int, last: int) -> subprocess.Popen[str]:
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", url, str(first), str(last)],
        stdout=subprocess.PIPE,
        text=True,
    )


def stored(engine: Engine) -> list[str]:
    """The ids of all articles, after checking that each is whole and there once."""
    whole = """
        SELECT article.site_id, count(DISTINCT revision.number),
               count(DISTINCT assessment.revision), count(DISTINCT alias.id),
               count(DISTINCT search.article_id), count(DISTINCT page.id)
        FROM article
        LEFT JOIN revision ON revision.article_id = article.id
        LEFT JOIN assessment ON assessment.article_id = article.id
        LEFT JOIN alias ON alias.article_id = article.id
        LEFT JOIN search ON search.article_id = article.id
        LEFT JOIN page ON page.article_id = article.id
        GROUP BY article.id, article.site_id ORDER BY article.id
    """
    with reading(engine) as session:
        rows = session.execute(text(whole)).all()
        if engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    if engine.dialect.name == "sqlite":
        with writing(engine) as session:
            session.execute(
                text("INSERT INTO search_index(search_index) VALUES('integrity-check')")
            )
    assert {tuple(row[1:]) for row in rows} <= {(1, 1, 1, 1, 1)}
    return [row[0] for row in rows]


def test_two_processes_that_store_the_same_make_one_record_each(engine: Engine) -> None:
    processes = [start(engine, 0, 40) for _ in range(3)]
    lines = "".join(process.communicate(timeout=120)[0] for process in processes).splitlines()
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(lines) == 120
    assert sum(line.endswith("new") for line in lines) == 40
    assert sorted(stored(engine), key=int) == [str(number) for number in range(40)]


@pytest.mark.long
def test_a_killed_writer_loses_nothing_that_it_had_stored(engine: Engine) -> None:
    acknowledged: set[str] = set()
    first = 0
    for kill in range(KILLS):
        process = start(engine, first, first + 100_000)
        assert process.stdout is not None
        acknowledged.add(process.stdout.readline().split()[0])
        time.sleep(random.Random(kill).uniform(0, 0.3))
        process.kill()
        acknowledged |= {line.split()[0] for line in process.stdout if line.endswith("\n")}
        process.wait()
        process.stdout.close()
        here = stored(engine)
        assert acknowledged <= set(here)
        assert len(here) == len(set(here))
        # At most the one on its way was stored without being acknowledged.
        assert len(here) - len(acknowledged) <= kill + 1
        first = max(map(int, here)) + 1


def test_a_writer_who_waits_too_long_is_told(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    engine = database.connect(sqlite_url)
    with writing(engine) as session:
        sources.ensure(session, "mpt", "x")
        with pytest.raises(StorageError, match="locked"), writing(engine) as late:
            late.execute(text("SELECT 1"))
    engine.dispose()


def test_a_reader_is_not_held_up_by_a_writer(engine: Engine) -> None:
    put(engine, article())
    with writing(engine) as session:
        session.execute(text("UPDATE article SET title = 'under way'"))
        with reading(engine) as other:
            assert other.execute(text("SELECT title FROM article")).scalar() == article().title


def test_a_reading_session_sees_one_state(sqlite_url: str) -> None:
    engine = database.connect(sqlite_url)
    with reading(engine) as session:
        assert sources.states(session) == []
        with writing(engine) as other:
            sources.ensure(other, "mpt", "x")
        assert sources.states(session) == []
    engine.dispose()

"""What `coopwatch run` does for the archive every night, and when it starts."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from configuration import Configuration
from demo.site import StandIn
from scheduler.upkeep import keep_small
from storage import archive, retention, sources
from storage.database import connect, reading, writing
from storage.retention import Holding
from tests.fixtures.command import Command
from tests.scheduler.test_watch import running, until

FRAME = "".join(f'<li><a href="/ru/section-{n}">Раздел номер {n}</a></li>' for n in range(200))


@pytest.fixture
def url(sqlite_url: str) -> str:
    """A database with 120 addresses, each archived twice, more than a year ago."""
    engine = connect(sqlite_url)
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        for number in range(240):
            archive.keep(
                session,
                "mpt",
                f"https://mpt.example/ru/news/{number % 120}",
                at=datetime.now(UTC) - timedelta(days=400, minutes=-number),
                status=200,
                headers=[],
                body=f"<html>{FRAME}<p>{number**9}</p></html>".encode(),
            )
    engine.dispose()
    return sqlite_url


def held(url: str) -> Holding:
    engine = connect(url)
    try:
        with reading(engine) as session:
            return retention.holdings(session)[0]
    finally:
        engine.dispose()


def test_dictionaries_are_trained_and_nothing_is_removed_unasked(url: str) -> None:
    engine = connect(url)
    keep_small(engine, ["mpt"], Configuration())
    engine.dispose()
    found = held(url)
    assert (found.bodies, found.dictionaries) == (240, 1)
    assert found.size < found.open_size / 20


def test_a_watch_keeps_to_the_retention_of_the_configuration(
    url: str, coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    command = coopwatch.watching(stand_in)
    (tmp_path / "coopwatch.toml").write_text('archive_max_age = "365d"\n', "utf-8")
    with running(command) as watch:
        until(lambda: _old_bodies(url) == 120)
        watch.send_signal(signal.SIGTERM)
        watch.communicate(timeout=60)


def _old_bodies(url: str) -> int:
    engine = connect(url)
    try:
        with reading(engine) as session:
            return sum(
                one.body is not None and "mpt.example" in one.url
                for one in archive.responses(session, "mpt")
            )
    finally:
        engine.dispose()


@pytest.mark.parametrize("value", ["a year", "365", "0d"])
def test_an_age_that_cannot_be_read(coopwatch: Command, tmp_path: Path, value: str) -> None:
    (tmp_path / "coopwatch.toml").write_text(f'archive_max_age = "{value}"\n', "utf-8")
    _, errors = coopwatch("items", code=2)
    assert "archive_max_age" in errors
    assert "such as 365d" in errors

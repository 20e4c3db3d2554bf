"""`coopwatch run` over a stand-in site: when it visits, and what a stop or a kill does to it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from demo.articles import to_publish
from demo.site import StandIn
from storage import items, sources
from storage.database import connect, reading, writing
from storage.items import ItemFilter
from storage.sources import CrawlState
from tests.fixtures.command import Command
from tests.fixtures.forking import Forked
from tests.fixtures.stand_in import MakeStandIn

PATIENCE = 60.0


@contextmanager
def running(command: Command, *options: str) -> Iterator[Forked]:
    """`coopwatch run` in a process of its own, stopped at the end."""
    process = command.start("run", *options)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(reached: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for it, and fail if it does not come."""
    end = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def crawls(folder: Path) -> list[CrawlState]:
    """All crawls so far, newest first."""
    engine = connect(f"sqlite:///{folder / 'coopwatch.db'}")
    try:
        with reading(engine) as session:
            return sources.crawls(session, "mpt", limit=100)
    finally:
        engine.dispose()


def finished(folder: Path, count: int) -> Callable[[], bool]:
    """Whether so many crawls have ended."""
    return lambda: sum(one.outcome is not None for one in crawls(folder)) >= count


def test_it_begins_with_the_recent_pages_and_announces_only_what_comes_after(
    coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    with running(coopwatch.watching(stand_in, every="1s")) as watch:
        until(finished(tmp_path, 1))
        assert [one.kind for one in crawls(tmp_path)][-1] == "baseline"
        for article in to_publish():
            stand_in.control.publish(**article)
        until(lambda: _announced(tmp_path) == 1)
        watch.send_signal(signal.SIGTERM)
        output, errors = watch.communicate(timeout=60)
    assert watch.returncode == 0, errors
    assert output.count("NEW ") == 1
    assert to_publish()[0]["title"] in output
    assert "Traceback" not in errors


def test_a_stop_in_the_middle_of_a_crawl_loses_nothing_and_the_next_run_goes_on(
    coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    command = coopwatch.watching(stand_in)
    with running(command) as watch:
        until(lambda: _stored(tmp_path) >= 3)
        watch.send_signal(signal.SIGINT)
        watch.communicate(timeout=60)
    assert watch.returncode == 0
    assert crawls(tmp_path)[0].outcome == "interrupted"
    before = _stored(tmp_path)
    with running(command):
        until(lambda: crawls(tmp_path)[0].outcome == "finished")
    assert _stored(tmp_path) > before
    assert _announced(tmp_path) == 0


def test_the_crawl_of_a_killed_watch_ends_with_it(
    coopwatch: Command, tmp_path: Path, make_stand_in: MakeStandIn
) -> None:
    site = make_stand_in(crawl_delay=0.2)
    with running(coopwatch.watching(site, delay=0.2)) as watch:
        until(lambda: _stored(tmp_path) >= 1)
        watch.kill()
        until(lambda: crawls(tmp_path)[0].outcome == "interrupted", patience=20)
    visits = len(site.control.stats().visits)
    time.sleep(1.0)
    assert len(site.control.stats().visits) == visits


def test_two_watches_on_one_database_visit_a_source_once(
    coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    command = coopwatch.watching(stand_in)
    coopwatch("items")
    with running(command), running(command):
        until(lambda: any(one.outcome for one in crawls(tmp_path)))
        time.sleep(3)
    assert len(crawls(tmp_path)) == 1
    stats = stand_in.control.stats()
    assert stats.max_simultaneous == 1


def test_a_site_that_cannot_be_reached_is_told_in_one_line_and_tried_again(
    coopwatch: Command, tmp_path: Path
) -> None:
    with StandIn(crawl_delay=0.05) as site:
        command = coopwatch.watching(site, every="1s")
    with running(command) as watch:
        until(finished(tmp_path, 2))
        watch.send_signal(signal.SIGTERM)
        output, errors = watch.communicate(timeout=60)
    lines = [line for line in output.splitlines() if line.startswith("mpt: ")]
    assert len(lines) >= 2
    assert "failed" in lines[0]
    assert "cannot be reached" in lines[0]
    assert "next visit" in lines[0]
    assert "set COOPWATCH_CONTACT" in errors
    assert "Traceback" not in errors


def _stored(folder: Path) -> int:
    engine = connect(f"sqlite:///{folder / 'coopwatch.db'}")
    try:
        with reading(engine) as session:
            return items.count(session)
    finally:
        engine.dispose()


def _announced(folder: Path) -> int:
    engine = connect(f"sqlite:///{folder / 'coopwatch.db'}")
    try:
        with reading(engine) as session:
            return len(items.items(session, ItemFilter(new=True)))
    finally:
        engine.dispose()


def test_the_archive_is_read_between_the_polls_and_swept_at_its_time(
    coopwatch: Command, tmp_path: Path, make_stand_in: MakeStandIn
) -> None:
    site = make_stand_in(crawl_delay=0.0, articles=30)
    command = coopwatch.watching(site, every="1h", delay=0.01)
    _politeness(tmp_path, 'sweep = "1s"\nnights = []')
    with running(command, "--backfill"):
        until(finished(tmp_path, 2))
    assert [one.kind for one in crawls(tmp_path)] == ["backfill", "baseline"]
    assert _stored(tmp_path) == 30
    hidden = site.control.publish("Задним числом", text="Текст. " * 30, created="2016-01-01T10:00")
    with running(command):
        time.sleep(3)
        assert len(crawls(tmp_path)) == 2  # the next poll is not due yet
    _due(tmp_path)
    with running(command):
        until(finished(tmp_path, 4))
    assert [one.kind for one in crawls(tmp_path)][:2] == ["sweep", "poll"]
    assert _stored(tmp_path) == 31, hidden


def test_nobody_comes_outside_the_visit_windows(
    coopwatch: Command, tmp_path: Path, stand_in: StandIn
) -> None:
    command = coopwatch.watching(stand_in)
    now = datetime.now(ZoneInfo("Europe/Minsk"))
    hours = [now + timedelta(hours=2), now + timedelta(hours=3)]
    _politeness(tmp_path, f'windows = ["{hours[0]:%H:%M}-{hours[1]:%H:%M}"]')
    with running(command):
        time.sleep(4)
    assert stand_in.control.stats().visits == []


def _politeness(folder: Path, lines: str) -> None:
    file = folder / "sources" / "mpt.toml"
    text = file.read_text("utf-8").replace("[politeness]\n", f"[politeness]\n{lines}\n")
    file.write_text(text, "utf-8")


def _due(folder: Path) -> None:
    engine = connect(f"sqlite:///{folder / 'coopwatch.db'}")
    with writing(engine) as session:
        sources.set_due(session, "mpt", datetime.now(UTC))
    engine.dispose()

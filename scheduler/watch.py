"""The watch: visits every source when it is due, and says what is new.

Due times are rows of the database, claimed by one conditional update each; APScheduler only ticks,
in memory. So a restart forgets nothing, a long sleep of the machine is caught up by one visit, and
two watches on one database never visit the same source twice.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from crawler.source import Source
from scheduler.crawls import Crawls
from scheduler.processes import run_process
from storage import items, sources
from storage.database import writing
from storage.items import Item
from storage.sources import CrawlState

log = logging.getLogger(__name__)

TICK_SECONDS = 1
# A claim outlives its last renewal by this much: a watch that died keeps nobody waiting for long.
CLAIM_SECONDS = 60
# Wall clock of one visit. The slowest honest poll (robots, three listings, four feeds, a sitemap
# and a hundred articles at ten seconds each) takes eighteen minutes; a whole archive a night.
POLL_LIMIT = timedelta(hours=1)
BACKFILL_LIMIT = timedelta(hours=12)
LOG_BYTES = 5_000_000  # a year of hourly polls


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit that has ended: ``crawl`` is its row (None where it did not get that far)."""

    key: str
    crawl: CrawlState | None
    code: int | None
    next_visit: datetime
    new: list[Item]

    def __str__(self) -> str:
        outcome = self.crawl.outcome if self.crawl else f"failed (exit code {self.code})"
        reason = self.crawl.reason if self.crawl else "see its log"
        when = self.next_visit.strftime("%Y-%m-%d %H:%M:%S")
        return f"{self.key}: {outcome}: {reason}; next visit {when} UTC"


class Watch:
    """Runs until it is stopped (SIGINT, SIGTERM or ``stop``); nothing is lost when it is.

    ``report`` is called after each visit, with the new items: each of them once for ever.
    ``logs`` is the folder that takes what the crawls log, a file for each source.
    """

    def __init__(
        self,
        engine: Engine,
        watched: Mapping[str, Source],
        crawls: Crawls,
        *,
        logs: Path,
        report: Callable[[Visited], None],
        backfill: bool = False,
    ) -> None:
        self.stop = asyncio.Event()
        self.visiting: dict[str, asyncio.Task[None]] = {}
        self._engine = engine
        self._watched = watched
        self._crawls = crawls
        self._report = report
        self._logs = logs
        self._to_backfill = set(watched) if backfill else set[str]()
        self._holder = f"coopwatch run, process {os.getpid()} on {socket.gethostname()}"

    async def run(self) -> None:
        """Tick until stopped, then let the crawls under way finish what is in flight."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop.set)
        self._prepare()
        ticker = AsyncIOScheduler(timezone=UTC)
        ticker.add_job(
            self._tick,
            "interval",
            seconds=TICK_SECONDS,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
        ticker.start()
        await self.stop.wait()
        ticker.shutdown(wait=False)
        await asyncio.gather(*self.visiting.values())

    def _prepare(self) -> None:
        with writing(self._engine) as session:
            for key, source in self._watched.items():
                sources.ensure(session, key, source.name.ru)
            for key in self._to_backfill:
                sources.set_due(session, key, datetime.now(UTC))

    async def _tick(self) -> None:
        """Renew the claims of the visits under way and begin those that are due."""
        now = datetime.now(UTC)
        idle = [key for key in self._watched if key not in self.visiting]
        claimed = []
        with writing(self._engine) as session:
            for key in self.visiting:
                sources.renew_claim(session, key, self._holder, now, CLAIM_SECONDS)
            while due := sources.claim_due(session, idle, now, self._holder, CLAIM_SECONDS):
                claimed.append(due)
                idle.remove(due)
        for key in claimed:
            self.visiting[key] = asyncio.create_task(self._visit(key))

    async def _visit(self, key: str) -> None:
        started = datetime.now(UTC)
        backfill = key in self._to_backfill
        code = await self._crawl(key, backfill=backfill)
        now = datetime.now(UTC)
        next_visit = max(now, started + self._watched[key].politeness.interval)
        if self.stop.is_set():
            next_visit = now  # it was cut short: the next watch begins with it
        with writing(self._engine) as session:
            sources.close_crawls(session, key, f"its process ended with code {code}", started, now)
            sources.set_due(session, key, next_visit)
            last = sources.crawls(session, key, limit=1)
            new = items.announce(session, now)
        if last and last[0].outcome == "finished":
            self._to_backfill.discard(key)
        del self.visiting[key]
        self._report(Visited(key, last[0] if last else None, code, next_visit, new))

    async def _crawl(self, key: str, *, backfill: bool) -> int | None:
        with _log_of(key, self._logs) as output:
            return await run_process(
                self._crawls.command(key, walk="backfill" if backfill else None, leashed=True),
                environment=self._crawls.environment(),
                time_limit=(BACKFILL_LIMIT if backfill else POLL_LIMIT).total_seconds(),
                output=output,
                stop=self.stop,
            )


def _log_of(key: str, folder: Path) -> IO[str]:
    """The file that takes a source's crawls; of a full one the last generation is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{key}.log"
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("a", encoding="utf-8")

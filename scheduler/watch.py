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
from sqlalchemy.orm import Session

from crawler.manners import closing, opening
from crawler.source import Source
from scheduler.crawls import Crawls
from scheduler.pace import MEMORY, next_poll, slowest
from scheduler.processes import run_process
from scheduler.upkeep import keep_small
from scheduler.walking import WantedWalk, walk_wanted
from storage import items, rhythm, sources
from storage.database import reading, writing
from storage.items import Item
from storage.sources import CrawlState
from storage.times import ZONE

log = logging.getLogger(__name__)

TICK_SECONDS = 1
NIGHT_HOUR = 3  # in Minsk
# A claim outlives its last renewal by this much: a watch that died keeps nobody waiting for long.
CLAIM_SECONDS = 60
# Wall clock of one visit. The slowest honest poll (robots, three listings, four feeds and a
# hundred articles at ten seconds each) takes eighteen minutes.
POLL_LIMIT = timedelta(hours=1)
BUSY = timedelta(minutes=2)  # another crawl was there: its lease ends within that if it is dead
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
    ``logs`` is the folder that takes what the crawls log, a file for each source. ``backfill``:
    read the archives between the polls; ``unhurried``: poll at the slowest pace.
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
        unhurried: bool = False,
    ) -> None:
        self.stop = asyncio.Event()
        self.visiting: dict[str, asyncio.Task[None]] = {}
        self._engine = engine
        self._watched = watched
        self._crawls = crawls
        self._report = report
        self._logs = logs
        self._backfill = backfill
        self._unhurried = unhurried
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
        ticker.add_job(
            self._tidy,
            "cron",
            hour=NIGHT_HOUR,
            timezone=ZONE,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),  # a machine that is off at night is tidied, too
        )
        ticker.start()
        await self.stop.wait()
        ticker.shutdown(wait=False)
        await asyncio.gather(*self.visiting.values())

    def _prepare(self) -> None:
        with writing(self._engine) as session:
            for key, source in self._watched.items():
                sources.ensure(session, key, source.name.ru)
                if self._backfill and walk_wanted(
                    session, source, datetime.now(UTC), backfill=True
                ):
                    sources.set_due(session, key, datetime.now(UTC))

    async def _tick(self) -> None:
        """Renew the claims of the visits under way and begin those that are due."""
        now = datetime.now(UTC)
        idle = [key for key in self._watched if key not in self.visiting and self._open(key, now)]
        claimed = []
        with writing(self._engine) as session:
            for key in self.visiting:
                sources.renew_claim(session, key, self._holder, now, CLAIM_SECONDS)
            while due := sources.claim_due(session, idle, now, self._holder, CLAIM_SECONDS):
                claimed.append(due)
                idle.remove(due)
        for key in claimed:
            self.visiting[key] = asyncio.create_task(self._visit(key))

    def _open(self, key: str, now: datetime) -> bool:
        source = self._watched[key]
        return closing(source.politeness.windows, source.timezone, now) is not None

    async def _tidy(self) -> None:
        """In a thread: an archive of years takes minutes, and the claims must be renewed."""
        settings = self._crawls.configuration
        await asyncio.to_thread(keep_small, self._engine, list(self._watched), settings)

    async def _visit(self, key: str) -> None:
        """A poll, and in the time to the next one a part of the walk that is under way."""
        begun = datetime.now(UTC)
        code = await self._crawl(key, POLL_LIMIT)
        poll = self._ended(key, begun, code)
        if poll.crawl is not None and poll.crawl.outcome in {"finished", "partial"}:
            await self._walk(key, poll.next_visit)
        with writing(self._engine) as session:
            sources.set_due(session, key, max(poll.next_visit, datetime.now(UTC)))
        del self.visiting[key]

    async def _walk(self, key: str, until: datetime) -> None:
        source, now = self._watched[key], datetime.now(UTC)
        with reading(self._engine) as session:
            wanted = walk_wanted(session, source, now, backfill=self._backfill)
        if wanted is None or self.stop.is_set():
            return
        seconds = (wanted.slice_until(until, now) - now).total_seconds()
        code = await self._crawl(key, timedelta(seconds=seconds) + POLL_LIMIT, wanted, seconds)
        self._ended(key, now, code, next_visit=until)

    def _ended(
        self, key: str, begun: datetime, code: int | None, next_visit: datetime | None = None
    ) -> Visited:
        """Take note of a crawl that has ended, and tell of it."""
        now = datetime.now(UTC)
        with writing(self._engine) as session:
            sources.close_crawls(session, key, f"its process ended with code {code}", begun, now)
            last = sources.crawls(session, key, limit=1)
            crawl = last[0] if last else None
            if next_visit is None:
                next_visit = self._next_poll(session, key, crawl, begun)
            new = items.announce(session, now)
        visited = Visited(key, crawl, code, next_visit, new)
        self._report(visited)
        return visited

    def _next_poll(
        self, session: Session, key: str, crawl: CrawlState | None, begun: datetime
    ) -> datetime:
        now = datetime.now(UTC)
        if self.stop.is_set():
            return now  # it was cut short: the next watch begins with it
        source = self._watched[key]
        every = source.politeness.interval
        if crawl is not None and crawl.outcome == "busy":
            wanted = begun + min(every, BUSY)
        elif self._unhurried:
            wanted = begun + slowest(every)
        else:
            published = rhythm.publications(session, key, now - MEMORY)
            wanted = next_poll(begun, every, published, source.timezone)
        return opening(source.politeness.windows, source.timezone, max(now, wanted))

    async def _crawl(
        self,
        key: str,
        limit: timedelta,
        walk: WantedWalk | None = None,
        seconds: float | None = None,
    ) -> int | None:
        command = self._crawls.command(
            key,
            walk=walk.kind if walk else None,
            budget=walk.budget if walk else None,
            seconds=seconds,
            leashed=True,
        )
        with _log_of(key, self._logs) as output:
            return await run_process(
                command,
                environment=self._crawls.environment(),
                time_limit=limit.total_seconds(),
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

"""The record of a crawl: who visits, what came of it, in words. Owns the database for its time."""

from __future__ import annotations

import asyncio
import logging
import os
import platform
from datetime import UTC, date, datetime, timedelta
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from sqlalchemy.engine import Engine

from crawler.items import Visit
from crawler.memory import Memory
from crawler.politeness import Politeness
from crawler.spider import NewsSpider
from crawler.verdict import plain_stats, summary, verdict
from storage import hosts, sources, walks
from storage.database import StorageError, connect, reading, writing
from storage.hosts import HostBusy
from storage.ledger import Outcome
from storage.sources import SourceState
from storage.times import day_of

logger = logging.getLogger(__name__)

_LEASE = timedelta(seconds=90)
_RENEWAL = 30.0
_LONGEST_COOLING = 30.0
_FEW_FORBIDDEN = 3
_WELL = {"finished", "paused", "interrupted"}


class CrawlRecord:
    """Opens the database, takes the hosts, writes the crawl's row, gives everything back.

    A shell or a fetch of one URL is no crawl and leaves no record.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._engine: Engine | None = None
        self._crawl: int | None = None
        self._leased: list[str] = []
        self._renewal: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._failure: tuple[Outcome, str] | None = None
        self._gone: list[Visit] = []
        self._judged = 0
        self._pages: dict[str, int] = {"answered": 0, "failed": 0}
        self._errors = 0
        self._opened = False
        self._reason = ""
        self._holder = f"coopwatch crawl, process {os.getpid()} on {platform.node()}"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        record = cls(crawler)
        crawler.signals.connect(record.opened, signal=signals.spider_opened)
        crawler.signals.connect(record.rested, signal=signals.spider_idle)
        crawler.signals.connect(record.closed, signal=signals.spider_closed)
        crawler.signals.connect(record.erred, signal=signals.item_error)
        crawler.signals.connect(record.erred, signal=signals.spider_error)
        return record

    async def opened(self, spider: Spider) -> None:
        """Everything a crawl needs before its first request; CloseSpider where it cannot be had."""
        if not isinstance(spider, NewsSpider) or not self._crawler.crawling:
            return
        self._opened = True
        if not spider.source.verified:
            logger.info("%s: its rules were not tried on the live site", spider.source.key)
        url, source = spider.arguments.url, spider.source
        if url is not None and not source.owns(url):
            self._fail(f"url: expected an address within {', '.join(source.hosts)}, got {url}")
        try:
            await self._open(spider)
        except HostBusy as error:
            self._fail(str(error), "busy")
        except StorageError as error:
            self._fail(str(error))

    async def _open(self, spider: NewsSpider) -> None:
        url = self._crawler.settings["COOPWATCH_DATABASE_URL"]
        if not url:
            return
        self._engine = connect(url)
        now = datetime.now(UTC)
        source = spider.source
        with writing(self._engine) as session:
            sources.ensure(session, source.key, source.name.ru)
            state = next(s for s in sources.states(session) if s.key == source.key)
        spider.first_time = state.baseline_at is None
        spider.settled = state.settled
        spider.ground_at = state.ground_at
        with writing(self._engine) as session:
            self._crawl = sources.start_crawl(session, source.key, spider.kind, now)
        await self._take_hosts(spider)
        spider.memory = Memory(
            source,
            self._engine,
            quiet=spider.first_time or spider.kind == "backfill",
            quiet_before=self._backlog(spider.kind, state),
        )
        self._renewal = asyncio.ensure_future(self._renew())

    def _backlog(self, kind: str, state: SourceState) -> date | None:
        """Before which day an article is no late find but archive that was never read: the first
        sweep of a source without a complete backfill reads it.
        """
        if kind != "sweep" or state.baseline_at is None or self._engine is None:
            return None
        with reading(self._engine) as session:
            return None if walks.whole(session, state.key) else day_of(state.baseline_at)

    async def _take_hosts(self, spider: NewsSpider) -> None:
        for host in sorted(spider.source.hosts):
            await self._take(host, spider.source.politeness.delay)
            self._leased.append(host)
            await self._let_breathe(host)

    async def _let_breathe(self, host: str) -> None:
        """A host that asked to be left alone is; a few seconds are waited for."""
        now = datetime.now(UTC)
        assert self._engine is not None  # noqa: S101 - opened above
        with reading(self._engine) as session:
            until = hosts.backoff_until(session, host, now)
        if until is None:
            return
        left = (until - now).total_seconds()
        words = f"{host} asked to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC"
        if left > _LONGEST_COOLING:
            self._fail(words)
        logger.info("Waiting: %s", words)
        await asyncio.sleep(left)

    async def _take(self, host: str, delay: float) -> None:
        """Acquire the host; the last seconds of a visitor who is through are waited for."""
        waits = self._crawler.settings.getbool("COOPWATCH_WAIT_FOR_HOST")
        assert self._engine is not None  # noqa: S101 - opened above
        while True:
            now = datetime.now(UTC)
            try:
                with writing(self._engine) as session:
                    hosts.acquire(session, host, self._holder, now, _LEASE)
                return
            except HostBusy as busy:
                left = (busy.until - now).total_seconds()
                if not waits and left > min(delay + 1, _LONGEST_COOLING):
                    raise
                logger.info("Waiting: %s", busy)
                await asyncio.sleep(min(max(left, 0.01), 5.0))

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(_RENEWAL)
            try:
                self._prolong(_LEASE)
            except StorageError as error:
                self.end(f"the lease could not be renewed: {error}")

    def _prolong(self, ttl: timedelta) -> None:
        assert self._engine is not None  # noqa: S101 - only called with a lease
        with writing(self._engine) as session:
            for host in self._leased:
                hosts.renew(session, host, self._holder, datetime.now(UTC), ttl)

    def _fail(self, reason: str, outcome: Outcome = "failed") -> None:
        self._failure = (outcome, reason)
        raise CloseSpider(outcome)

    def end(self, reason: str, outcome: Outcome = "failed") -> None:
        """End the crawl now, for this reason; the first reason stands."""
        if self._failure is None:
            self._failure = (outcome, reason)
            coroutine = self._crawler.engine.close_spider_async(reason=outcome)
            self._closing = asyncio.ensure_future(coroutine)

    def rested(self, spider: Spider) -> None:
        """Everything asked for is stored: a walk takes its next step, a poll is at its end."""
        if not isinstance(spider, NewsSpider) or spider.walk is None or self._failure is not None:
            return
        self._judge_gone(spider)
        requests = spider.step()
        for request in requests:
            self._crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def erred(self) -> None:
        """Count an exception in a callback or a pipeline."""
        self._errors += 1

    def visited(self, visit: Visit) -> None:
        """Remember a visit; those that speak of a withdrawal are judged when all are in."""
        spider = self._crawler.spider
        if not isinstance(spider, NewsSpider) or self._failure is not None:
            return
        self._reason = visit.reason
        self._pages["failed" if visit.temporary else "answered"] += 1
        if visit.reason:
            logger.info("%s: %s", visit.url, visit.reason)
        if visit.gone is not None:
            spider.memory.archive(visit)
            self._gone.append(visit)
        else:
            spider.memory.note(visit)

    async def closed(self, spider: Spider, reason: str) -> None:
        """Judge, write down and give back."""
        if not isinstance(spider, NewsSpider) or not self._opened:
            return
        if self._renewal is not None:
            self._renewal.cancel()
        outcome: Outcome = "failed"
        words = "the crawl could not be written down"
        try:
            self._judge_gone(spider)
            outcome, words = self._judge(spider, reason)
            self._write_down(spider, outcome, words)
        except StorageError as error:
            outcome, words = "failed", str(error)
        self._crawler.stats.set_value("coopwatch/outcome", outcome)
        level = logging.INFO if outcome in _WELL else logging.ERROR
        logger.log(level, "%s: %s: %s", spider.source.key, outcome, words)

    def _judge_gone(self, spider: NewsSpider) -> None:
        """Absence is believed only of a site that is otherwise there, and not of many at once."""
        alive = any(route.read for route in spider.routes)
        fresh = [
            visit
            for visit in self._gone
            if visit.gone == "unpublished"
            and ((state := spider.memory.state(visit.url)) is None or state.status != 403)
        ]
        scraped = self._crawler.stats.get_value("item_scraped_count", 0)
        wall = len(fresh) > max(_FEW_FORBIDDEN, scraped - self._judged)
        self._judged = scraped
        for visit in self._gone:
            if not alive or (wall and visit.gone == "unpublished"):
                visit.temporary = True
                self._pages["failed"] += 1
                spider.memory.note(visit)
                self._crawler.stats.inc_value("coopwatch/gone/not believed")
            else:
                answer = spider.memory.gone(visit, visit.gone or "deleted")
                if answer is not None:
                    self._crawler.stats.inc_value(f"coopwatch/gone/{visit.gone} {answer}")
        self._gone.clear()

    def _judge(self, spider: NewsSpider, reason: str) -> tuple[Outcome, str]:
        stats = self._crawler.stats
        if self._failure is not None:
            outcome, words = self._failure
            return outcome, f"{words}; {summary(spider, stats)}" if outcome == "paused" else words
        if reason == "shutdown":
            return "interrupted", "stopped from outside"
        if reason == "closespider_timeout":
            return "paused", f"its time is over; {summary(spider, stats)}"
        if reason != "finished":  # one of Scrapy's own limits: memory, items, errors
            return "interrupted", f"ended early ({reason}); {summary(spider, stats)}"
        return verdict(
            spider,
            stats,
            failed_pages=self._pages["failed"],
            errors=self._errors,
            reason=self._reason,
        )

    def _write_down(self, spider: NewsSpider, outcome: Outcome, words: str) -> None:
        if self._engine is None:
            return
        now = datetime.now(UTC)
        # A walk that pauses has read the newest pages first; another crawl has left some unread.
        through = (
            {"finished", "partial"} if spider.walk is None else {"finished", "partial", "paused"}
        )
        complete = outcome in through and spider.is_whole
        with writing(self._engine) as session:
            if complete:
                sources.baseline_done(session, spider.source.key, now)
            if self._crawl is not None:
                stats = plain_stats(spider, self._crawler.stats)
                sources.finish_crawl(session, self._crawl, outcome, stats, now, words)
        self._give_back()
        self._engine.dispose()

    def _give_back(self) -> None:
        """Free the hosts; while the delay since the last request runs, nobody else may come."""
        assert self._engine is not None  # noqa: S101 - only called with a database
        politeness = self._crawler.get_extension(Politeness)
        left = politeness.remaining if politeness else 0.0
        if left > 0:
            self._prolong(timedelta(seconds=left))
            return
        with writing(self._engine) as session:
            for host in self._leased:
                hosts.release(session, host, self._holder)

"""How far a walk has come and how long it will take: a bar in a terminal, lines in a log."""

from __future__ import annotations

import logging
import math
import sys
from time import monotonic
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from scrapy import Spider, signals
from scrapy.crawler import Crawler

from crawler.politeness import Politeness
from crawler.spider import NewsSpider
from crawler.walk import Walk

logger = logging.getLogger(__name__)

_ENOUGH = 10  # requests after which the measured pace is better than the delay alone


class WalkProgress:
    """Tells the progress of a walk each time a page of a route is done."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._begun = 0.0
        self._told = 0
        self._bar: Progress | None = None
        self._task = TaskID(0)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        progress = cls(crawler)
        crawler.signals.connect(progress.rested, signal=signals.spider_idle)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def rested(self, spider: Spider) -> None:
        """A step of the walk is done."""
        if not isinstance(spider, NewsSpider) or spider.walk is None:
            return
        if not self._begun:
            self._begun = monotonic()
            self._show_bar()
        words = f"{told(spider.walk)}, {self.to_go(spider)}"
        if self._bar is not None:
            pages, total = spider.walk.pages
            self._bar.update(self._task, completed=pages, total=total, description=words)
        elif (done := spider.walk.done_pages) > self._told:
            logger.info("%s: %s: %s", spider.source.key, spider.walk.kind, words)
            self._told = done

    def closed(self) -> None:
        """Leave the last picture standing."""
        if self._bar is not None:
            self._bar.stop()

    @property
    def pace(self) -> float:
        """Seconds that one request takes: as measured here, at first the delay alone."""
        politeness = self._crawler.get_extension(Politeness)
        delay = politeness.delay if politeness else 0.0
        requests: int = self._crawler.stats.get_value("downloader/request_count", 0)
        if not self._begun or requests < _ENOUGH:
            return delay
        return max(delay, (monotonic() - self._begun) / requests)

    def to_go(self, spider: NewsSpider) -> str:
        """The time to go in words."""
        budget = spider.arguments.budget
        left = None if budget is None else max(budget - spider.memory.requests_today(), 0)
        return "" if spider.walk is None else to_go(spider.walk, self.pace, budget, left)

    def _show_bar(self) -> None:
        """Only in a terminal; what is logged goes on above the bar."""
        console = Console(stderr=True)
        if not console.is_terminal or self._crawler.settings.get("LOG_FILE"):
            return
        before = sys.stderr
        self._bar = Progress(
            BarColumn(20), TextColumn("{task.description}"), console=console, refresh_per_second=2
        )
        self._task = self._bar.add_task("")
        self._bar.start()  # replaces sys.stderr by one that prints above the bar
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is before:
                handler.setStream(sys.stderr)


def told(walk: Walk) -> str:
    """Pages of listings done of those known, and articles read."""
    pages, total = walk.pages
    of = f"{pages} of {total}" if total else f"{pages}"
    return f"{of} listing pages done, {walk.found} articles read"


def to_go(walk: Walk, pace: float, budget: int | None = None, left: int | None = None) -> str:
    """The time to go at ``pace`` seconds a request; ``left`` of a day's ``budget`` of requests."""
    if walk.finished:
        return "through"
    if walk.remaining is None:
        return "time to go not known yet"
    if budget is not None and left is not None and walk.remaining > left:
        days = math.ceil((walk.remaining - left) / budget)
        return f"about {days} more days to go at {budget} requests a day"
    return f"about {duration(walk.remaining * pace)} to go"


def duration(seconds: float) -> str:
    """``seconds`` as people say it: 40 s, 12 min, 3 h 20 min."""
    if seconds < 100:
        return f"{math.ceil(seconds)} s"
    minutes = math.ceil(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"

"""The pace: the larger of the source's delay and robots.txt's, counted from each answer."""

from __future__ import annotations

from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

# A site that asks for a visit in ten minutes is no site to crawl, but it is obeyed.
_LONGEST = 600.0


class Politeness:
    """Sets each host's delay and keeps one connection to it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.last_answer = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        extension = cls(crawler)
        crawler.signals.connect(extension.answered, signal=signals.response_downloaded)
        return extension

    def robots_delay(self, request: Request, seconds: float | None) -> None:
        """Take robots.txt's Crawl-delay for the request's host if it is the larger."""
        self.delay = min(max(self.delay, seconds or 0.0), _LONGEST)
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        downloader.per_slot_settings[key] = {"delay": self.delay, "concurrency": 1, "jitter": 0}
        if key in downloader.slots:
            downloader.slots[key].delay = self.delay

    def answered(self, request: Request) -> None:
        """Count the delay from the answer: the gap at the server then never falls short of it."""
        self.last_answer = monotonic()
        slots = self._crawler.engine.downloader.slots
        key = request.meta.get("download_slot")
        if key in slots:
            slots[key].lastseen = self.last_answer

    @property
    def remaining(self) -> float:
        """Seconds until the next request would be due."""
        return max(0.0, self.last_answer + self.delay - monotonic()) if self.last_answer else 0.0

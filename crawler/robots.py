"""robots.txt: obeyed, with its Crawl-delay, remembered for a day between processes.

A missing one (404 and its like) allows everything. An outage, a 429 or a wall says nothing: the
crawl ends and tries again another time.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn, Protocol

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.politeness import Politeness
from crawler.record import CrawlRecord
from crawler.spider import NewsSpider
from storage.hosts import Robots

_VALID = timedelta(days=1)
_WALLS = {401, 403, 429}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt asks for beside what it forbids."""

    crawl_delay: float | None
    sitemaps: list[str]


class _Memory(Protocol):
    """A spider's memory as far as it is needed here."""

    def robots(self, host: str) -> Robots | None: ...

    def keep_robots(self, host: str, text: str, status: int) -> None: ...


class RememberedRobots(RobotsTxtMiddleware):
    """Scrapy's middleware with a memory; the answer's Crawl-delay goes to `Politeness`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, RobotParser] = {}
        self._sitemaps: dict[str, list[str]] = {}
        self._refusals: dict[str, str] = {}
        self._asking = asyncio.Lock()

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for the request's host; raises IgnoreRequest where they cannot be had."""
        memory: _Memory | None = getattr(self.crawler.spider, "memory", None)
        if memory is None:
            return await super().robot_parser(request)
        netloc = urlparse_cached(request).netloc
        async with self._asking:  # of all requests that wait for the rules, one asks
            if netloc in self._refusals:
                raise IgnoreRequest(self._refusals[netloc])
            if netloc not in self._rules:
                text = self._remembered(memory, netloc)
                if text is None:
                    text = await self._ask(request, memory, netloc)
                parser = build_from_crawler(self._parserimpl, self.crawler, text.encode())
                self._rules[netloc] = parser
                self._sitemaps[netloc] = list(Protego.parse(text).sitemaps)
                self._pass_on_delay(parser, request)
        return self._rules[netloc]

    def rules(self, netloc: str) -> Rules | None:
        """What the host's robots.txt asks for; None while it is not known."""
        if netloc not in self._rules:
            return None
        delay = self._rules[netloc].crawl_delay(self._default_useragent)
        return Rules(delay, self._sitemaps[netloc])

    @staticmethod
    def _remembered(memory: _Memory, netloc: str) -> str | None:
        known = memory.robots(netloc)
        if known is None or datetime.now(UTC) - known.fetched_at > _VALID:
            return None
        return known.text if known.status < 500 and known.status not in _WALLS else None

    async def _ask(self, request: Request, memory: _Memory, netloc: str) -> str:
        url = f"{urlparse_cached(request).scheme}://{netloc}/robots.txt"
        self._stats.inc_value("robotstxt/request_count")
        asked = Request(
            url,
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "dont_retry": True},
            callback=NO_CALLBACK,
        )
        try:
            response = await self.crawler.engine.download_async(asked)
        except Exception as error:  # noqa: BLE001 - whatever the network did, the crawl ends with it
            self._give_up(netloc, f"{netloc} cannot be reached: {_words(error)}")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status in _WALLS:
            memory.keep_robots(netloc, "", response.status)
            self._give_up(netloc, f"{url} answered {response.status}: waiting until it answers")
        text = response.body.decode("utf-8", "replace") if response.status == 200 else ""
        memory.keep_robots(netloc, text, response.status)
        return text

    def _give_up(self, netloc: str, reason: str) -> NoReturn:
        self._refusals[netloc] = reason
        record = self.crawler.get_extension(CrawlRecord)
        if record is not None and isinstance(self.crawler.spider, NewsSpider):
            record.end(reason)
        raise IgnoreRequest(reason)

    def _pass_on_delay(self, parser: RobotParser, request: Request) -> None:
        politeness = self.crawler.get_extension(Politeness)
        if politeness is not None:
            politeness.robots_delay(request, parser.crawl_delay(self._default_useragent))


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__

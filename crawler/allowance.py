"""The day's allowance: every request is counted, and a walk ends when its budget is used up.

Counted in the database before the request leaves, whatever crawl makes it: a restart, a kill and
the polls in between leave no way around the budget. Polls themselves are never held up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.record import CrawlRecord
from crawler.spider import NewsSpider


class Allowance:
    """Stands next to the downloader, so that retries, redirects and robots.txt count too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:  # noqa: ARG002 - Scrapy's name for it
        """Counts the request; raises IgnoreRequest where the day's budget is used up."""
        spider = self._crawler.spider
        record = self._crawler.get_extension(CrawlRecord)
        if not isinstance(spider, NewsSpider) or record is None:
            return
        budget = spider.arguments.budget
        if budget is not None and spider.memory.requests_today() >= budget:
            now = datetime.now(spider.source.timezone)
            midnight = datetime.combine(
                now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo
            )
            reason = (
                f"today's budget of {budget} requests is used up; started again after "
                f"{midnight:%Y-%m-%d %H:%M} ({spider.source.zone}), it goes on where it stopped"
            )
            record.end(reason, "paused")
            raise IgnoreRequest(reason)
        spider.memory.count_request()

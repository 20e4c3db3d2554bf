"""Remembers each visit that brought no article, and tells absence from failure."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.items import Visit
from crawler.record import CrawlRecord


class Visits:
    """Takes the visits out of a spider's output; articles and requests pass."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Hands visits to the crawl's record."""
        del response
        record = self._crawler.get_extension(CrawlRecord)
        async for output in result:
            if isinstance(output, Visit):
                if record is not None:
                    record.visited(output)
            else:
                yield output

"""Log lines without whole articles in them."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure
from typing_extensions import override

from crawler.items import Visit

# What programs say of themselves at each start hides the lines that matter.
_CHATTY = ("scrapy.middleware", "scrapy.crawler", "scrapy.addons", "alembic", "pymorphy3")


class QuietFormatter(LogFormatter):
    """Scrapy's lines, an item shown by its address and title."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it; the first moment after Scrapy has set up logging."""
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
        return super().from_crawler(crawler)

    @override
    def scraped(
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """An article went through all pipelines."""
        return _line(logging.DEBUG, "Read %(item)s", item)

    @override
    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """Visits without an article are told by the crawl's record."""
        level = logging.DEBUG if isinstance(item, Visit) else logging.INFO
        return _line(level, f"Left out %(item)s: {exception}", item)

    @override
    def item_error(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """An article could not be processed."""
        return _line(logging.ERROR, "Could not process %(item)s", item)


def _line(level: int, message: str, item: Any) -> LogFormatterResult:
    article = getattr(item, "article", None)
    shown = f"{article.url} ({article.title})" if article else _from_dict(item)
    return {"level": level, "msg": message, "args": {"item": shown}}


def _from_dict(item: Any) -> str:
    return (
        f"{item.get('url')} ({item.get('title')})" if isinstance(item, dict) else repr(item)[:200]
    )

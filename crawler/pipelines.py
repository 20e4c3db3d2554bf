"""From an article to its record: assess, store, write as one flat line."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

import cooperation
from crawler.items import Found, Visit
from crawler.record import CrawlRecord
from crawler.spider import NewsSpider

logger = logging.getLogger(__name__)

_EXPECTED = ("text", "published", "language")


class _Pipeline:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)


class Visits(_Pipeline):
    """Hands visits that brought no article to the crawl's record.

    A pipeline and no spider middleware: what an errback yields passes by the middlewares.
    """

    def process_item(self, item: Any) -> Any:
        """An article passes; DropItem for a visit."""
        if isinstance(item, Visit):
            record = self.crawler.get_extension(CrawlRecord)
            if record is not None:
                record.visited(item)
            raise DropItem(item.reason)
        return item


class Assess(_Pipeline):
    """Asks the detector what the article is."""

    def process_item(self, item: Any) -> Any:
        """Fills ``assessment`` of an article."""
        spider = self.crawler.spider
        if isinstance(item, Found) and isinstance(spider, NewsSpider):
            article = item.article
            item.assessment = cooperation.assess(
                article.title,
                article.text,
                language=article.language,
                published=article.published,
                site_country=spider.source.country,
            )
        return item


class Store(_Pipeline):
    """Hands the article to the memory: one transaction each, nothing half-written."""

    def process_item(self, item: Any) -> Any:
        """Stores an article; counts what became of it, which layout it had and what was empty."""
        spider = self.crawler.spider
        if isinstance(item, Found) and item.assessment and isinstance(spider, NewsSpider):
            stored = spider.memory.keep(item, item.assessment)
            stats = self.crawler.stats
            stats.inc_value(f"coopwatch/layout/{item.article.layout}")
            for name in _EXPECTED:
                if not getattr(item.article, name):
                    stats.inc_value(f"coopwatch/empty/{name}")
            if stored is not None:
                stats.inc_value(f"coopwatch/stored/{stored.change}")
                if stored.notice is not None:
                    stats.inc_value(f"coopwatch/notice/{stored.notice}")
                if stored.change == "quarantined":
                    logger.warning(
                        "%s: another piece under the id of article %d; see `coopwatch quarantine`",
                        item.article.url,
                        stored.article_id,
                    )
            if item.article.language not in spider.source.languages:
                stats.inc_value("coopwatch/language/undeclared")
            if item.assessment.cooperation:
                stats.inc_value("coopwatch/flagged")
        return item


class Flatten(_Pipeline):
    """Turns the item into the plain fields that feeds and ``item_scraped`` show."""

    def process_item(self, item: Any) -> Any:
        """The article's fields, its source's key and the assessment."""
        if not isinstance(item, Found):
            return item
        assessment = item.assessment.to_dict() if item.assessment else None
        return {"source": item.source, **item.article.to_dict(), "assessment": assessment}

"""From an article to its record: assess, store, write as one flat line."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

import cooperation
from crawler.items import Found
from crawler.spider import NewsSpider


class _Pipeline:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)


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
        """Stores an article and counts what became of it."""
        spider = self.crawler.spider
        if isinstance(item, Found) and item.assessment and isinstance(spider, NewsSpider):
            stored = spider.memory.keep(item, item.assessment)
            stats = self.crawler.stats
            if stored is not None:
                stats.inc_value(f"coopwatch/stored/{stored.change}")
                if stored.notice is not None:
                    stats.inc_value(f"coopwatch/notice/{stored.notice}")
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

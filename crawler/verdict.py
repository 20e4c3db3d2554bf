"""What came of a crawl, in one word and in many."""

from __future__ import annotations

from typing import Any

from scrapy.statscollectors import StatsCollector

from crawler.progress import told
from crawler.spider import NewsSpider
from storage.ledger import Outcome


def verdict(
    spider: NewsSpider, stats: StatsCollector, *, failed_pages: int, errors: int, reason: str
) -> tuple[Outcome, str]:
    """The outcome of a crawl that came to its end, and the reason in words.

    ``failed_pages``: pages without an answer, those of routes included; ``errors``: exceptions in
    the program; ``reason``: what was said of the last page.
    """
    if spider.kind == "page" and not stats.get_value("item_scraped_count"):
        return "failed", reason or "nothing was read"
    failures = [f"{r.kind} {r.url}: {r.failure}" for r in spider.routes if r.failure]
    asked = [route for route in spider.routes if route.pages or route.failure]
    if asked and not any(route.read for route in asked):
        return "failed", "; ".join(failures)
    if errors:
        failures.append(f"{errors} errors in the program, see the log")
    pages = failed_pages - sum(1 for r in spider.routes if r.status is None and r.failure)
    if pages > 0:
        failures.append(f"{pages} pages did not answer")
    walk = spider.walk
    if walk is not None and walk.failure:
        return "failed", "; ".join([walk.failure, *failures])
    words = summary(spider, stats)
    if failures:
        return "partial", "; ".join([*failures, words])
    if walk is not None and walk.paused:
        return "paused", f"{walk.paused}; {words}"
    return "finished", words


def summary(spider: NewsSpider, stats: StatsCollector) -> str:
    """What a crawl brought."""
    counts = {
        name: stats.get_value(f"coopwatch/stored/{name}", 0)
        for name in ("new", "revised", "reverted", "quarantined", "unchanged")
    }
    became = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    read = stats.get_value("item_scraped_count", 0)
    became = became or "nothing new"
    if counts["quarantined"]:
        became += "; `coopwatch quarantine` shows what came under the id of another article"
    became += _lacking(spider, stats)
    if spider.walk is None:
        routes = sum(1 for route in spider.routes if route.read)
        return f"{routes} of {len(spider.routes)} routes, {read} articles read ({became})"
    if spider.walk.finished and not spider.walk.opened_pages:
        return "the archive was walked to its end before; a sweep goes through it again"
    return f"{told(spider.walk)} ({became})"


def _lacking(spider: NewsSpider, stats: StatsCollector) -> str:
    """How many articles no layout of the source fitted, and how many lack a field."""
    names = {"text": "text", "published": "date", "language": "language"}
    counts = [(stats.get_value(f"coopwatch/empty/{key}", 0), name) for key, name in names.items()]
    told_ones = [f"{count} without a {name}" for count, name in counts if count]
    fallback = stats.get_value("coopwatch/layout/generic", 0)
    if fallback and spider.source.layouts:
        told_ones.insert(0, f"{fallback} by the fallback: no layout of the source fits")
    return "; " + ", ".join(told_ones) if told_ones else ""


def plain_stats(spider: NewsSpider, stats: StatsCollector) -> dict[str, Any]:
    """Per route what it showed; counts by name."""
    kept = ("coopwatch/", "downloader/request_count", "downloader/response_status_count/")
    plain: dict[str, Any] = {
        key.removeprefix("coopwatch/"): value
        for key, value in stats.get_stats().items()
        if key.startswith(kept)
    }
    plain["routes"] = [
        {
            "kind": route.kind,
            "url": route.url,
            "status": route.status,
            "pages": route.pages,
            "links": route.links,
            "unknown": route.unknown,
            "rule": route.rule,
            "failure": route.failure,
        }
        for route in spider.routes
    ]
    return plain

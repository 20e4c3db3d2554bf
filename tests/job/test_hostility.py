"""Answers meant to break a visitor, on known pages and on new ones, and on the routes to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from demo.generator import generated
from tests.fixtures.monitor import MonitorOf
from tests.fixtures.stand_in import MakeStandIn

TEXT = "Текст новости о развитии связи в районе и о планах на год. " * 3
# Each trick with the words that the log has for it; None: the page is read in spite of it.
TRICKS: list[tuple[str, dict[str, Any], str | None]] = [
    ("charset", {"says": "windows-1251"}, None),
    ("charset", {"says": "koi8-r", "encoded": "utf-8"}, None),
    ("charset", {"says": None, "encoded": "utf-16"}, None),
    ("charset", {"says": "utf-8", "encoded": "cp1251"}, "not in its encoding"),
    ("nested", {}, "next to nothing"),
    ("huge", {"lines": False}, "larger than"),
    ("huge", {"endless": True}, "too large"),
    ("bomb", {"encoding": "zstd", "megabytes": 30}, "exceeded"),
    ("bomb", {"encoding": "deflate", "megabytes": 30}, "exceeded"),
    ("redirect", {"to": "{path}"}, "redirect"),
    ("redirect", {"to": "http://169.254.169.254/latest/"}, "outside the source's hosts"),
    ("redirect", {"to": "http://[::1]:80/"}, "outside the source's hosts"),
    ("redirect", {"to": "file:///etc/hostname"}, "leads nowhere"),
    ("slow", {"seconds": 30, "drip": True}, "took longer"),
]

ROUTE_TRICKS: list[tuple[str, dict[str, Any]]] = [
    ("huge", {"endless": True}),
    ("bomb", {"megabytes": 30}),
    ("xml_bomb", {}),
    ("empty", {}),
    ("empty", {"markup": True}),
    ("captcha", {}),
    ("redirect", {"to": "http://127.0.0.1:9/"}),
    ("drop", {}),
]


def test_tricks_on_known_and_on_new_articles(
    make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    site = make_stand_in(crawl_delay=None, articles=generated(2 * len(TRICKS)))
    monitor = replace(monitor_of(site), settings={"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0})
    assert monitor.crawl(backfill="1").outcome == "finished"
    before = monitor.records()
    known = [r for r in site.articles() if r.item.alias.startswith("news/")][: len(TRICKS)]
    new = [
        site.control.publish(f"Новая статья номер {number}", text=TEXT)
        for number in range(len(TRICKS))
    ]
    for (kind, options, _), old, made in zip(TRICKS, known, new, strict=True):
        for path in (old.url.removeprefix(site.url), made["path"]):
            site.control.hostile(kind, path, **options)

    ended = monitor.visit()
    read = {
        made["nid"]: (made["title"], 1, None)
        for made, one in zip(new, TRICKS, strict=True)
        if not one[2]
    }
    assert monitor.records() == before | read, ended.log
    for (_, _, words), old, made in zip(TRICKS, known, new, strict=True):
        for path in (old.url.removeprefix(site.url), made["path"]):
            lines = [line for line in ended.log.splitlines() if f"{path}:" in line]
            assert words is None or any(words in line for line in lines), (words, lines)
    assert ended.outcome == "partial"
    ended = monitor.visit()
    assert monitor.records() == before | read, ended.log


@pytest.mark.parametrize("route", ["/ru/news", "/rss.xml", "/sitemap.xml"])
def test_tricks_on_the_routes(
    route: str, make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    """The other routes are followed, and the one that misbehaved is named."""
    site = make_stand_in(crawl_delay=None, articles=generated(8))
    monitor = replace(monitor_of(site), settings={"DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 0})
    for kind, options in ROUTE_TRICKS:
        site.control.calm()
        site.control.hostile(kind, route, **options)
        ended = monitor.crawl(backfill="1")
        assert f"{site.url}{route}: " in ended.reason, (kind, ended.reason, ended.log)
        assert len(monitor.records()) == 8, (kind, ended.log)

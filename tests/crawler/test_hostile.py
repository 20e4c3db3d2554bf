"""A site that misbehaves: nothing withdrawn, nothing stored that is no article, the crawl ends."""

from __future__ import annotations

from typing import Any

import pytest

from demo.site import StandIn
from tests.crawler.conftest import Crawls, CrawlsOf, Ended
from tests.fixtures.stand_in import MakeStandIn

ARTICLES = "/??/news/*"


def prepared(crawls: Crawls) -> list[tuple[Any, ...]]:
    """The records after a good first crawl, all pages due again."""
    assert crawls.run().code == 0
    crawls.make_due()
    return records(crawls)


def records(crawls: Crawls) -> list[tuple[Any, ...]]:
    return crawls.rows("SELECT site_id, title, revision, withdrawn FROM article ORDER BY site_id")


def assert_clean(ended: Ended) -> None:
    assert "Traceback" not in ended.log, ended.log


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("wall", {}),
        ("error", {}),
        ("empty", {}),
        ("empty", {"markup": True}),
        ("captcha", {}),
        ("maintenance_page", {}),
        ("truncated", {}),
        ("drop", {}),
        ("gzip_bomb", {}),
        ("huge", {"megabytes": 200}),
        ("redirect", {"to": "http://127.0.0.1:9/"}),
        ("redirect", {"to": "{path}"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value)) or "plain",
)
def test_articles_misbehave(
    kind: str, options: dict[str, Any], make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01)
    crawls = crawls_of(site)
    before = prepared(crawls)
    site.control.hostile(kind, ARTICLES, spare=["/??/news", "/??/news[?]*"], **options)
    site.control.publish("Новая статья", text="Текст новой статьи, который сейчас не прочесть.")

    for _ in range(2):
        ended = crawls.run()
        assert_clean(ended)
        assert records(crawls) == before
        crawls.make_due()

    site.control.calm()
    assert crawls.run().code == 0
    titles = {title for _, title, *_ in records(crawls)}
    reachable = kind not in {"gzip_bomb", "huge", "redirect"}
    assert ("Новая статья" in titles) is reachable, ended.log
    assert [row[3] for row in records(crawls)] == [None] * len(records(crawls))


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("too_many", {"retry_after": 3600}),
        ("wall", {}),
        ("error", {}),
        ("captcha", {}),
        ("drop", {}),
    ],
    ids=["too_many", "wall", "error", "captcha", "drop"],
)
def test_everything_misbehaves(
    kind: str, options: dict[str, Any], make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01)
    crawls = crawls_of(site)
    before = prepared(crawls)
    site.control.hostile(kind, "*", spare=["/robots.txt"], **options)
    ended = crawls.run()
    assert ended.code == 1
    assert_clean(ended)
    outcome, reason = crawls.last_crawl()
    assert outcome == "failed"
    assert reason
    assert records(crawls) == before


def test_retry_after_is_obeyed_by_the_next_crawl_too(
    stand_in: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(stand_in)
    stand_in.control.hostile("too_many", ARTICLES, retry_after=3600)
    assert "asks to be left alone until" in crawls.run().log
    stand_in.control.calm()
    stand_in.control.reset_stats()
    ended = crawls.run()
    assert ended.code == 1
    assert "asked to be left alone until" in ended.log
    assert stand_in.control.stats().visits == []


def test_a_short_retry_after_is_waited_for(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(stand_in)
    stand_in.control.hostile("too_many", "/ru/news", retry_after=1, times=1)
    assert crawls.run().code == 0
    visits = stand_in.control.stats().visits
    refused = next(index for index, visit in enumerate(visits) if visit.status == 429)
    assert visits[refused + 1].time - visits[refused].time >= 1


@pytest.mark.parametrize("status", [503, 403, 429])
def test_robots_that_cannot_be_read_stop_the_crawl(
    status: int, stand_in: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(stand_in)
    stand_in.control.hostile("error", "/robots.txt", status=status)
    ended = crawls.run()
    assert ended.code == 1
    assert f"robots.txt answered {status}" in ended.log
    assert_clean(ended)
    visits = stand_in.control.stats().visits
    assert {visit.url for visit in visits} == {"/robots.txt"}


def test_missing_robots_allow_everything(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(stand_in)
    stand_in.control.hostile("error", "/robots.txt", status=404)
    assert crawls.run().code == 0


@pytest.mark.parametrize("pager", ["loop", "endless"])
def test_a_listing_without_end(pager: str, make_stand_in: MakeStandIn, crawls_of: CrawlsOf) -> None:
    site = make_stand_in(crawl_delay=0.01)
    crawls = crawls_of(site)
    site.control.set(pager=pager)
    ended = crawls.run("-a", "backfill=1")
    assert ended.code == 0, ended.log
    listings = [v for v in site.control.stats().visits if v.url.partition("?")[0] == "/ru/news"]
    assert len(listings) < 40


def test_a_feed_that_is_a_bomb(make_stand_in: MakeStandIn, crawls_of: CrawlsOf) -> None:
    site = make_stand_in(crawl_delay=0.01)
    crawls = crawls_of(site)
    site.control.hostile("xml_bomb", "/rss.xml")
    ended = crawls.run()
    assert_clean(ended)
    assert "root:" not in ended.log
    assert crawls.rows("SELECT count(*) FROM article")[0][0] > 10


def test_private_address_is_refused(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(stand_in)
    text = crawls.source_file.read_text("utf-8")
    crawls.source_file.write_text(text.replace("allow_private = true", "allow_private = false"))
    ended = crawls.run()
    assert ended.code == 1
    assert "not public" in ended.log
    assert_clean(ended)
    assert stand_in.control.stats().visits == []

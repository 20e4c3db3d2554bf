"""A site that misbehaves: nothing withdrawn, nothing stored that is no article, the crawl ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from demo.site import StandIn
from tests.crawler.conftest import Crawls, CrawlsOf, Ended, few
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


TRICKS: list[tuple[str, dict[str, Any]]] = [
    ("error", {}),
    ("empty", {}),
    ("empty", {"markup": True}),
    ("captcha", {}),
    ("maintenance_page", {}),
    ("truncated", {}),
    ("drop", {}),
    ("bomb", {}),
    ("huge", {"megabytes": 200}),
    ("redirect", {"to": "http://127.0.0.1:9/"}),
]
NOT_TO_BE_HAD = {"bomb", "huge", "redirect"}


def test_articles_misbehave(make_stand_in: MakeStandIn, crawls_of: CrawlsOf) -> None:
    """Each trick is played on a known article and on a new one; a quiet one lies between two."""
    site = make_stand_in(crawl_delay=0.01, articles=few(len(TRICKS)))
    crawls = crawls_of(site)
    before = prepared(crawls)
    known = [f"/*/{record.url.split('/', 4)[4]}" for record in site.articles()]
    new: dict[str, str] = {}
    for (kind, options), old_path in zip(TRICKS, known, strict=True):
        made = site.control.publish(f"Новость номер {len(new)}", text="Текст новости о связи. " * 9)
        new[made["title"]] = kind
        for path in (old_path, f"*{made['path']}"):
            site.control.hostile(kind, path, **options)

    for _ in range(2):
        ended = crawls.run()
        assert_clean(ended)
        assert records(crawls) == before, ended.log
        crawls.make_due()

    site.control.calm()
    assert crawls.run().code == 0
    stored = {title for _, title, *_ in records(crawls)}
    assert {title for title in new if title in stored} == {
        title for title, kind in new.items() if kind not in NOT_TO_BE_HAD
    }
    assert crawls.rows("SELECT count(*) FROM article WHERE withdrawn IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("too_many", {"retry_after": 3600}),
        ("wall", {}),
        ("error", {"status": 503}),
        ("captcha", {}),
        ("drop", {}),
    ],
    ids=["too_many", "wall", "error", "captcha", "drop"],
)
def test_everything_misbehaves(
    kind: str, options: dict[str, Any], make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(12))
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
    (left_alone,) = crawls.rows("SELECT max(backoff_until) FROM host")[0]
    assert (left_alone is not None) == (kind in {"too_many", "error"})


def test_a_wall_before_the_articles_withdraws_none(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(12))
    crawls = crawls_of(site)
    before = prepared(crawls)
    site.control.hostile("wall", ARTICLES, spare=["/??/news", "/??/news[?]*"])
    for _ in range(2):
        assert_clean(crawls.run())
        assert records(crawls) == before
        crawls.make_due()


def test_retry_after_is_obeyed_by_the_next_crawl_too(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    small_site.control.hostile("too_many", ARTICLES, retry_after=in_an_hour)
    assert "asks to be left alone until" in crawls.run().log
    small_site.control.calm()
    small_site.control.reset_stats()
    ended = crawls.run_alone()
    assert ended.code == 1
    assert "asked to be left alone until" in ended.log
    assert small_site.control.stats().visits == []


def test_a_short_retry_after_is_waited_for(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    small_site.control.hostile("too_many", "/ru/news", retry_after=1, times=1)
    assert crawls.run().code == 0
    visits = small_site.control.stats().visits
    refused = next(index for index, visit in enumerate(visits) if visit.status == 429)
    assert visits[refused + 1].time - visits[refused].time >= 1


@pytest.mark.parametrize("status", [503, 403, 429])
def test_robots_that_cannot_be_read_stop_the_crawl(
    status: int, small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    small_site.control.hostile("error", "/robots.txt", status=status)
    ended = crawls.run()
    assert ended.code == 1
    assert f"robots.txt answered {status}" in ended.log
    assert_clean(ended)
    visits = small_site.control.stats().visits
    assert {visit.url for visit in visits} == {"/robots.txt"}


def test_missing_robots_allow_everything(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    small_site.control.hostile("error", "/robots.txt", status=404)
    assert crawls.run().code == 0


@pytest.mark.parametrize("pager", ["loop", "endless"])
def test_a_listing_without_end(pager: str, make_stand_in: MakeStandIn, crawls_of: CrawlsOf) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(30))
    crawls = crawls_of(site)
    site.control.set(pager=pager)
    ended = crawls.run("-a", "backfill=1")
    assert ended.code == 0, ended.log
    listings = [v for v in site.control.stats().visits if v.url.partition("?")[0] == "/ru/news"]
    assert len(listings) < 40


def test_a_feed_that_is_a_bomb(make_stand_in: MakeStandIn, crawls_of: CrawlsOf) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(12))
    crawls = crawls_of(site)
    site.control.hostile("xml_bomb", "/rss.xml")
    ended = crawls.run()
    assert_clean(ended)
    assert "root:" not in ended.log
    assert crawls.rows("SELECT count(*) FROM article")[0][0] >= 10


def test_private_address_is_refused(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    text = crawls.source_file.read_text("utf-8")
    crawls.source_file.write_text(text.replace("allow_private = true", "allow_private = false"))
    ended = crawls.run()
    assert ended.code == 1
    assert "not public" in ended.log
    assert_clean(ended)
    assert small_site.control.stats().visits == []

"""The crawl against the stand-in, over HTTP, into a real database."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.metadata import version

import pytest

from demo.articles import MINSK
from demo.site import StandIn
from tests.crawler.conftest import DELAY, CrawlsOf, few
from tests.fixtures.stand_in import MakeStandIn


def test_backfill_stores_each_article_once_and_a_second_crawl_nothing(
    stand_in: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(stand_in)
    published = {str(r.nid): r for r in stand_in.articles() if r.status == "published"}

    first = crawls.run("-a", "backfill=1")

    assert first.code == 0, first.log
    stored = crawls.rows("SELECT site_id, title, language FROM article")
    assert sorted(row[0] for row in stored) == sorted(published)
    assert all(published[i].title == title for i, title, _ in stored)
    assert all(published[i].language == language for i, _, language in stored)
    assert crawls.last_crawl()[0] == "finished"

    second = crawls.run()

    assert second.code == 0, second.log
    assert second.articles == []
    assert crawls.rows("SELECT count(*) FROM revision") == [(len(published),)]


def test_output_has_the_articles_fields_unescaped(stand_in: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(stand_in)
    record = next(r for r in stand_in.articles() if r.language == "ru" and r.text)

    ended = crawls.run_alone("-a", f"url={record.url}", "-s", "COOPWATCH_DATABASE_URL=")

    assert ended.code == 0, ended.log
    (article,) = ended.articles
    assert article["source"] == "mpt"
    assert article["title"] == record.title
    assert article["layout"] == "drupal7"
    assert article["published"].startswith(record.published.astimezone().isoformat()[:4])
    assert article["assessment"]["cooperation"] in {True, False}
    assert record.title in (crawls.folder / "out.jsonl").read_text("utf-8")
    assert not (crawls.folder / "coopwatch.db").exists()


def test_the_reference_article_is_one_item_with_its_facts(
    stand_in: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(stand_in)
    path = "/kurskaya-delegaciya-posetila-s-rabochim-vizitom-respubliku-belarus"

    ended = crawls.run("-a", f"url={stand_in.url}{path}")

    assert ended.code == 0, ended.log
    assert crawls.rows("SELECT title, published_on, flagged FROM article") == [
        ("Курская делегация посетила с рабочим визитом Республику Беларусь", "2023-07-10", 1)
    ]
    assert {"visit", "talks"} <= {kind for (kind,) in crawls.rows("SELECT kind FROM kind")}
    parties = crawls.rows("SELECT kind, code, name FROM party")
    assert {code for kind, code, _ in parties if kind == "country"} == {"BY", "RU"}
    assert {"RU-KRS", "BY-MA"} <= {code for kind, code, _ in parties if kind == "region"}
    assert "Могилевлифтмаш" in {name for kind, _, name in parties if kind == "organization"}
    people = dict(crawls.rows("SELECT name, post FROM person"))
    assert people["Старовойт Роман"] == "губернатор Курской области"
    assert people["Исаченко Анатолий"] == "председатель Могилёвского облисполкома"
    assert crawls.rows("SELECT value, currency, qualifier FROM amount") == [(2e9, "RUB", "over")]


def test_all_url_forms_of_an_article_are_one_record(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(3))
    crawls = crawls_of(site)
    record = site.articles()[0]
    forms = [url for url in record.urls if "/print/" not in url]
    for url in forms if os.environ.get("COOPWATCH_LONG_TESTS") else forms[::4]:
        assert crawls.run("-a", f"url={url}").code == 0, url
    rows = crawls.rows("SELECT site_id FROM article")
    assert rows == [(str(record.nid),)]
    assert crawls.rows("SELECT count(*) FROM revision") == [(1,)]


def test_politeness_as_the_server_sees_it(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    small_site.control.reset_stats()
    ended = crawls.run()
    stats = small_site.control.stats()
    assert stats.max_simultaneous == 1, ended.log
    assert stats.min_gap is not None
    assert stats.min_gap >= 0.05  # robots.txt asks for more than the source file's delay
    assert DELAY < 0.05
    assert len(stats.by_url["/robots.txt"]) == 1
    assert all("coopwatch/" in (visit.user_agent or "") for visit in stats.visits)

    small_site.control.reset_stats()
    crawls.run("-s", "COOPWATCH_CONTACT=https://example.org/who-we-are")
    visits = small_site.control.stats().visits
    assert "/robots.txt" not in {visit.url for visit in visits}
    agents = {visit.user_agent for visit in visits}
    assert agents == {f"coopwatch/{version('coopwatch')} (+https://example.org/who-we-are)"}

    crawls.change("UPDATE host SET robots_at = '2020-01-01 00:00:00.000000'")
    small_site.control.reset_stats()
    crawls.run()
    assert [v.url for v in small_site.control.stats().visits].count("/robots.txt") == 1


def test_a_poll_with_nothing_new_costs_one_request_for_each_route(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    small_site.control.clear_caches()
    small_site.control.reset_stats()
    ended = crawls.run()
    source = crawls.source
    visits = small_site.control.stats().visits
    assert len(visits) == len(source.feeds) + len(source.listings), ended.log


@pytest.mark.parametrize("count", [4, 23], ids=["few", "more than any feed holds"])
def test_new_articles_cost_a_request_each_and_a_listing_page_for_every_ten(
    count: int, small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    for n in range(count):
        small_site.control.publish(f"Новость {n}", text=f"Текст новости {n} о связи. " * 9)
    small_site.control.reset_stats()
    ended = crawls.run()
    routes = len(crawls.source.feeds) + len(crawls.source.listings)
    assert len(ended.articles) == count, ended.log
    visits = [visit.url for visit in small_site.control.stats().visits]
    assert len(visits) == routes + count + count // 10, visits


@pytest.mark.parametrize("route", ["feeds", "listings"])
def test_an_article_that_only_one_route_shows_is_found(
    route: str, small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    text = crawls.source_file.read_text("utf-8")
    other = {"feeds": "listings", "listings": "feeds"}[route]
    crawls.source_file.write_text(re.sub(rf"(?m)^{other} = .*$", f"{other} = []", text))
    crawls.run()
    new = small_site.control.publish("Только здесь", text="Текст новости о связи. " * 9)
    ended = crawls.run()
    assert [article["site_id"] for article in ended.articles] == [str(new["nid"])]
    routes = json.loads(crawls.rows("SELECT stats FROM crawl ORDER BY id DESC LIMIT 1")[0][0])
    assert {one["kind"] + "s" for one in routes["routes"]} == {route}
    assert all(one["links"] and not one["failure"] for one in routes["routes"] if one["unknown"])
    assert sum(one["unknown"] for one in routes["routes"]) == 1


def test_a_listing_without_links_is_a_failure_and_one_without_news_is_none(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    assert crawls.run().code == 0
    outcome, reason = crawls.last_crawl()
    assert (outcome, "nothing new" in reason) == ("finished", True)
    small_site.control.hostile("empty", "/be/news", markup=True)
    crawls.run()
    outcome, reason = crawls.last_crawl()
    assert outcome == "partial"
    assert "/be/news: " in reason


def test_maintenance_withdraws_nothing_and_is_reported(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    before = crawls.rows("SELECT site_id, revision, withdrawn FROM article ORDER BY site_id")
    small_site.control.maintenance(True)
    small_site.control.clear_caches()
    for _ in range(2):
        crawls.make_due()
        ended = crawls.run()
        assert ended.code == 1
        assert crawls.last_crawl()[0] == "failed"
        assert "503" in crawls.last_crawl()[1]
    small_site.control.maintenance(False)
    small_site.control.clear_caches()
    crawls.make_due()
    assert crawls.run().code == 0
    after = crawls.rows("SELECT site_id, revision, withdrawn FROM article ORDER BY site_id")
    assert after == before


def test_a_second_visitor_is_told_who_is_there(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.2)
    crawls = crawls_of(site)
    first = crawls.start()
    try:
        while not site.control.stats().visits:
            time.sleep(0.05)
        second = crawls.run_alone()
        assert second.code == 75
        assert f"process {first.pid}" in second.log
        assert "Traceback" not in second.log
    finally:
        first.send_signal(signal.SIGTERM)
        _, log = first.communicate(timeout=60)
    assert "interrupted" in log
    assert site.control.stats().max_simultaneous == 1


def test_published_is_utc_and_since_leaves_out_the_older(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    dates = sorted(r.published for r in small_site.articles() if r.language == "ru")
    since = dates[-6].astimezone(MINSK).date()
    ended = crawls.run("-a", f"since={since}")
    assert ended.articles
    assert all(article["published"] >= f"{since}"[:7] for article in ended.articles)
    assert all(article["published"].endswith("+00:00") for article in ended.articles)


def test_another_layout_changes_no_article_and_collection_goes_on(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.01, articles=few(12))
    crawls = crawls_of(site)
    crawls.run()
    before = crawls.rows("SELECT site_id, title, revision FROM article ORDER BY id")
    for layout in ("other", "drupal10", "bureau"):
        site.control.layout(layout)
        new = site.control.publish(f"Новость на макете {layout}", text="Новый текст о связи. " * 9)
        crawls.make_due()
        ended = crawls.run()
        assert ended.code == 0, ended.log
        after = crawls.rows("SELECT site_id, title, revision FROM article ORDER BY id")
        assert after[: len(before)] == before
        assert new["title"] in {row[1] for row in after}
        assert crawls.rows("SELECT count(*) FROM article WHERE withdrawn IS NOT NULL") == [(0,)]
        before = after


def test_wrong_use_gets_a_message(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    wrong = {
        ("-a", "since=10.07.2023"): "expected a day such as",
        ("-a", "sinse=2023-07-10"): "unknown argument",
        ("-a", "url=mpt.gov.by"): "expected an http(s) address",
        ("-a", "url=https://example.org/"): "expected an address within",
        ("-a", "source=missing.toml"): "cannot be read",
        ("-s", "COOPWATCH_DATABASE_URL=mysql://host/name"): "mysql is not supported",
        ("-s", "COOPWATCH_SOURCES_DIR=/missing"): "expected a folder",
    }
    for options, message in wrong.items():
        ended = crawls.run_alone(*options)
        assert ended.code != 0, options
        assert message in ended.log, options
        assert "Traceback" not in ended.log, options


def test_scrapys_other_commands(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "COOPWATCH_DATABASE_URL": crawls.database,
    }

    def scrapy(*command: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *command],
            cwd=crawls.folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    assert "mpt" in scrapy("list").split()
    title = scrapy("shell", f"{small_site.url}/ru/news", "-c", "response.css('title::text').get()")
    assert "Новости" in title
    assert not (crawls.folder / "coopwatch.db").exists()

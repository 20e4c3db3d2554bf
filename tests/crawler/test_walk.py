"""Backfill and sweep: what they read, what they do not read again, where they stop."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from demo.articles import MINSK
from demo.generator import generated
from demo.site import StandIn
from tests.crawler.conftest import Crawls, CrawlsOf
from tests.fixtures.stand_in import MakeStandIn

BACKFILL = ("-a", "backfill=1")
SWEEP = ("-a", "sweep=1")


def requests(site: StandIn) -> Counter[str]:
    """How often each address was asked for since the last reset."""
    return Counter(visit.url for visit in site.control.stats().visits)


def stored(crawls: Crawls) -> set[str]:
    return {row[0] for row in crawls.rows("SELECT site_id FROM article")}


def published(site: StandIn) -> set[str]:
    return {str(record.nid) for record in site.articles() if record.status == "published"}


def test_limit_then_the_rest_without_repeating_anything(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.0, articles=40)
    crawls = crawls_of(site)
    newest = sorted(site.articles(), key=lambda r: r.published, reverse=True)

    first = crawls.run(*BACKFILL, "-a", "limit=27")

    assert first.code == 0, first.log
    assert len(first.articles) == 27
    outcome, reason = crawls.last_crawl()
    assert outcome == "paused"
    assert "27 articles were read, as many as wanted" in reason
    assert {str(r.nid) for r in newest[:10]} <= stored(crawls)
    late = site.control.publish("Новость во время обхода", text="Текст новости о связи. " * 9)

    second = crawls.run(*BACKFILL)

    assert second.code == 0, second.log
    assert crawls.last_crawl()[0] == "finished"
    assert stored(crawls) == published(site)
    assert str(late["nid"]) in stored(crawls)
    asked = requests(site)
    articles = {url: n for url, n in asked.items() if "/news?" not in url and "/news/" in url}
    assert set(articles.values()) == {1}, second.log
    assert all(n == 1 for url, n in asked.items() if "page=" in url and "page=1" not in url)
    site.control.reset_stats()
    assert crawls.run(*BACKFILL).code == 0
    assert requests(site).total() == 0
    assert "walked to its end before" in crawls.last_crawl()[1]


def test_since_walks_no_further_and_less_is_left_out_later(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.0, articles=[i for i in generated(70) if i.language == "ru"])
    crawls = crawls_of(site)
    dates = sorted((r.published.astimezone(MINSK).date() for r in site.articles()), reverse=True)
    since = dates[12]
    text = crawls.source_file.read_text("utf-8")
    crawls.source_file.write_text(text.replace('sitemaps = ["/sitemap.xml"]', "sitemaps = []"))

    first = crawls.run(*BACKFILL, "-a", f"since={since}")

    assert first.code == 0, first.log
    assert len(first.articles) == sum(day >= since for day in dates)
    deepest = max(url for url in requests(site) if url.startswith("/ru/news?page="))
    assert deepest <= "/ru/news?page=2"
    site.control.reset_stats()
    earlier = since - timedelta(days=1)
    assert crawls.run(*BACKFILL, "-a", f"since={since}").articles == []
    assert len(stored(crawls)) == sum(day >= since for day in dates)

    assert crawls.run(*BACKFILL).code == 0
    assert stored(crawls) == published(site)
    assert earlier < since


def test_a_day_has_its_budget_whatever_is_started(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.0, articles=40)
    crawls = crawls_of(site)
    for budget in (15, 15, 22):
        ended = crawls.run(*BACKFILL, "-a", f"budget={budget}")
        assert ended.code == 0, ended.log
        assert requests(site).total() == budget
        outcome, reason = crawls.last_crawl()
        assert outcome == "paused"
        assert f"budget of {budget} requests is used up; started again after" in reason
        assert "00:00 (Europe/Minsk)" in reason
    assert crawls.rows("SELECT requests FROM source") == [(22,)]


def test_a_sweep_finds_what_no_route_shows_near_its_top(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.0, articles=45)
    crawls = crawls_of(site)
    assert crawls.run(*BACKFILL).code == 0
    old = sorted(r.published for r in site.articles() if r.language == "ru")[1]
    text = (
        "Делегация Курской области во главе с губернатором провела переговоры с руководством "
        "Могилёвского облисполкома. Стороны подписали соглашение о сотрудничестве. " * 3
    )
    hidden = [
        site.control.publish("Задним числом", text=text, created=old.isoformat(), promoted=False),
        site.control.publish("Ещё раз задним числом", text=text, created=old.isoformat()),
    ]
    crawls.make_due()
    crawls.run()
    assert not {str(one["nid"]) for one in hidden} & stored(crawls)
    site.control.reset_stats()

    swept = crawls.run(*SWEEP)

    assert swept.code == 0, swept.log
    assert stored(crawls) == published(site)
    assert requests(site).total() <= 2 + 12 + len(hidden)  # listings, routes, what was hidden
    notices = crawls.rows("SELECT notice FROM article WHERE title LIKE '%задним числом%'")
    assert set(notices) <= {("found_late",), ("same_story",)}
    assert crawls.rows("SELECT count(*) FROM article WHERE notice = 'new'") == [(0,)]
    site.control.reset_stats()
    assert crawls.run(*SWEEP, "-a", "budget=100000").code == 0  # another pass, from the beginning
    assert requests(site)["/ru/news?page=2"] == 1


def test_progress_is_logged_with_the_time_to_go(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    site = make_stand_in(crawl_delay=0.0, articles=45)
    ended = crawls_of(site).run(*BACKFILL)
    told = [line for line in ended.log.splitlines() if "listing pages done" in line]
    assert any("s to go" in line for line in told), ended.log
    assert "5 of 5 listing pages done" in told[-1] or "through" in ended.log

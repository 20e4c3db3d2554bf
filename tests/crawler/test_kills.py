"""kill -9 at random moments, each time started again: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import os
import random
import time
from collections import Counter

import pytest

from demo.site import StandIn
from storage.database import connect, reading
from storage.tables import ArticleRow, AssessmentRow, RevisionRow, SearchRow
from tests.crawler.conftest import Crawls, CrawlsOf
from tests.fixtures.stand_in import MakeStandIn

KILLS = 50 if os.environ.get("COOPWATCH_LONG_TESTS") else 5
SEED = 20261125
ARTICLES = 12  # for each kill: the backfill must not be through before the last of them
DELAY = 0.02


@pytest.mark.parametrize("walk", [("-a", "backfill=1"), ()], ids=["backfill", "poll"])
def test_kill_and_start_again(
    walk: tuple[str, ...], make_stand_in: MakeStandIn, crawls_of: CrawlsOf
) -> None:
    """Half of the kills hit a backfill, half polls that meet an article or two each time."""
    chance = random.Random(SEED + len(walk))
    site = make_stand_in(crawl_delay=DELAY, articles=max(30, ARTICLES * KILLS // 2))
    crawls = crawls_of(site)
    if not walk:
        assert crawls.run("-a", "backfill=1").code == 0
    killed = 0
    for _ in range(200):
        if not walk:
            _publish(site, chance)
            crawls.make_due()
        killed += _run_and_kill(crawls, site, chance, *walk)
        _whole(crawls)
        if killed >= KILLS // 2 + 1:
            break
        _as_if_its_lease_had_run_out(crawls)
    assert killed > KILLS // 2
    _as_if_its_lease_had_run_out(crawls)
    ended = crawls.run(*walk)
    assert ended.code == 0, ended.log

    ids = [row[0] for row in crawls.rows("SELECT site_id FROM article")]
    assert Counter(ids) == Counter(str(record.nid) for record in site.articles())
    _whole(crawls)
    assert crawls.rows("SELECT count(*) FROM revision") == [(len(ids),)]
    if walk:
        asked = Counter(visit.url for visit in site.control.stats().visits)
        repeated = sum(n - 1 for url, n in asked.items() if "/news?" not in url and n > 1)
        # What was under way at a kill, and the first pages of the three listings at each start.
        assert repeated <= killed * (1 + 7), asked.most_common(10)
        later = {url: n for url, n in asked.items() if "?page=" in url}
        assert sum(n - 1 for n in later.values()) <= 2 * killed, later


def _run_and_kill(crawls: Crawls, site: StandIn, chance: random.Random, *options: str) -> bool:
    """Start a crawl and kill it at any moment between its first request and its end."""
    site_requests = len(site.control.stats().visits)
    process = crawls.start(*options)
    try:
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            if len(site.control.stats().visits) > site_requests:
                time.sleep(chance.uniform(0, 0.5))
                break
            time.sleep(0.02)
        alive = process.poll() is None
    finally:
        process.kill()
        process.communicate()
    return alive


def _publish(site: StandIn, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        number = chance.randrange(10**9)
        site.control.publish(f"Новость № {number}", text=f"Текст новости {number} о связи. " * 9)


def _as_if_its_lease_had_run_out(crawls: Crawls) -> None:
    """The killed process holds the host for another minute and a half: let that be over."""
    crawls.change("UPDATE host SET lease_until = '2020-01-01 00:00:00.000000'")


def _whole(crawls: Crawls) -> None:
    """Every article has all its parts, and no part is without its article."""
    engine = connect(crawls.database)
    with reading(engine) as session:
        articles = {row.id: row for row in session.query(ArticleRow)}
        assert {row.article_id for row in session.query(RevisionRow)} == set(articles)
        assert {row.article_id for row in session.query(AssessmentRow)} == set(articles)
        assert {row.article_id for row in session.query(SearchRow)} == set(articles)
    engine.dispose()
    broken = "SELECT count(*) FROM article WHERE id NOT IN (SELECT article_id FROM alias)"
    assert crawls.rows(broken) == [(0,)]
    assert crawls.rows("PRAGMA foreign_key_check") == []
    assert crawls.rows("PRAGMA integrity_check") == [("ok",)]

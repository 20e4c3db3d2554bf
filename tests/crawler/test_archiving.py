"""What a crawl leaves in the archive: every answer that it read, and no half entry."""

from __future__ import annotations

import hashlib
import time

from demo.site import StandIn
from storage import archive
from storage.archive import Response
from storage.database import reading
from tests.crawler.conftest import CrawlsOf
from tests.fixtures.monitor import Monitor, MonitorOf

# Each revision's own response: the answer at its address at its time.
OWN_RESPONSE = """
    SELECT revision.article_id, response.body_digest IS NOT NULL
    FROM revision LEFT JOIN response
      ON response.url = revision.url AND response.fetched_at = revision.seen_at
"""


def archived(monitor: Monitor) -> list[Response]:
    with reading(monitor.engine) as session:
        return list(archive.responses(session, "mpt"))


def test_pages_listings_and_feeds_are_archived_as_they_came(
    small_site: StandIn, monitor_of: MonitorOf
) -> None:
    monitor = monitor_of(small_site)
    ended = monitor.crawl()
    responses = archived(monitor)
    by_url = {one.url: one for one in responses}
    assert {small_site.url + path for path in ("/rss.xml", "/ru/news")} & set(by_url), ended.log
    for record in small_site.articles():
        page = next(by_url[url] for url in record.urls if url in by_url)
        assert page.status == 200
        assert record.title.partition("«")[0].encode() in (page.body or b"")
        names = {name.lower() for name, _ in page.headers}
        assert {"content-type", "date", "etag"} <= names
    assert all(hashlib.sha256(one.body or b"").hexdigest() == one.digest for one in responses)
    own = monitor.rows(OWN_RESPONSE)
    assert len(own) == len(small_site.articles())
    assert all(there for _, there in own)


def test_an_edited_page_is_kept_beside_the_old_one(
    small_site: StandIn, monitor_of: MonitorOf
) -> None:
    monitor = monitor_of(small_site)
    monitor.crawl()
    record = small_site.articles()[0]
    small_site.control.edit(record.nid, text="Теперь здесь стоит другой текст о связи. " * 5)
    small_site.control.clear_caches()
    monitor.visit()
    old, new = [one.body or b"" for one in archived(monitor) if one.url in record.urls]
    assert "другой текст".encode() in new
    assert old
    assert "другой текст".encode() not in old


def test_noarchive_keeps_the_article_and_no_copy_of_the_page(
    small_site: StandIn, monitor_of: MonitorOf
) -> None:
    monitor = monitor_of(small_site)
    monitor.crawl()
    small_site.control.set(robots_meta="noindex, noarchive")
    small_site.control.clear_caches()
    monitor.visit()
    urls = {url for record in small_site.articles() for url in record.urls}
    pages = [one for one in archived(monitor) if one.url in urls]
    assert len(pages) == 2 * len(small_site.articles())
    assert [one.body for one in pages] == [None] * len(pages)  # the earlier copies went as well
    assert all(one.body for one in archived(monitor) if one.url not in urls)
    assert monitor.rows("SELECT count(*) FROM revision") == [(len(small_site.articles()),)]
    assert monitor.rows("SELECT count(*) FROM revision WHERE text = ''") == [(0,)]


def test_what_says_nothing_of_an_article_is_not_archived(
    small_site: StandIn, monitor_of: MonitorOf
) -> None:
    monitor = monitor_of(small_site)
    monitor.crawl()
    before = archived(monitor)
    small_site.control.hostile("maintenance_page", "/ru/news/*")
    small_site.control.clear_caches()
    monitor.visit()
    pages = {url for record in small_site.articles() for url in record.urls}
    later = [one for one in archived(monitor)[len(before) :] if one.url in pages]
    assert later
    assert not any("/ru/news/" in one.url for one in later)


def test_a_killed_crawl_leaves_no_half_entry(
    small_site: StandIn, crawls_of: CrawlsOf, monitor_of: MonitorOf
) -> None:
    process = crawls_of(small_site).start()
    while len(small_site.control.stats().visits) < 11:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    monitor = monitor_of(small_site)
    own = monitor.rows(OWN_RESPONSE)
    assert 0 < len(own) < len(small_site.articles())
    assert all(there for _, there in own)
    assert all(one.body is not None for one in archived(monitor))

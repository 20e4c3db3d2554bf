"""What a crawl leaves in the archive: every answer that it read, and no half entry."""

from __future__ import annotations

import hashlib
import time

from demo.site import StandIn
from storage import archive
from storage.archive import Response
from storage.database import connect, reading
from tests.crawler.conftest import Crawls, CrawlsOf

# Each revision's own response: the answer at its address at its time.
OWN_RESPONSE = """
    SELECT revision.article_id, response.body_digest IS NOT NULL
    FROM revision LEFT JOIN response
      ON response.url = revision.url AND response.fetched_at = revision.seen_at
"""


def archived(crawls: Crawls) -> list[Response]:
    engine = connect(crawls.database)
    try:
        with reading(engine) as session:
            return list(archive.responses(session, "mpt"))
    finally:
        engine.dispose()


def test_pages_listings_and_feeds_are_archived_as_they_came(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    ended = crawls.run()
    responses = archived(crawls)
    by_url = {one.url: one for one in responses}
    assert {small_site.url + path for path in ("/rss.xml", "/ru/news")} & set(by_url), ended.log
    for record in small_site.articles():
        page = next(by_url[url] for url in record.urls if url in by_url)
        assert page.status == 200
        assert record.title.partition("«")[0].encode() in (page.body or b"")
        names = {name.lower() for name, _ in page.headers}
        assert {"content-type", "date", "etag"} <= names
    assert all(hashlib.sha256(one.body or b"").hexdigest() == one.digest for one in responses)
    own = crawls.rows(OWN_RESPONSE)
    assert len(own) == len(small_site.articles())
    assert all(there for _, there in own)


def test_the_same_body_is_kept_once_and_an_edit_beside_the_old_one(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    first, second = small_site.articles()[:2]
    small_site.control.edit(first.nid, text="Теперь здесь стоит другой текст о связи. " * 5)
    small_site.control.clear_caches()  # other validators: all pages answer 200 again
    crawls.make_due()
    crawls.run()
    by_page: dict[int, list[Response]] = {first.nid: [], second.nid: []}
    for one in archived(crawls):
        for record in (first, second):
            if one.url in record.urls:
                by_page[record.nid].append(one)
    assert [len(found) for found in by_page.values()] == [2, 2]
    old, new = by_page[first.nid]
    assert old.digest != new.digest
    assert "другой текст".encode() in (new.body or b"")
    assert "другой текст".encode() not in (old.body or b"")
    assert len({one.digest for one in by_page[second.nid]}) == 1


def test_noarchive_keeps_the_article_and_no_copy_of_the_page(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    small_site.control.set(robots_meta="noindex, noarchive")
    small_site.control.clear_caches()
    crawls.make_due()
    crawls.run()
    urls = {url for record in small_site.articles() for url in record.urls}
    pages = [one for one in archived(crawls) if one.url in urls]
    assert len(pages) == 2 * len(small_site.articles())
    assert [one.body for one in pages] == [None] * len(pages)  # the earlier copies went as well
    assert all(one.body for one in archived(crawls) if one.url not in urls)
    assert crawls.rows("SELECT count(*) FROM revision") == [(len(small_site.articles()),)]
    assert crawls.rows("SELECT count(*) FROM revision WHERE text = ''") == [(0,)]


def test_what_says_nothing_of_an_article_is_not_archived(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls = crawls_of(small_site)
    crawls.run()
    before = archived(crawls)
    small_site.control.hostile("maintenance_page", "/ru/news/*")
    small_site.control.clear_caches()
    crawls.make_due()
    crawls.run()
    pages = {url for record in small_site.articles() for url in record.urls}
    later = [one for one in archived(crawls)[len(before) :] if one.url in pages]
    assert later
    assert not any("/ru/news/" in one.url for one in later)


def test_a_killed_crawl_leaves_no_half_entry(small_site: StandIn, crawls_of: CrawlsOf) -> None:
    crawls = crawls_of(small_site)
    process = crawls.start()
    while len(small_site.control.stats().visits) < 11:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    own = crawls.rows(OWN_RESPONSE)
    assert 0 < len(own) < len(small_site.articles())
    assert all(there for _, there in own)
    assert all(one.body is not None for one in archived(crawls))
    crawls.run("-s", "COOPWATCH_WAIT_FOR_HOST=1")

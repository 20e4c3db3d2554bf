"""Edits, withdrawals, reused numbers and a move of the whole site, from the site to the record."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from demo.site import StandIn
from tests.crawler.conftest import Crawls, CrawlsOf, few
from tests.fixtures.stand_in import MakeStandIn

LONG = os.environ.get("COOPWATCH_LONG_TESTS") == "1"
REUSED = "Совсем другая новость под старым номером"


def visit_all(crawls: Crawls) -> str:
    """A poll at which every known page is due; its log."""
    crawls.make_due()
    ended = crawls.run()
    assert ended.code == 0, ended.log
    return ended.log


def states(crawls: Crawls) -> dict[str, tuple[int, str | None]]:
    """(revision, withdrawn) by the site's id."""
    rows = crawls.rows("SELECT site_id, revision, withdrawn FROM article WHERE revision > 0")
    return {site_id: (revision, withdrawn) for site_id, revision, withdrawn in rows}


def test_new_articles_edits_withdrawals_and_a_reused_number(
    small_site: StandIn, crawls_of: CrawlsOf
) -> None:
    crawls, control = crawls_of(small_site), small_site.control
    crawls.run()
    known = states(crawls)
    russian = [record for record in small_site.articles() if record.language == "ru"]
    edited, deleted, unpublished, reused, back = (str(record.nid) for record in russian[-5:])
    original = small_site.article(int(edited)).title
    kept = small_site.article(int(reused)).title

    control.edit(int(edited), title=original + " (дополнено)")
    control.withdraw(int(deleted), "deleted")
    control.withdraw(int(back), "deleted")
    control.withdraw(int(unpublished), "unpublished")
    control.reuse(int(reused), REUSED, text="Текст без всякой связи с прежним. " * 9)
    published = [
        control.publish("Новая статья о связи", text="Текст новой статьи о связи.\nИ ещё абзац."),
        control.publish("Навіна на роднай мове", text="Тэкст навіны пра сувязь.", language="be"),
        control.publish("Не на главной", text="Текст, которого нет в ленте.", promoted=False),
    ]
    log = visit_all(crawls)

    known |= {str(record["nid"]): (1, None) for record in published}
    assert states(crawls) == known | {edited: (2, None)}
    assert "`coopwatch quarantine` shows" in crawls.last_crawl()[1]
    assert "another piece under the id of article" in log
    assert crawls.rows("SELECT confirmed_at FROM withdrawal") == [(None,)] * 4

    control.edit(int(edited), title=original)
    control.restore(int(back))
    visit_all(crawls)

    # The address of the piece whose number was given away leads nowhere either.
    gone = {deleted: (1, "deleted"), reused: (1, "deleted"), unpublished: (1, "unpublished")}
    assert states(crawls) == known | gone | {edited: (3, None)}
    reverts = crawls.rows("SELECT reverts FROM revision WHERE number > 1 ORDER BY number")
    assert reverts == [(None,), (1,)]
    assert crawls.rows("SELECT count(*) FROM withdrawal") == [(3,)]
    assert crawls.rows(f"SELECT title FROM article WHERE site_id = '{reused}'") == [(kept,)]
    assert crawls.rows("SELECT count(*), min(url) = max(url) FROM quarantine") == [(1, 1)]

    control.restore(int(unpublished))
    visit_all(crawls)

    assert states(crawls) == known | gone | {unpublished: (1, None), edited: (3, None)}
    ends = "SELECT kind, confirmed_at IS NOT NULL, returned_at IS NOT NULL FROM withdrawal"
    assert sorted(crawls.rows(ends)) == [("deleted", 1, 0)] * 2 + [("unpublished", 1, 1)]
    assert crawls.rows("SELECT count(*) FROM article WHERE notice <> 'baseline'") == [(0,)]


@pytest.mark.parametrize("new_numbers", [True, False] if LONG else [True])
def test_a_site_that_moved_makes_nothing_new(
    make_stand_in: MakeStandIn, crawls_of: CrawlsOf, new_numbers: bool
) -> None:
    """All addresses change, at will all numbers too, and quotes and dashes become others."""
    site = make_stand_in(articles=few(9))
    crawls, control = crawls_of(site), site.control
    crawls.run()
    before = crawls.rows("SELECT id, title, baseline, notice FROM article ORDER BY id")
    texts = {record.nid: record for record in site.articles()}
    for nid, record in texts.items():
        html = record.item.write().html.replace("«", "“").replace("»", "”").replace(" – ", " — ")
        control.edit(nid, html=html)
    moved = control.migrate(new_numbers=new_numbers)
    assert len(moved) == len(texts)

    for _ in range(2):
        visit_all(crawls)
        after = crawls.rows("SELECT id, title, baseline, notice FROM article ORDER BY id")
        assert after == before
        assert crawls.rows("SELECT count(*) FROM quarantine") == [(0,)]
        assert crawls.rows("SELECT count(*) FROM article WHERE withdrawn IS NOT NULL") == [(0,)]
        assert crawls.rows("SELECT count(*) FROM revision WHERE number > 1 AND NOT cosmetic") == [
            (0,)
        ]
    forms = {(url, record.title) for record in site.articles() for url in record.urls}
    assert set(crawls.rows("SELECT url, title FROM article")) <= forms
    assert crawls.rows("SELECT count(*) > 9 FROM alias") == [(1,)]


def test_a_crawl_into_postgresql_that_is_killed_once(
    small_site: StandIn, crawls_of: CrawlsOf, postgresql_url: str, tmp_path: Path
) -> None:
    crawls, control = crawls_of(small_site, postgresql_url), small_site.control
    crawls.rows("SELECT 1")  # the tables are made
    first = crawls.start()
    while len(crawls.rows("SELECT id FROM article")) < 3:
        assert first.poll() is None
        time.sleep(0.05)
    first.kill()
    first.communicate()
    crawls.change("UPDATE host SET lease_until = '2020-01-01'")  # a minute and a half later
    assert crawls.run().code == 0

    known = states(crawls)
    published = {str(record.nid) for record in small_site.articles()}
    assert set(known) == published
    whole = "SELECT count(*) FROM revision JOIN assessment USING (article_id) JOIN search USING"
    assert crawls.rows(f"{whole} (article_id)") == [(len(published),)]
    assert crawls.rows("SELECT outcome FROM crawl ORDER BY id") == [("interrupted",), ("finished",)]

    edited, deleted = sorted(known, key=int)[-2:]
    new = control.publish("Новость о связи", text="Текст новой статьи о связи. " * 9)
    control.edit(int(edited), title="Исправленный заголовок")
    control.withdraw(int(deleted))
    visit_all(crawls)
    visit_all(crawls)

    changed = {edited: (2, None), deleted: (1, "deleted"), str(new["nid"]): (1, None)}
    assert states(crawls) == known | changed
    assert not list(tmp_path.glob("*.db"))

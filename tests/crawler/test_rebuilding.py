"""What is derived can be derived anew from the archive; the history stays what it was."""

from __future__ import annotations

import urllib.request
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from crawler import rebuilding
from crawler.rebuilding import Rebuilt
from crawler.source import Source, load
from demo.site import StandIn
from storage import archive, items, labels, redaction
from storage.database import writing
from storage.rereading import Selection
from tests.crawler.conftest import few
from tests.fixtures.monitor import Monitor, MonitorOf
from tests.fixtures.stand_in import MakeStandIn

EVERYTHING = [
    f"SELECT {columns} ORDER BY 1, 2, 3"
    for columns in (
        """article_id, number, seen_at, digest, fingerprint, cosmetic, reverts, url, title, text,
        html, published_on, published_at, modified, images, files, layout, provenance
        FROM revision""",
        """id, title, language, published_at, dated_at, revision, flagged, score, notice,
        announced_at, story_id, first_seen_at, last_seen_at FROM article""",
        "article_id, title_keys, text_keys FROM search",
        "article_id, revision, flagged, score, data FROM assessment",
        "article_id, kind, code, name FROM party",
    )
]


@pytest.fixture
def monitor(make_stand_in: MakeStandIn, monitor_of: MonitorOf) -> Monitor:
    """Six articles; the oldest was edited, and once more only in its comma."""
    site: StandIn = make_stand_in(articles=few(6))
    found = monitor_of(site)
    found.crawl()
    first = site.articles()[0]
    for words in (first.text + " Дополнено абзацем.", first.text + " Дополнено, абзацем."):
        found.control.edit(first.nid, text=words)
        found.control.clear_caches()
        found.visit()
    assert (3,) in found.rows("SELECT revision FROM article")
    return found


def source_of(monitor: Monitor) -> dict[str, Source]:
    return {"mpt": load(monitor.source_file)}


def reextract(monitor: Monitor, *, write: bool, **wanted: Any) -> list[Rebuilt]:
    known = source_of(monitor)
    return list(rebuilding.reextract(monitor.engine, known, Selection(**wanted), write=write))


def state(monitor: Monitor) -> list[list[tuple[Any, ...]]]:
    return [monitor.rows(query) for query in EVERYTHING]


def change(monitor: Monitor, *statements: str) -> None:
    with monitor.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_nothing_changes_while_the_rules_stay(monitor: Monitor) -> None:
    before = state(monitor)
    found = reextract(monitor, write=True)
    assert {one.became for one in found} == {"same"}
    assert len(found) == 8
    assert state(monitor) == before
    assert monitor.rows("SELECT count(*) FROM revision WHERE reread_at IS NOT NULL") == [(0,)]


def test_what_older_rules_read_wrongly_is_shown_then_mended(monitor: Monitor) -> None:
    right = state(monitor)
    requests = len(monitor.control.stats().visits)
    change(
        monitor,
        "UPDATE revision SET title = 'Меню', text = 'Шапка сайта. ' || text, digest = number,"
        " published_at = NULL, published_on = NULL, cosmetic = false",
        "UPDATE article SET title = 'Меню', published_on = NULL, dated_at = first_seen_at",
        "DELETE FROM search",
    )
    wrong = state(monitor)

    shown = reextract(monitor, write=False)

    assert state(monitor) == wrong
    assert [one.became for one in shown] == ["changed"] * 8
    assert {each.field for one in shown for each in one.differences} == {
        "title", "published", "text",
    }  # fmt: skip
    assert {each.before for one in shown for each in one.differences if each.field == "title"} == {
        "Меню"
    }

    assert reextract(monitor, write=True) == shown
    assert state(monitor) == right
    assert {one.became for one in reextract(monitor, write=False)} == {"same"}
    assert monitor.rows("SELECT count(*) FROM revision WHERE reread_at IS NULL") == [(0,)]
    assert len(monitor.control.stats().visits) == requests
    with writing(monitor.engine) as session:
        assert items.announce(session, datetime.now(UTC)) == []

    monitor.control.clear_caches()
    monitor.visit()
    assert state(monitor)[0] == right[0]  # the next visit finds nothing edited


def test_it_keeps_to_what_is_wanted(monitor: Monitor) -> None:
    change(monitor, "UPDATE revision SET title = 'Меню', digest = number")
    ids = [one[0] for one in monitor.rows("SELECT id FROM article ORDER BY id")]
    assert {one.article_id for one in reextract(monitor, write=True, article_id=ids[-1])} == {
        ids[-1]
    }
    mended = "SELECT DISTINCT article_id FROM revision WHERE title <> 'Меню'"
    assert monitor.rows(mended) == [(ids[-1],)]
    assert reextract(monitor, write=True, since=datetime(2099, 1, 1, tzinfo=UTC).date()) == []


def test_a_page_that_is_not_read_as_the_article_any_more_leaves_it_alone(monitor: Monitor) -> None:
    before = state(monitor)
    stricter = load(monitor.source_file)
    file = monitor.source_file.with_name("narrow.toml")
    rules = monitor.source_file.read_text("utf-8")
    file.write_text(rules.replace("print_pages = [", 'print_pages = ["^/", ', 1), "utf-8")
    assert load(file) != stricter
    known = {"mpt": load(file)}
    found = list(rebuilding.reextract(monitor.engine, known, Selection(), write=True))
    assert {(one.became, one.reason) for one in found} == {("kept", "the print view of a page")}
    assert state(monitor) == before


def test_a_pruned_page_is_replaced_by_a_later_one_that_showed_the_same(monitor: Monitor) -> None:
    monitor.control.clear_caches()
    monitor.visit()
    right = state(monitor)
    change(
        monitor,
        "UPDATE response SET body_digest = NULL WHERE id IN (SELECT response.id FROM response"
        " JOIN revision ON revision.url = response.url AND revision.seen_at = response.fetched_at)",
        "UPDATE revision SET title = 'Меню', digest = number",
    )
    found = [one.became for one in reextract(monitor, write=True)]
    assert found.count("changed") >= 1
    assert found.count("no page") >= 2  # nobody saw the first two of the edited one again
    titles = [row[8] for row in right[0]]
    after = [row[8] for row in state(monitor)[0]]
    assert all(new in (old, "Меню") for old, new in zip(titles, after, strict=True))


def test_an_article_that_was_refused_is_found_late(monitor: Monitor) -> None:
    record = monitor.control.publish(
        "Статья, которую не узнали", text="О связи. " * 40, promoted=False
    )
    url = f"{monitor.site.url}{record['path']}"
    with urllib.request.urlopen(url) as answer:  # its address is on loopback
        body, headers = answer.read(), list(answer.headers.items())
    with writing(monitor.engine) as session:
        archive.keep(
            session, "mpt", url, at=datetime.now(UTC), status=200, headers=headers, body=body
        )
    (found,) = [one for one in reextract(monitor, write=False) if one.became == "found"]
    assert (found.article_id, found.title) == (None, "Статья, которую не узнали")
    assert monitor.rows("SELECT count(*) FROM article") == [(6,)]
    reextract(monitor, write=True)
    assert monitor.rows("SELECT count(*) FROM article") == [(7,)]
    with writing(monitor.engine) as session:
        assert items.announce(session, datetime.now(UTC)) == []
    monitor.visit()
    assert monitor.rows("SELECT count(*) FROM revision") == [(9,)]


def test_a_redacted_article_stays_redacted(monitor: Monitor) -> None:
    article_id = monitor.rows("SELECT max(id) FROM article")[0][0]
    redaction.redact(monitor.engine, article_id, "по просьбе", datetime.now(UTC))
    found = reextract(monitor, write=True)
    assert article_id not in {one.article_id for one in found}
    assert "found" not in {one.became for one in found}
    assert monitor.rows(f"SELECT text FROM revision WHERE article_id = {article_id}") == [("",)]
    known = source_of(monitor)
    judged = rebuilding.reassess(monitor.engine, known, Selection(), write=True)
    assert article_id not in {one.article_id for one in judged}


def test_the_detector_is_asked_anew_and_announces_nothing(
    make_stand_in: MakeStandIn, monitor_of: MonitorOf
) -> None:
    site = make_stand_in()
    monitor = monitor_of(site)
    path = "/kurskaya-delegaciya-posetila-s-rabochim-vizitom-respubliku-belarus"
    monitor.crawl(url=f"{site.url}{path}")
    plain = next(record for record in site.articles() if len(record.text) > 200)
    monitor.crawl(url=plain.url)
    right = state(monitor)[3:]
    change(
        monitor,
        "UPDATE assessment SET flagged = false, score = 0, version = '0',"
        ' data = \'{"cooperation": false, "score": 0.0, "version": "0"}\'',
        "UPDATE article SET flagged = false, score = 0, notice = NULL, story_id = NULL",
        "DELETE FROM party",
    )
    with writing(monitor.engine) as session:
        labels.label(session, 2, "relevant", datetime.now(UTC), "")
    known = source_of(monitor)

    shown = list(rebuilding.reassess(monitor.engine, known, Selection(), write=False))
    assert monitor.rows("SELECT flagged FROM article ORDER BY id") == [(0,), (1,)]
    item = shown[0]
    assert {"item", "score", "countries", "regions", "evidence"} <= {
        each.field for each in item.differences
    }

    assert list(rebuilding.reassess(monitor.engine, known, Selection(), write=True)) == shown
    assert state(monitor)[3] == right[0]
    assert monitor.rows("SELECT flagged FROM article ORDER BY id") == [(1,), (1,)]
    assert monitor.rows("SELECT notice FROM article WHERE id = 1") == [("found_late",)]
    with writing(monitor.engine) as session:
        assert items.announce(session, datetime.now(UTC)) == []
    again = rebuilding.reassess(monitor.engine, known, Selection(), write=False)
    assert {one.became for one in again} == {"same"}

"""Redaction: the text is nowhere any more, and no later visit brings it back."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from storage import archive, articles, finding, items, pages, redaction, sources
from storage.database import StorageError, connect, reading, writing
from storage.items import NoSuchArticle
from storage.query import parse
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, LIFTS_TITLE, PLAIN, article, flag, lifts, put

SECRET = "Заречной области закажут сорок лифтов"
FEED = "https://mpt.example/rss.xml"


@pytest.fixture
def redacted(engine: Engine) -> Engine:
    """Article 1 in two revisions, with quarantine, archive and feed, redacted; article 2 whole."""
    put(engine, lifts(1), flag())
    put(engine, lifts(1, text=LIFTS + " Дополнено."), flag(), days=1)
    other = lifts(1, title="Иное совсем", text="Под тем же номером тайна.", published=None)
    put(engine, other, days=1)
    put(engine, article(2))
    description = html.escape(f"<p>{LIFTS}</p>").replace(" ", "&nbsp;", 1)
    bodies = {
        lifts(1).url: f"<h1>{LIFTS_TITLE}</h1><p>{LIFTS}</p>",
        FEED: f"<item><description>{html.escape(description)}</description></item>",
        article(2).url: f"<p>{article(2).text}</p>",
    }
    with writing(engine) as session:
        for url, body in bodies.items():
            archive.keep(session, "mpt", url, at=NOW, status=200, headers=[], body=body.encode())
            article_id = None if url == FEED else 1 + (url == article(2).url)
            pages.visited(session, "mpt", url, at=NOW, status=200, article_id=article_id)
    redaction.redact(engine, 1, "по просьбе гражданина", NOW)
    return engine


def test_a_tombstone_is_left(redacted: Engine) -> None:
    with reading(redacted) as session:
        seen = items.article(session, 1)
        assert items.items(session) == []
        assert items.changes(session, NOW)[-1].article_id == 2
        assert [page.url for page in pages.due(session, "mpt", NOW.replace(year=2030), 9)] == [
            article(2).url
        ]
    assert (seen.redacted_at, seen.redacted_because) == (NOW, "по просьбе гражданина")
    assert (seen.title, seen.assessment) == ("", None)
    assert [one.text for one in seen.revisions] == ["", ""]
    assert seen.aliases == (lifts(1).url,)


def test_the_text_is_in_no_table(redacted: Engine) -> None:
    with reading(redacted) as session:
        tables = inspect(session.connection()).get_table_names()
        rows = "".join(
            str(session.execute(text(f"SELECT * FROM {table}")).all())
            for table in tables
            if not table.startswith("search_index")
        )
    assert "закажут" not in rows
    assert "тайна" not in rows
    assert "Ветров" not in rows
    assert article(2).title in rows


def test_the_text_is_found_by_no_search_and_in_no_archive(redacted: Engine) -> None:
    with reading(redacted) as session:
        assert finding.find(session, parse("лифт")).found == []
        assert len(finding.find(session, parse("почта")).found) == 1
        left = {one.url: one.body for one in archive.responses(session, "mpt")}
    assert left[lifts(1).url] is None
    assert left[FEED] is None
    assert article(2).text.encode() in (left[article(2).url] or b"")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"text": LIFTS + " Ещё раз."},
        {"site_id": None},
        {"url": "https://mpt.example/node/1", "canonical_url": "https://mpt.example/node/1"},
        {
            "site_id": "99",
            "url": "https://new.example/x",
            "canonical_url": "https://new.example/x",
            "text": LIFTS + " Дополнено.",
        },
    ],
)
def test_a_later_visit_does_not_bring_it_back(redacted: Engine, changes: dict[str, str]) -> None:
    sample = lifts(1, **changes)
    with writing(redacted) as session:
        archive.keep(
            session, "mpt", sample.url, at=NOW, status=200, headers=[], body=LIFTS.encode()
        )
        stored = articles.store(session, "mpt", sample, flag(), seen_at=NOW, baseline=False)
        articles.reassess(session, 1, flag(), at=NOW)
        assert articles.gone(session, "mpt", sample.url, "deleted", NOW) is None
    assert (stored.article_id, stored.change, stored.notice) == (1, "unchanged", None)
    test_the_text_is_in_no_table(redacted)
    test_the_text_is_found_by_no_search_and_in_no_archive(redacted)


def test_a_merged_record_is_redacted_as_well(engine: Engine) -> None:
    slug, node = "https://mpt.example/slug", "https://mpt.example/node/7"
    short = {"text": "Тайна.", "title": "Заголовок из пяти слов всего"}
    put(engine, article(7, site_id=None, url=slug, canonical_url=slug, **short))
    put(engine, article(7, url=node, canonical_url=node, **short))
    put(engine, article(7, url=slug, canonical_url=slug, **short))
    redaction.redact(engine, 1, "причина", NOW)
    with reading(engine) as session:
        texts = session.execute(text("SELECT title, text FROM revision")).all()
    assert set(map(tuple, texts)) == {("", "")}


def test_the_bytes_are_gone_from_the_file(sqlite_url: str, tmp_path: Path) -> None:

    engine = connect(sqlite_url)
    with writing(engine) as session:
        sources.ensure(session, "mpt", "x")
    for number in range(2, 30):
        put(engine, article(number), PLAIN)
    put(engine, lifts(1), flag())
    redaction.redact(engine, 29, "причина", NOW)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("coopwatch.db*"))
    assert SECRET.encode() not in stored
    assert article(5).title.encode() in stored
    engine.dispose()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(engine: Engine, reason: str) -> None:
    put(engine, article())
    with pytest.raises(StorageError, match="needs a reason"):
        redaction.redact(engine, 1, reason, NOW)


def test_an_article_that_does_not_exist(engine: Engine) -> None:
    with pytest.raises(NoSuchArticle, match="no article 5"):
        redaction.redact(engine, 5, "причина", NOW)

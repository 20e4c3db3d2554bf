"""Stories in the database: what an item is compared with, and what becomes of real archives."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import Engine, select, text

import cooperation
from cooperation.assessment import Parties
from demo.articles import shipped
from storage import articles, labels, sources
from storage.article import Article
from storage.database import connect, reading, writing
from storage.stories import SAME_STORY_WITHIN, candidates_of
from storage.tables import ArticleRow
from tests.storage.conftest import NOW
from tests.storage.samples import article, flag, put

KURSK = flag()
CHINA = flag(parties=Parties(("BY", "CN")))
MANY = 60


def test_an_item_is_compared_with_its_neighbours_only(engine: Engine) -> None:
    with writing(engine) as session:
        for number in range(1, MANY + 1):
            near = article(number, published=NOW)
            articles.store(session, "mpt", near, KURSK, seen_at=NOW, baseline=False)
    put(engine, article(200, published=NOW), CHINA)
    put(engine, article(201, published=NOW - SAME_STORY_WITHIN - timedelta(days=1)), KURSK)
    put(engine, article(202, published=NOW))
    last = put(engine, article(300, published=NOW), KURSK).article_id
    with reading(engine) as session:
        query = candidates_of(session.get_one(ArticleRow, last), KURSK)
        found = session.scalars(query).all()
        none_of_china = candidates_of(session.get_one(ArticleRow, last), CHINA)
        assert [one.site_id for one in session.scalars(none_of_china)] == ["200"]
    assert len(found) == 50  # the most that are ever compared
    assert {one.site_id for one in found} <= {str(number) for number in range(1, MANY + 1)}


def test_candidates_come_from_indexes(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    row = ArticleRow(id=1, dated_at=NOW)
    query = candidates_of(row, KURSK).compile(engine, compile_kwargs={"literal_binds": True})
    with reading(engine) as session:
        plan = [step.detail for step in session.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    engine.dispose()
    assert any("ix_article_dated_at_id" in step for step in plan)
    assert not any(step.startswith(("SCAN article", "SCAN party")) for step in plan), plan


def test_nothing_follows_what_its_reader_called_irrelevant(engine: Engine) -> None:
    texts = ["Губернаторы встретились в школе.", "Завод отгрузил 4120 кабин.", "Хор дал концерт."]
    first, second, third = (
        article(number, title=text, text=text, published=NOW - timedelta(days=9 - number))
        for number, text in enumerate(texts, 1)
    )
    put(engine, first, KURSK)
    second_id = put(engine, second, KURSK)
    assert second_id.notice == "follow_up"
    with writing(engine) as session:
        for article_id in (1, second_id.article_id):
            labels.label(session, article_id, "irrelevant", NOW)
    assert put(engine, third, KURSK).notice == "new"


def test_the_stand_ins_archive_holds_no_two_acts_in_one_story(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    published = [one for one in shipped() if one.kind == "news" and one.status == "published"]
    sets = {str(one.nid): one.translation_set or one.nid for one in published}
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        for one in sorted(published, key=lambda one: one.created):
            found = cooperation.assess(one.title, one.text, language=one.language)
            if found.cooperation:
                url = f"https://mpt.example/{one.nid}"
                read = Article(
                    url=url, canonical_url=url, title=one.title, text=one.text,
                    site_id=str(one.nid), language=one.language, published=one.created,
                    layout="drupal7",
                )  # fmt: skip
                articles.store(session, "mpt", read, found, seen_at=one.created, baseline=True)
    stories: dict[int | None, set[int]] = defaultdict(set)
    by_set: dict[int, set[int | None]] = defaultdict(set)
    with reading(engine) as session:
        for row in session.scalars(select(ArticleRow)):
            stories[row.story_id].add(sets[str(row.site_id)])
            by_set[sets[str(row.site_id)]].add(row.story_id)
    engine.dispose()
    assert len(stories) > 30
    assert all(len(acts) == 1 for acts in stories.values()), stories
    assert all(len(found_in) == 1 for found_in in by_set.values()), by_set

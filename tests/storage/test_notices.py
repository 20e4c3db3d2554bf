"""New means new: what a flagged article is to its reader, and that he is told once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from cooperation.assessment import Parties
from storage import articles, items, sources
from storage.database import reading, writing
from storage.items import ArticleView
from tests.storage.conftest import NOW
from tests.storage.samples import LIFTS, LIFTS_TITLE, PLAIN, article, flag, lifts, put

REPRINT = {
    "title": LIFTS_TITLE + ": репортаж",
    "text": LIFTS.replace("Об этом договорились", "Договорились об этом"),
}
VISIT: dict[str, Any] = {
    "title": "Делегация Заречной области обсудит в Нагорске школьные обмены",
    "text": "Двадцать учителей приедут на стажировку в марте следующего года. Программу составили "
    "педагоги двух университетов, занятия пройдут в новых лабораториях и библиотеке.",
}


def day(before: float) -> date:
    return (NOW - timedelta(days=before)).date()


def view(engine: Engine, article_id: int) -> ArticleView:
    with reading(engine) as session:
        return items.article(session, article_id)


def test_the_first_article_of_a_story_is_new(engine: Engine) -> None:
    assert put(engine, lifts(), flag()).notice == "new"
    assert put(engine, article()).notice is None
    seen = view(engine, 1)
    assert (seen.notice, seen.noticed_at) == ("new", NOW)


def test_the_same_again_is_no_news(engine: Engine) -> None:
    put(engine, lifts(), flag())
    assert put(engine, lifts(), flag(), days=1).notice is None
    assert put(engine, lifts(text=LIFTS + " Дополнено."), flag(), days=2).notice is None


def test_a_reprint_is_the_same_story(engine: Engine) -> None:
    first = put(engine, lifts(), flag())
    second = put(engine, lifts(101, **REPRINT), flag())
    assert second.notice == "same_story"
    story = view(engine, second.article_id).story
    assert story is not None
    assert [one.id for one in story.others] == [first.article_id]


def test_a_reprint_in_another_source_is_the_same_story(engine: Engine) -> None:
    with writing(engine) as session:
        sources.ensure(session, "other", "Другой")
        sources.baseline_done(session, "other", NOW)
    put(engine, lifts(), flag())
    assert put(engine, lifts(1), flag(), source="other").notice == "same_story"


def test_another_act_of_the_same_parties_follows(engine: Engine) -> None:
    first = put(engine, lifts(published=day(10)), flag())
    second = put(engine, article(2, **VISIT), flag(), days=1)
    assert second.notice == "follow_up"
    story = view(engine, second.article_id).story
    assert story is not None
    assert [one.id for one in story.follows] == [first.article_id]
    before = view(engine, first.article_id).story
    assert before is not None
    assert [one.id for one in before.followed_by] == [second.article_id]


@pytest.mark.parametrize(
    "parties",
    [
        Parties(countries=("BY", "RU"), regions=("BY-MA", "RU-SMO"), organizations=("Подъём",)),
        Parties(countries=("BY", "RU", "KZ"), regions=("BY-MA", "RU-KRS")),
        Parties(countries=("BY", "RU"), regions=("BY-MA", "RU-KRS"), organizations=("Иное",)),
    ],
)
def test_other_parties_have_a_story_of_their_own(engine: Engine, parties: Parties) -> None:
    put(engine, lifts(published=day(10)), flag())
    assert put(engine, article(2, **VISIT), flag(parties=parties)).notice == "new"


@pytest.mark.parametrize(("age", "notice"), [(14, "new"), (15, "found_late"), (-1, "new")])
def test_the_alert_window(engine: Engine, age: int, notice: str) -> None:
    assert put(engine, lifts(published=day(age)), flag()).notice == notice


def test_an_undated_one_counts_from_its_first_sight(engine: Engine) -> None:
    assert put(engine, lifts(published=None), flag()).notice == "new"


def test_an_undated_one_of_the_baseline_is_never_new(engine: Engine) -> None:
    put(engine, lifts(published=None), PLAIN, baseline=True)
    text = LIFTS + " Дополнено."
    assert put(engine, lifts(published=None, text=text), flag(), days=1).notice == "found_late"


@pytest.mark.parametrize(("days", "notice"), [(10, "new"), (20, "found_late")])
def test_an_edit_makes_an_item_once(engine: Engine, days: int, notice: str) -> None:
    put(engine, lifts(text="Коротко."))
    assert put(engine, lifts(), flag(), days=days).notice == notice
    assert put(engine, lifts(text=LIFTS + " Иначе."), PLAIN, days=days + 1).notice is None
    with reading(engine) as session:
        assert items.items(session) == []
    assert put(engine, lifts(text=LIFTS + " Снова."), flag(), days=days + 2).notice is None
    assert view(engine, 1).notice == notice


def test_a_fixed_comma_or_an_edit_taken_back_raises_no_alarm(engine: Engine) -> None:
    put(engine, lifts(), PLAIN)
    assert put(engine, lifts(text=LIFTS + "!"), flag(), days=1).notice == "found_late"
    put(engine, article(2, **VISIT), PLAIN)
    put(engine, article(2), PLAIN, days=1)
    back = put(engine, article(2, **VISIT), flag(parties=Parties(("BY", "CN"))), days=2)
    assert (back.change, back.notice) == ("reverted", "found_late")


def test_nothing_before_the_end_of_a_baseline_is_new(empty: Engine) -> None:
    engine = empty
    with writing(engine) as session:
        sources.ensure(session, "mpt", "Минсвязи")
        interrupted = sources.start_crawl(session, "mpt", "baseline", NOW)
    assert put(engine, lifts(), flag()).notice == "baseline"
    with writing(engine) as session:
        assert sources.start_crawl(session, "mpt", "baseline", NOW) != interrupted
    other = flag(parties=Parties(("BY", "CN")))
    assert put(engine, article(2, **VISIT), other).notice == "baseline"
    assert put(engine, lifts(text=LIFTS + " Дополнено."), flag(), days=1).notice is None
    with writing(engine) as session:
        sources.baseline_done(session, "mpt", NOW)
    assert put(engine, lifts(3, **REPRINT), flag(), days=1).notice == "same_story"
    third = flag(parties=Parties(("BY", "KZ")))
    assert put(engine, article(4), third, days=1).notice == "new"


def test_a_backfill_announces_nothing(engine: Engine) -> None:
    assert put(engine, lifts(), flag(), baseline=True).notice == "baseline"


def test_a_reassessment_announces_nothing(engine: Engine) -> None:
    put(engine, lifts(), PLAIN)
    with writing(engine) as session:
        articles.reassess(session, 1, flag(version="2"), at=NOW)
    seen = view(engine, 1)
    assert seen.notice == "found_late"
    assert seen.assessment == flag(version="2")
    with writing(engine) as session:
        articles.reassess(session, 1, PLAIN, at=NOW)
    with reading(engine) as session:
        assert items.items(session) == []

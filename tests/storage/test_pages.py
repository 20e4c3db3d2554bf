"""Pages: validators, and when the next visit is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from storage import articles, items, pages
from storage.database import reading, writing
from storage.pages import PageState, interval
from tests.storage.conftest import NOW
from tests.storage.samples import article, put

URL = article().url
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def visit(engine: Engine, days: float = 0, url: str = URL, **facts: object) -> PageState:
    with writing(engine) as session:
        pages.visited(
            session,
            "mpt",
            url,
            at=NOW + days * DAY,
            **{"status": 200, "article_id": 1, **facts},  # type: ignore[arg-type]  # test shorthand
        )
        return pages.known(session, "mpt", [url])[url]


def wait(state: PageState) -> timedelta:
    assert state.next_visit is not None
    return state.next_visit - state.fetched_at


def due(engine: Engine, days: float) -> list[str]:
    with reading(engine) as session:
        return [page.url for page in pages.due(session, "mpt", NOW + days * DAY, 10)]


def test_validators_of_a_200_are_kept_exactly_and_only_these(engine: Engine) -> None:
    put(engine, article())
    state = visit(engine, etag='"17-1"', last_modified="Thu, 19 Nov 2026 09:00:00 GMT")
    for status in (304, 503, 404, 403):
        state = visit(engine, 1, status=status, etag='"error"', last_modified="never")
        assert (state.status, state.etag) == (status, '"17-1"')
        assert state.last_modified == "Thu, 19 Nov 2026 09:00:00 GMT"
        assert state.read_at == NOW
    state = visit(engine, 2)
    assert (state.etag, state.last_modified) == (None, None)
    assert state.visits == 6


def test_only_visited_urls_are_known(engine: Engine) -> None:
    visit(engine, article_id=None)
    with reading(engine) as session:
        urls = [f"https://mpt.example/{number}" for number in range(1200)]
        assert list(pages.known(session, "mpt", [*urls, URL])) == [URL]
        assert pages.known(session, "mpt", []) == {}


def test_a_page_without_an_article_is_never_due(engine: Engine) -> None:
    assert visit(engine, article_id=None).next_visit is None


@pytest.mark.parametrize(
    ("age", "shortest", "longest"),
    [
        (0.5, 0.2, 0.3),
        (4, 0.8, 1.2),
        (20, 2.5, 3.5),
        (80, 8.5, 11.5),
        (200, 25, 35),
        (900, 150, 210),
    ],
)
def test_young_articles_are_visited_often_and_old_ones_rarely(
    engine: Engine, age: float, shortest: float, longest: float
) -> None:
    put(engine, article(published=NOW - age * DAY))
    assert shortest * DAY < wait(visit(engine)) < longest * DAY


def test_a_change_makes_an_article_young_again(engine: Engine) -> None:
    put(engine, article(published=date(2020, 1, 1)))
    assert wait(visit(engine, changed=False)) > 90 * DAY
    assert wait(visit(engine, 100, changed=True)) < DAY
    assert wait(visit(engine, 110)) < 4 * DAY
    assert wait(visit(engine, 1000)) > 90 * DAY


def test_changes_shorten_the_interval_within_bounds() -> None:
    waits = [interval(50 * DAY, changes, 50 * DAY) for changes in range(6)]
    assert waits[0] == waits[1] == 2 * waits[2] == 4 * waits[3]
    assert waits[3] == waits[4] == waits[5]
    assert interval(timedelta(), 9, timedelta()) >= timedelta(hours=3)


def test_a_page_that_is_gone_is_looked_at_soon_and_a_withdrawn_one_rarely(engine: Engine) -> None:
    put(engine, article())
    visit(engine)
    for days, expected in ((1, timedelta(hours=2)), (2, 40 * DAY)):
        with writing(engine) as session:
            articles.gone(session, "mpt", URL, "deleted", NOW + days * DAY)
        assert wait(visit(engine, days, status=404, article_id=None)) < expected
    assert wait(visit(engine, 3, status=404, article_id=None)) > 20 * DAY


def test_failures_wait_longer_each_time_and_a_success_forgives(engine: Engine) -> None:
    put(engine, article())
    waits = [wait(visit(engine, number, status=503)) for number in range(7)]
    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert waits[-1] < 1.2 * DAY
    assert visit(engine, 8).failures == 0


def test_the_longest_overdue_come_first(engine: Engine) -> None:
    for number, days in ((1, 1), (2, 0)):
        put(engine, article(number))
        visit(engine, days, article(number).url, article_id=number)
    assert due(engine, 0.1) == []
    assert due(engine, 3) == [article(2).url, article(1).url]
    with reading(engine) as session:
        assert len(pages.due(session, "mpt", NOW + 3 * DAY, 1)) == 1
        assert pages.due(session, "other", NOW + 3 * DAY, 1) == []


def test_of_several_addresses_one_is_visited_again(engine: Engine) -> None:
    put(engine, article())
    visit(engine)
    node = "https://mpt.example/node/1"
    visit(engine, 0.01, node)
    assert due(engine, 3) == [node]


def test_a_304_says_that_a_lost_article_is_back(engine: Engine) -> None:
    put(engine, article())
    visit(engine, etag='"17-1"')
    for days in (1, 2):
        with writing(engine) as session:
            articles.gone(session, "mpt", URL, "unpublished", NOW + days * DAY)
    visit(engine, 3, status=304, article_id=None)
    with reading(engine) as session:
        assert items.article(session, 1).withdrawn is None


@pytest.mark.parametrize(("every", "share"), [(HOUR / 4, 0.25), (HOUR, 1), (HOUR * 6, 1)])
def test_a_source_polled_more_often_has_shorter_waits(
    engine: Engine, every: timedelta, share: float
) -> None:
    put(engine, article())
    usual = wait(visit(engine))
    assert wait(visit(engine, every=every)) == pytest.approx(
        usual * share, abs=timedelta(seconds=1)
    )

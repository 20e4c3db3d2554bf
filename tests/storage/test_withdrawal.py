"""Withdrawal: suspected, confirmed at a second visit, ended by a return."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Engine

from storage import articles, items
from storage.database import reading, writing
from storage.items import ArticleView
from tests.storage.conftest import NOW
from tests.storage.samples import article, put

URL = article().url


def gone(
    engine: Engine, days: float, kind: Literal["deleted", "unpublished"] = "deleted", url: str = URL
) -> str | None:
    with writing(engine) as session:
        return articles.gone(session, "mpt", url, kind, NOW + timedelta(days=days))


def view(engine: Engine) -> ArticleView:
    with reading(engine) as session:
        return items.article(session, 1)


def what_changed(engine: Engine, since: datetime = NOW) -> list[str]:
    with reading(engine) as session:
        return [change.what for change in items.changes(session, since)]


def test_a_second_visit_confirms(engine: Engine) -> None:
    put(engine, article())
    assert gone(engine, 1) == "suspected"
    assert view(engine).withdrawn is None
    assert what_changed(engine) == ["new", "suspected"]
    assert gone(engine, 2) == "withdrawn"
    assert view(engine).withdrawn == "deleted"
    assert what_changed(engine) == ["new", "withdrawn"]
    assert gone(engine, 3) is None
    assert view(engine).present.text == article().text


def test_the_kind_is_that_of_the_last_sight(engine: Engine) -> None:
    put(engine, article())
    gone(engine, 1, "unpublished")
    assert gone(engine, 2, "unpublished") == "withdrawn"
    assert view(engine).withdrawn == "unpublished"
    gone(engine, 3, "deleted")
    assert view(engine).withdrawn == "deleted"


def test_the_same_visit_told_twice_confirms_nothing(engine: Engine) -> None:
    put(engine, article())
    assert gone(engine, 1) == "suspected"
    assert gone(engine, 1) == "suspected"
    assert view(engine).withdrawn is None


def test_two_addresses_in_one_visit_confirm_nothing(engine: Engine) -> None:
    node = "https://mpt.example/node/1"
    put(engine, article())
    put(engine, article(url=node, canonical_url=node))
    assert gone(engine, 1) == "suspected"
    assert gone(engine, 1.0001, url=node) == "suspected"
    assert gone(engine, 2) == "withdrawn"


def test_a_return_is_the_same_record(engine: Engine) -> None:
    put(engine, article())
    gone(engine, 1)
    gone(engine, 2)
    stored = put(engine, article(), days=3)
    assert (stored.article_id, stored.change) == (1, "unchanged")
    seen = view(engine)
    assert seen.withdrawn is None
    assert seen.withdrawals[0].returned_at == NOW + timedelta(days=3)
    assert what_changed(engine) == ["new", "withdrawn", "returned"]
    assert gone(engine, 4) == "suspected"
    assert gone(engine, 5) == "withdrawn"
    assert len(view(engine).withdrawals) == 2


def test_a_false_suspicion_leaves_no_trace(engine: Engine) -> None:
    put(engine, article())
    gone(engine, 1)
    put(engine, article(), days=1.5)
    assert view(engine).withdrawals == ()
    assert gone(engine, 2) == "suspected"


def test_a_dead_address_of_a_living_article_withdraws_nothing(engine: Engine) -> None:
    renamed = "https://mpt.example/ru/renamed"
    put(engine, article())
    put(engine, article(url=renamed, canonical_url=renamed), days=1)
    assert gone(engine, 2) is None
    assert gone(engine, 3) is None
    assert view(engine).withdrawn is None
    assert view(engine).url == renamed


def test_an_unknown_address_is_nobodys(engine: Engine) -> None:
    assert gone(engine, 1, url="https://mpt.example/never") is None

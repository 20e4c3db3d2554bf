"""Answers to a query: pages of what was found, how many there are, and what they are made of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Row,
    Select,
    cast,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from cooperation.language import detect
from storage import query_index
from storage.items import Item, of_rows
from storage.query import Query
from storage.query_sql import condition, shown
from storage.query_terms import Node
from storage.quoting import Quote, quote
from storage.search import snippet
from storage.tables import PRESENT, ArticleRow, KindRow, PartyRow, RevisionRow, SearchRow
from storage.times import day_of

Order = Literal["newest", "rank"]
Cursor = tuple[datetime, int]

# Counting on would cost more than anybody learns from it.
COUNTED = 10_000
# Ranking and facets look at the newest of what was found: their cost must not grow with the years.
RANKED = 1_000
FACETED = 5_000
_EXPORTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found, with its facts (none unless it is an item) and a passage.

    ``marks`` are (start, end) of the words that were looked for in ``snippet``; ``quote`` is the
    sentence that carries the flag, with its words marked.
    """

    item: Item
    flagged: bool
    text: str
    quote: Quote
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found; ``next`` is where the next page begins, None after the last."""

    found: list[Found]
    next: Cursor | int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found; more than ``number`` where it is not exact."""

    number: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the found fall to each value, most first; ``of`` is how many were looked at."""

    of: int
    values: dict[str, list[tuple[str, int]]]


def find(
    session: Session,
    query: Query,
    *,
    limit: int = 50,
    after: Cursor | int | None = None,
    order: Order = "newest",
    only: Sequence[ColumnElement[bool]] = (),
) -> Page:
    """A page of what the query asks for, newest first, or those with its words in the title first.

    ``after`` is `Page.next` of the page before. ``only`` narrows further. By rank at most RANKED
    articles are found, the newest ones.
    """
    if order == "rank":
        offset = after if isinstance(after, int) else 0
        ranked = _ranked(session, query, only)
        ids = ranked[offset : offset + limit]
        next_: Cursor | int | None = offset + limit if len(ranked) > offset + limit else None
    else:
        cursor = after if isinstance(after, tuple) else None
        keys = session.execute(_newest(session, query, only, limit + 1, cursor)).all()
        ids = [key.id for key in keys[:limit]]
        next_ = (keys[limit - 1].dated_at, keys[limit - 1].id) if len(keys) > limit else None
    return Page(_described(session, query.root, ids), next_)


def every(
    session: Session, query: Query, only: Sequence[ColumnElement[bool]] = ()
) -> Iterator[Found]:
    """All that the query asks for, newest first, read page by page."""
    after: Cursor | int | None = None
    while True:
        page = find(session, query, limit=_EXPORTED_AT_ONCE, after=after, only=only)
        yield from page.found
        session.expunge_all()  # or the session would remember every row it has seen
        after = page.next
        if after is None:
            return


def count(session: Session, query: Query, only: Sequence[ColumnElement[bool]] = ()) -> Count:
    """How many there are, counted up to COUNTED."""
    some = _matching(session, query, only).limit(COUNTED + 1).subquery()
    number = session.scalar(select(func.count()).select_from(some)) or 0
    return Count(min(number, COUNTED), number <= COUNTED)


def facets(session: Session, query: Query, only: Sequence[ColumnElement[bool]] = ()) -> Facets:
    """What the newest FACETED of the found are made of: party, kind, stage, source, year…"""
    rows = session.execute(_newest(session, query, only, FACETED)).all()
    ids = [row.id for row in rows]
    years = Counter(str(day_of(row.dated_at).year) for row in rows)
    return Facets(
        len(ids),
        {
            "party": _tallied(session, PartyRow.code, PartyRow.article_id, ids),
            "kind": _tallied(session, KindRow.kind, KindRow.article_id, ids),
            "stage": _tallied(session, ArticleRow.stage, ArticleRow.id, ids),
            "year": sorted(years.items(), reverse=True),
            "source": _tallied(session, ArticleRow.source, ArticleRow.id, ids),
            "language": _tallied(session, ArticleRow.language, ArticleRow.id, ids),
        },
    )


def _tallied(
    session: Session, value: Any, article_id: Any, ids: list[int]
) -> list[tuple[str, int]]:
    number = func.count(article_id.distinct())
    rows = session.execute(
        select(value, number)
        .where(article_id.in_(_listed(session, ids)), value.is_not(None))
        .group_by(value)
        .order_by(number.desc(), value)
    )
    return [(str(one), count) for one, count in rows]


def _listed(session: Session, ids: list[int]) -> Select[int]:
    """Many ids as one parameter: a list of thousands of parameters is slow to build."""
    if session.get_bind().dialect.name == "sqlite":
        return select(func.json_each(json.dumps(ids)).table_valued("value").c.value)
    return select(func.unnest(cast(ids, ARRAY(Integer))))


def _matching(
    session: Session, query: Query, only: Sequence[ColumnElement[bool]]
) -> Select[int, datetime]:
    return select(ArticleRow.id, ArticleRow.dated_at).where(
        condition(session, query.root), *shown(), *only
    )


def _newest(
    session: Session,
    query: Query,
    only: Sequence[ColumnElement[bool]],
    limit: int,
    after: Cursor | None = None,
) -> Select[int, datetime]:
    found = _matching(session, query, only)
    if after is not None:
        found = found.where(tuple_(ArticleRow.dated_at, ArticleRow.id) < tuple_(*after))
    return found.order_by(ArticleRow.dated_at.desc(), ArticleRow.id.desc()).limit(limit)


def _ranked(session: Session, query: Query, only: Sequence[ColumnElement[bool]]) -> list[int]:
    """The newest RANKED: those with most of the words in their title first, items before others.

    Counted with the index alone, so that both databases rank alike.
    """
    newest = _newest(session, query, only, RANKED).add_columns(ArticleRow.flagged)
    candidates = session.execute(newest).all()
    ids = _listed(session, [one.id for one in candidates])
    titled: dict[int, int] = {}
    for term in query_index.terms_of(query.root):
        some = select(ArticleRow.id).where(
            ArticleRow.id.in_(ids), ArticleRow.id.in_(query_index.in_titles(session, term))
        )
        for article_id in session.scalars(some):
            titled[article_id] = titled.get(article_id, 0) + 1
    ranked = sorted(candidates, key=lambda one: (titled.get(one.id, 0), one.flagged), reverse=True)
    return [one.id for one in ranked]


def _described(session: Session, root: Node, ids: list[int]) -> list[Found]:
    """The articles in the order of their ids, each with a passage around the words looked for."""
    terms = query_index.terms_of(root)
    query = (
        select(ArticleRow, RevisionRow.text, SearchRow.text_keys)
        .join(RevisionRow, PRESENT)
        .outerjoin(SearchRow, SearchRow.article_id == ArticleRow.id)
        .where(ArticleRow.id.in_(ids))
    )
    rows: dict[int, Row[ArticleRow, str, str | None]] = {
        row[0].id: row for row in session.execute(query)
    }
    items = of_rows(session, [rows[one][0] for one in ids])
    found = []
    for item in items:
        row, text, keys = rows[item.id]
        passage, marks = snippet(text, item.language or detect(text), terms, keys or "")
        said = quote(text, item.evidence) if row.flagged else Quote()
        found.append(Found(item, row.flagged, text, said, passage, marks))
    return found

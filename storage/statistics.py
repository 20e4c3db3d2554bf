"""Items counted over time, by kind and by partner: what the overview shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from storage.query import Query
from storage.query_sql import condition, shown
from storage.tables import ArticleRow, KindRow, PartyRow

_HOME = "BY"


@dataclass(frozen=True, slots=True)
class Counted:
    """Items of one value in one period (a year such as 2024, or a month such as 2024-03)."""

    period: str
    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Items by kind and by partner for each year, and of all years by party code."""

    total: int
    kinds: tuple[Counted, ...]
    partners: tuple[Counted, ...]
    parties: dict[str, int]
    names: dict[str, str]


def overview(session: Session, query: Query) -> Overview:
    """Count the items among what the query asks for. A partner is a country that is not Belarus."""
    items: list[ColumnElement[bool]] = [
        condition(session, query.root),
        ArticleRow.flagged == true(),
        *shown(),
    ]
    parties: dict[str, int] = {}
    names: dict[str, str] = {}
    for code, name, number in session.execute(
        select(PartyRow.code, func.min(PartyRow.name), func.count(PartyRow.article_id.distinct()))
        .join(ArticleRow, ArticleRow.id == PartyRow.article_id)
        .where(*items, PartyRow.code.is_not(None))
        .group_by(PartyRow.code)
    ):
        if code is not None:
            parties[code], names[code] = number, name
    return Overview(
        total=session.scalar(select(func.count(ArticleRow.id)).where(*items)) or 0,
        kinds=_by_year(session, KindRow.kind, KindRow.article_id, items),
        partners=_by_year(
            session,
            PartyRow.code,
            PartyRow.article_id,
            [*items, PartyRow.kind == "country", PartyRow.code != _HOME],
        ),
        parties=parties,
        names=names,
    )


def _by_year(
    session: Session, value: Any, article_id: Any, conditions: list[ColumnElement[bool]]
) -> tuple[Counted, ...]:
    year = _year(session)
    rows = session.execute(
        select(year, value, func.count(article_id.distinct()))
        .select_from(ArticleRow)
        .join(value.class_, article_id == ArticleRow.id)
        .where(*conditions)
        .group_by(year, value)
        .order_by(year, value)
    )
    return tuple(Counted(*row) for row in rows)


def _year(session: Session) -> ColumnElement[str]:
    """The year in Minsk: an article of 1 January is stored as the evening before in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime("%Y", ArticleRow.dated_at, "+3 hours")
    return func.to_char(func.timezone("Europe/Minsk", ArticleRow.dated_at), "YYYY")

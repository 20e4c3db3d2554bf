"""What an analyst reads: items newest first, what was marked as seen, what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select, tuple_, update
from sqlalchemy.orm import Session

from cooperation.assessment import Evidence
from storage.history import Change, changes
from storage.record import ArticleView, NoSuchArticle, article
from storage.tables import (
    AmountRow,
    ArticleRow,
    AssessmentRow,
    KindRow,
    Notice,
    PartyRow,
    Withdrawn,
)
from storage.times import moment_of

__all__ = [
    "ArticleView",
    "Change",
    "Item",
    "ItemFilter",
    "Money",
    "NoSuchArticle",
    "Party",
    "announce",
    "article",
    "changes",
    "count",
    "items",
    "mark_seen",
]

Cursor = tuple[datetime, int]

_LISTED = (
    ArticleRow.flagged,
    ArticleRow.redacted_at.is_(None),
    ArticleRow.merged_into_id.is_(None),
)


@dataclass(frozen=True, slots=True)
class Party:
    """A country or region with its code, or an organization; ``name`` as the text has it."""

    kind: str
    code: str | None
    name: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in units of its currency; ``qualifier`` is exact, approx, over or under."""

    value: float
    currency: str
    qualifier: str
    what: str


@dataclass(frozen=True, slots=True)
class Item:
    """A flagged article as lists show it. ``published`` is a date where no time is known."""

    id: int
    title: str
    url: str
    source: str
    language: str | None
    published: date | datetime | None
    dated_at: datetime
    first_seen_at: datetime
    score: float
    stage: str | None
    notice: Notice | None
    noticed_at: datetime | None
    story_id: int | None
    seen_at: datetime | None
    withdrawn: Withdrawn | None
    kinds: tuple[str, ...]
    parties: tuple[Party, ...]
    amounts: tuple[Money, ...]
    evidence: tuple[Evidence, ...]

    @property
    def cursor(self) -> Cursor:
        """Where the next page of a list begins: hand it to `items` as ``after``."""
        return self.dated_at, self.id


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items; all conditions hold together.

    ``new``: announced ones (new and follow-up). ``since`` and ``until`` are days or moments of
    publication, both included (undated: of the first sight). ``party`` is an ISO code, or a part
    of a name in any case. ``unseen``: not marked as seen.
    """

    new: bool = False
    since: date | datetime | None = None
    until: date | datetime | None = None
    source: str | None = None
    party: str | None = None
    kind: str | None = None
    language: str | None = None
    stage: str | None = None
    unseen: bool = False
    withdrawn: bool | None = None


def items(
    session: Session,
    filter: ItemFilter | None = None,  # noqa: A002 - the word that says it
    limit: int = 50,
    after: Cursor | None = None,
) -> list[Item]:
    """Items newest first; ``after`` is the `Item.cursor` of the last one of the page before."""
    query = _filtered(session, select(ArticleRow), filter or ItemFilter())
    if after is not None:
        query = query.where(tuple_(ArticleRow.dated_at, ArticleRow.id) < tuple_(*after))
    rows = session.scalars(
        query.order_by(ArticleRow.dated_at.desc(), ArticleRow.id.desc()).limit(limit)
    ).all()
    return of_rows(session, rows)


def mark_seen(session: Session, ids: Iterable[int], at: datetime) -> int:
    """Mark items as seen by their reader; returns how many were not marked before."""
    marked = session.scalars(
        update(ArticleRow)
        .where(ArticleRow.id.in_(list(ids)), ArticleRow.marked_at.is_(None))
        .values(marked_at=at)
        .returning(ArticleRow.id)
    )
    return len(marked.all())


def announce(session: Session, at: datetime) -> list[Item]:
    """The new items that were not announced yet, newest first; from now on they are."""
    announced = session.scalars(
        update(ArticleRow)
        .where(
            ArticleRow.notice.in_(["new", "follow_up"]),
            ArticleRow.announced_at.is_(None),
            *_LISTED,
        )
        .values(announced_at=at)
        .returning(ArticleRow.id)
    ).all()
    rows = session.scalars(
        select(ArticleRow)
        .where(ArticleRow.id.in_(announced))
        .order_by(ArticleRow.dated_at.desc(), ArticleRow.id.desc())
    ).all()
    return of_rows(session, rows)


def count(session: Session) -> int:
    """How many articles there are, items or not."""
    listed = select(func.count(ArticleRow.id)).where(ArticleRow.merged_into_id.is_(None))
    return session.scalar(listed) or 0


def _filtered(
    session: Session, query: Select[ArticleRow], wanted: ItemFilter
) -> Select[ArticleRow]:
    conditions: list[Any] = [*_LISTED]
    if wanted.new:
        conditions.append(ArticleRow.notice.in_(["new", "follow_up"]))
    if wanted.since is not None:
        conditions.append(ArticleRow.dated_at >= moment_of(wanted.since))
    if wanted.until is not None:
        conditions.append(_until(wanted.until))
    if wanted.unseen:
        conditions.append(ArticleRow.marked_at.is_(None))
    if wanted.withdrawn is not None:
        conditions.append(ArticleRow.withdrawn.is_not(None) == wanted.withdrawn)
    for column, value in (
        (ArticleRow.source, wanted.source),
        (ArticleRow.language, wanted.language),
        (ArticleRow.stage, wanted.stage),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.kind is not None:
        conditions.append(
            ArticleRow.id.in_(select(KindRow.article_id).where(KindRow.kind == wanted.kind))
        )
    if wanted.party is not None:
        conditions.append(ArticleRow.id.in_(_with_party(session, wanted.party)))
    return query.where(and_(*conditions))


def _until(until: date | datetime) -> Any:
    if isinstance(until, datetime):
        return ArticleRow.dated_at <= moment_of(until)
    return ArticleRow.dated_at < moment_of(until + timedelta(days=1))


def _with_party(session: Session, party: str) -> Select[int]:
    """Articles with this code, or with a name that has these letters in it.

    SQLite knows the case of Latin letters only, so names are compared here.
    """
    wanted = _folded(party)
    names = [
        name
        for name in session.scalars(select(PartyRow.name).distinct())
        if wanted in _folded(name)
    ]
    return select(PartyRow.article_id).where(
        (PartyRow.code == party.upper()) | PartyRow.name.in_(names)
    )


def _folded(name: str) -> str:
    return name.casefold().replace("ё", "е")


def of_rows(session: Session, rows: Sequence[ArticleRow]) -> list[Item]:
    """The items of these rows, in their order, with facts and evidence."""
    ids = [row.id for row in rows]
    kinds = defaultdict(list)
    for kind in session.scalars(
        select(KindRow).where(KindRow.article_id.in_(ids)).order_by(KindRow.kind)
    ):
        kinds[kind.article_id].append(kind.kind)
    parties = defaultdict(list)
    for party in session.scalars(
        select(PartyRow).where(PartyRow.article_id.in_(ids)).order_by(PartyRow.id)
    ):
        parties[party.article_id].append(Party(party.kind, party.code, party.name, party.side))
    amounts = defaultdict(list)
    for sum_ in session.scalars(
        select(AmountRow).where(AmountRow.article_id.in_(ids)).order_by(AmountRow.id)
    ):
        amounts[sum_.article_id].append(Money(sum_.value, sum_.currency, sum_.qualifier, sum_.what))
    evidence = _evidence(session, ids)
    return [
        Item(
            id=row.id,
            title=row.title,
            url=row.url,
            source=row.source,
            language=row.language,
            published=row.published,
            dated_at=row.dated_at,
            first_seen_at=row.first_seen_at,
            score=row.score,
            stage=row.stage,
            notice=row.notice,
            noticed_at=row.noticed_at,
            story_id=row.story_id,
            seen_at=row.marked_at,
            withdrawn=row.withdrawn,
            kinds=tuple(kinds[row.id]),
            parties=tuple(parties[row.id]),
            amounts=tuple(amounts[row.id]),
            evidence=evidence.get(row.id, ()),
        )
        for row in rows
    ]


def _evidence(session: Session, ids: list[int]) -> dict[int, tuple[Evidence, ...]]:
    assessments = session.execute(
        select(AssessmentRow.article_id, AssessmentRow.data)
        .join(
            ArticleRow,
            (ArticleRow.id == AssessmentRow.article_id)
            & (ArticleRow.revision == AssessmentRow.revision),
        )
        .where(ArticleRow.id.in_(ids))
    )
    return {
        article_id: tuple(Evidence(**one) for one in data.get("evidence", ()))
        for article_id, data in assessments
    }

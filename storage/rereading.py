"""Reading the archive again: each revision with the response it came from, and its new content.

History stays what it was: a revision keeps its number and the time at which the site showed it.
Only what was derived from its page is replaced, and ``reread_at`` says when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from storage import archive, articles, content, quarantine, search
from storage.archive import Response
from storage.article import Article
from storage.database import one_at_a_time
from storage.ledger import PageRow, ResponseRow
from storage.tables import AliasRow, ArticleRow, RevisionRow
from storage.times import moment_of


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles: of a source, published since a day, one by its number; all by default."""

    source: str | None = None
    since: date | None = None
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A revision as it is stored, and the archived page that shows it.

    ``response`` is the one it was read from, or, where that body is gone, the next one that showed
    the same at the same address (``own`` is False then), or None.
    """

    article_id: int
    source: str
    number: int
    present: bool
    article: Article
    response: Response | None
    own: bool


def article_ids(session: Session, wanted: Selection) -> list[int]:
    """The numbers of the articles that may be rebuilt: neither redacted nor merged."""
    return list(
        session.scalars(select(ArticleRow.id).where(*_where(wanted)).order_by(ArticleRow.id))
    )


def total(session: Session, wanted: Selection) -> int:
    """How many revisions they have."""
    query = select(func.count()).select_from(RevisionRow).join(ArticleRow)
    return session.scalar(query.where(*_where(wanted))) or 0


def revisions(session: Session, article_id: int) -> list[Kept]:
    """All revisions of an article, oldest first."""
    row = session.get_one(ArticleRow, article_id)
    rows = _rows(session, article_id)
    following = [*(one.seen_at for one in rows[1:]), None]
    return [_kept(session, row, one, until) for one, until in zip(rows, following, strict=True)]


def reason_against(session: Session, kept: Kept, article: Article) -> str | None:
    """Why what was read now cannot be the same piece as this revision; None where it can."""
    row = session.get_one(ArticleRow, kept.article_id)
    known = {row.site_id, kept.article.site_id} - {None}
    if article.site_id is not None and known and article.site_id not in known:
        return f"the page is {article.site_id} of the site, the article is {row.site_id}"
    if kept.article.text.strip() and not article.text.strip():
        return "no text is found any more"
    if kept.own:
        return None
    return quarantine.reason(_row(session, kept), article)


def rewrite(session: Session, article_id: int, read: Mapping[int, Article], at: datetime) -> None:
    """Replace what revisions (by number) say by what was read of their pages ``at`` this time.

    A date or language that is not found any more stays as it was. Identity, addresses and times
    of the history stay; what counts as a cosmetic change or as taken back is judged anew.
    """
    one_at_a_time(session)
    row = session.get_one(ArticleRow, article_id)
    rows = _rows(session, article_id)
    for one in rows:
        if (article := read.get(one.number)) is not None:
            known = article.published or one.published
            articles.fill(one, content.clean(replace(article, published=known)))
            one.reread_at = at
    for number in range(1, len(rows)):
        _judge(rows[:number], rows[number])
    if row.revision in read:
        present, article = rows[-1], read[row.revision]
        row.title, row.language = present.title, article.language or row.language
        articles.set_date(row, present.published)
        row.other_layout = row.other_digest = None
        search.index(session, row.id, present.title, present.text, row.language)
    session.flush()


def unread(session: Session, source: str, since: date | None) -> list[int]:
    """Of each address that leads to no article, the newest archived response with its body."""
    leads = select(AliasRow.id).where(AliasRow.source == source, AliasRow.url == ResponseRow.url)
    visited = select(PageRow.id).where(
        PageRow.source == source, PageRow.url == ResponseRow.url, PageRow.article_id.is_not(None)
    )
    query = (
        select(func.max(ResponseRow.id))
        .where(
            ResponseRow.source == source,
            ResponseRow.body_digest.is_not(None),
            ~leads.exists(),
            ~visited.exists(),
        )
        .group_by(ResponseRow.url)
    )
    if since is not None:
        query = query.where(ResponseRow.fetched_at >= moment_of(since))
    return [number for number in session.scalars(query) if number is not None]


def _where(wanted: Selection) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        ArticleRow.redacted_at.is_(None),
        ArticleRow.merged_into_id.is_(None),
    ]
    if wanted.source is not None:
        where.append(ArticleRow.source == wanted.source)
    if wanted.since is not None:
        where.append(ArticleRow.dated_at >= moment_of(wanted.since))
    if wanted.article_id is not None:
        where.append(ArticleRow.id == wanted.article_id)
    return where


def _rows(session: Session, article_id: int) -> list[RevisionRow]:
    query = select(RevisionRow).where(RevisionRow.article_id == article_id)
    return list(session.scalars(query.order_by(RevisionRow.number)))


def _row(session: Session, kept: Kept) -> RevisionRow:
    return session.get_one(RevisionRow, (kept.article_id, kept.number))


def _kept(session: Session, row: ArticleRow, one: RevisionRow, until: datetime | None) -> Kept:
    query = select(ResponseRow.id, ResponseRow.fetched_at).where(
        ResponseRow.source == row.source,
        ResponseRow.url == one.url,
        ResponseRow.status == 200,
        ResponseRow.body_digest.is_not(None),
        ResponseRow.fetched_at >= one.seen_at,
    )
    if until is not None:
        query = query.where(ResponseRow.fetched_at < until)
    found = session.execute(query.order_by(ResponseRow.fetched_at, ResponseRow.id).limit(1)).first()
    return Kept(
        article_id=row.id,
        source=row.source,
        number=one.number,
        present=one.number == row.revision,
        article=_article(row, one),
        response=None if found is None else archive.response(session, found[0]),
        own=found is not None and found[1] == one.seen_at,
    )


def _article(row: ArticleRow, one: RevisionRow) -> Article:
    fields: dict[str, Any] = {
        name: getattr(one, name)
        for name in ("url", "title", "text", "html", "images", "files", "layout", "provenance")
    }
    return Article(
        **fields,
        canonical_url=row.canonical_url,
        site_id=row.site_id,
        language=row.language,
        published=one.published,
        modified=None if one.modified is None else _moment(one.modified),
    )


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _judge(earlier: list[RevisionRow], one: RevisionRow) -> None:
    before = earlier[-1]
    same = [other.number for other in earlier if other.digest == one.digest]
    one.reverts = same[0] if same and before.digest != one.digest else None
    one.cosmetic = (
        sorted(set(before.files)) == sorted(set(one.files))
        and before.published_on == one.published_on
        and content.is_cosmetic((before.title, before.text), (one.title, one.text))
    )

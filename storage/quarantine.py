"""Quarantine: another piece under a known id is kept apart and reported, never made a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import content
from storage.article import Article
from storage.tables import ArticleRow, QuarantineRow, RevisionRow
from storage.times import day_of


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A reading that was not let in; ``content`` is what ``Article.to_dict()`` gave."""

    id: int
    article_id: int
    source: str
    url: str
    known_title: str
    title: str
    reason: str
    first_seen_at: datetime
    last_seen_at: datetime
    content: dict[str, Any]


def reason(present: RevisionRow, article: Article) -> str | None:
    """Why this cannot be an edit of the present revision: another title, text and date; or None.

    An equal known date speaks for an edit; a date that one of the two lacks says nothing.
    """
    day = None if article.published is None else day_of(article.published)
    if day is not None and day == present.published_on:
        return None
    if not content.is_another_title(present.title, article.title):
        return None
    if not article.text.strip() or not content.is_another_text(present.text, article.text):
        return None
    return (
        f"under the id of «{present.title}» ({present.published_on or 'undated'}) came "
        f"«{article.title}» ({day or 'undated'}): has the site reused the id?"
    )


def keep(
    session: Session, row: ArticleRow, article: Article, reason: str, seen_at: datetime
) -> None:
    """Keep the reading; the same one again only renews its time."""
    digest = content.digest(article)
    kept = session.scalar(
        select(QuarantineRow).where(
            QuarantineRow.article_id == row.id, QuarantineRow.digest == digest
        )
    )
    if kept is not None:
        kept.last_seen_at = seen_at
    else:
        session.add(
            QuarantineRow(
                article_id=row.id,
                digest=digest,
                url=article.url,
                reason=reason,
                content=article.to_dict(),
                first_seen_at=seen_at,
                last_seen_at=seen_at,
            )
        )
    session.flush()


def quarantined(session: Session, since: datetime | None = None) -> list[Quarantined]:
    """What lies in quarantine (first seen at or after ``since``), newest first."""
    query = (
        select(QuarantineRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == QuarantineRow.article_id)
        .order_by(QuarantineRow.first_seen_at.desc(), QuarantineRow.id.desc())
    )
    if since is not None:
        query = query.where(QuarantineRow.first_seen_at >= since)
    return [
        Quarantined(
            id=kept.id,
            article_id=row.id,
            source=row.source,
            url=kept.url,
            known_title=row.title,
            title=kept.content.get("title", ""),
            reason=kept.reason,
            first_seen_at=kept.first_seen_at,
            last_seen_at=kept.last_seen_at,
            content=kept.content,
        )
        for kept, row in session.execute(query)
    ]

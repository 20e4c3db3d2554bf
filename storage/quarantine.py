"""Quarantine: another piece under a known id is kept apart and reported, never made a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import content
from storage.article import Article
from storage.database import StorageError
from storage.tables import PRESENT, ArticleRow, Decision, QuarantineRow, RevisionRow
from storage.times import day_of


class NotInQuarantine(StorageError):  # noqa: N818 - says what is the matter
    """There is nothing in quarantine under this number."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A reading that was not let in, and the article whose id it came under, as it stands."""

    id: int
    article_id: int
    source: str
    url: str
    known_title: str
    known_text: str
    known_published: date | datetime | None
    reading: Article
    reason: str
    first_seen_at: datetime
    last_seen_at: datetime


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


def quarantined(session: Session, number: int | None = None) -> list[Quarantined]:
    """What lies in quarantine undecided, newest first, or the one with this number.

    Raises NotInQuarantine for a number that is not there.
    """
    query = (
        select(QuarantineRow, ArticleRow, RevisionRow)
        .join(ArticleRow, ArticleRow.id == QuarantineRow.article_id)
        .join(RevisionRow, PRESENT)
        .where(QuarantineRow.decision.is_(None))
        .order_by(QuarantineRow.first_seen_at.desc(), QuarantineRow.id.desc())
    )
    if number is not None:
        query = query.where(QuarantineRow.id == number)
    found = [_quarantined(*row) for row in session.execute(query)]
    if number is not None and not found:
        raise NotInQuarantine(
            f"nothing lies in quarantine under the number {number}; `coopwatch quarantine` lists "
            "what does"
        )
    return found


def count(session: Session, source: str) -> int:
    """How many pieces of a source wait for a decision."""
    query = (
        select(func.count(QuarantineRow.id))
        .join(ArticleRow, ArticleRow.id == QuarantineRow.article_id)
        .where(ArticleRow.source == source, QuarantineRow.decision.is_(None))
    )
    return session.scalar(query) or 0


def dismiss(session: Session, number: int, at: datetime) -> None:
    """Leave the piece out for good; the same reading is not shown again.

    Raises NotInQuarantine.
    """
    decide(session, number, "dismissed", at)


def decide(
    session: Session, number: int, decision: Decision, at: datetime, accepted_id: int | None = None
) -> None:
    """Write a decision down; raises NotInQuarantine where there is none to be made."""
    quarantined(session, number)
    row = session.get_one(QuarantineRow, number)
    row.decision, row.decided_at, row.accepted_id = decision, at, accepted_id
    session.flush()


def _quarantined(kept: QuarantineRow, row: ArticleRow, present: RevisionRow) -> Quarantined:
    return Quarantined(
        id=kept.id,
        article_id=row.id,
        source=row.source,
        url=kept.url,
        known_title=row.title,
        known_text=present.text,
        known_published=row.published,
        reading=Article.from_dict(kept.content),
        reason=kept.reason,
        first_seen_at=kept.first_seen_at,
        last_seen_at=kept.last_seen_at,
    )

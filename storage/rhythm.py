"""The rhythm of a source: when it published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import ArticleRow


def publications(session: Session, source: str, since: datetime) -> list[datetime]:
    """When the source published since then: the moment that the page tells, else the first sight
    (of an article that was not there before).
    """
    rows = session.execute(
        select(ArticleRow.published_at, ArticleRow.first_seen_at, ArticleRow.baseline).where(
            ArticleRow.source == source, ArticleRow.dated_at >= since
        )
    )
    moments = [
        published or (None if baseline else first_seen) for published, first_seen, baseline in rows
    ]
    return [moment for moment in moments if moment is not None and moment >= since]

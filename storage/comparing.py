"""The archive as the detector judged it, one article after another, to judge it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from storage.database import reading
from storage.facts import label_of
from storage.tables import PRESENT, ArticleRow, AssessmentRow, RevisionRow

_AT_ONCE = 200
_LISTED = (ArticleRow.redacted_at.is_(None), ArticleRow.merged_into_id.is_(None))


@dataclass(frozen=True, slots=True)
class Kept:
    """An article's present text and what the detector said of it.

    ``flagged`` is the detector's word, ``relevant`` the reader's where there is one. ``version`` is
    empty where the article was never assessed. ``evidence`` are the quoted words, title first.
    """

    id: int
    source: str
    title: str
    text: str
    language: str | None
    published: date | None
    flagged: bool
    score: float
    version: str
    relevant: bool | None
    evidence: tuple[str, ...]


def total(session: Session) -> int:
    """How many articles `kept` will give."""
    return session.scalar(select(func.count(ArticleRow.id)).where(*_LISTED)) or 0


def kept(engine: Engine) -> Iterator[Kept]:
    """All articles by number; no transaction stays open between two hundred of them."""
    after = 0
    while True:
        with reading(engine) as session:
            page = _page(session, after)
        yield from page
        if len(page) < _AT_ONCE:
            return
        after = page[-1].id


def _page(session: Session, after: int) -> list[Kept]:
    query = (
        select(ArticleRow, RevisionRow.title, RevisionRow.text, AssessmentRow)
        .join(RevisionRow, PRESENT)
        .outerjoin(
            AssessmentRow,
            (AssessmentRow.article_id == ArticleRow.id)
            & (AssessmentRow.revision == ArticleRow.revision),
        )
        .where(ArticleRow.id > after, *_LISTED)
        .order_by(ArticleRow.id)
        .limit(_AT_ONCE)
    )
    return [
        Kept(
            id=row.id,
            source=row.source,
            title=title,
            text=text,
            language=row.language,
            published=row.published_on,
            flagged=assessed is not None and assessed.flagged,
            score=0.0 if assessed is None else assessed.score,
            version="" if assessed is None else assessed.version,
            relevant=label_of(session, row.id),
            evidence=() if assessed is None else _quoted(assessed),
        )
        for row, title, text, assessed in session.execute(query)
    ]


def _quoted(assessed: AssessmentRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one["text"] for one in assessed.data.get("evidence", ())))

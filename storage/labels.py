"""What readers say of an article: relevant or not. Kept for ever; the newest overrides the flag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.record import NoSuchArticle
from storage.tables import ArticleRow, AssessmentRow, LabelRow

Verdict = Literal["relevant", "irrelevant"]


@dataclass(frozen=True, slots=True)
class Label:
    """A judgement with its reason in the reader's words."""

    article_id: int
    revision: int
    verdict: Verdict | None
    note: str
    labelled_at: datetime


def label(
    session: Session, article_id: int, verdict: Verdict | None, at: datetime, note: str = ""
) -> bool:
    """Keep a judgement and let it decide whether the article is an item; returns whether it is.

    None takes the last word back: the detector's flag holds again. Raises NoSuchArticle.
    """
    row = session.get(ArticleRow, article_id)
    while row is not None and row.merged_into_id is not None:
        row = session.get(ArticleRow, row.merged_into_id)
    if row is None:
        raise NoSuchArticle(f"there is no article {article_id}; `coopwatch items` lists them")
    relevant = None if verdict is None else verdict == "relevant"
    session.add(
        LabelRow(
            article_id=row.id,
            revision=row.revision,
            relevant=relevant,
            note=note,
            labelled_at=at,
        )
    )
    if relevant is None:
        assessed = session.get(AssessmentRow, (row.id, row.revision))
        row.flagged = assessed is not None and assessed.flagged
    else:
        row.flagged = relevant
    session.flush()
    return row.flagged


def labels(session: Session, article_ids: Iterable[int] | None = None) -> list[Label]:
    """All judgements, oldest first, or those on these articles."""
    query = select(LabelRow).order_by(LabelRow.id)
    if article_ids is not None:
        query = query.where(LabelRow.article_id.in_(list(article_ids)))
    return [
        Label(
            article_id=row.article_id,
            revision=row.revision,
            verdict=_VERDICTS[row.relevant],
            note=row.note,
            labelled_at=row.labelled_at,
        )
        for row in session.scalars(query)
    ]


def labelled(verdict: Verdict) -> Select[int]:
    """The ids of the articles whose newest label says so."""
    newest = select(func.max(LabelRow.id)).group_by(LabelRow.article_id)
    return select(LabelRow.article_id).where(
        LabelRow.id.in_(newest), LabelRow.relevant.is_(verdict == "relevant")
    )


_VERDICTS: dict[bool | None, Verdict | None] = {True: "relevant", False: "irrelevant", None: None}

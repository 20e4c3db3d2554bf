"""What readers say of an article: relevant or not. Kept for ever; the newest overrides the flag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage import content, facts, notices
from storage.database import StorageError, one_at_a_time
from storage.record import NoSuchArticle
from storage.tables import ArticleRow, AssessmentRow, LabelRow

Verdict = Literal["relevant", "irrelevant"]


class CannotBeLabelled(StorageError):  # noqa: N818 - says what is the matter
    """A redacted article has no text left that could be judged."""


@dataclass(frozen=True, slots=True)
class Label:
    """A judgement with its reason in the reader's words."""

    article_id: int
    revision: int
    verdict: Verdict | None
    note: str
    labelled_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with what it is about; ``holds``: no later one has taken its place."""

    label: Label
    title: str
    score: float
    item: bool
    holds: bool


def label(
    session: Session, article_id: int, verdict: Verdict | None, at: datetime, note: str = ""
) -> bool:
    """Keep a judgement and let it decide whether the article is an item; returns whether it is.

    None takes the last word back: the detector's flag holds again. An item that only its reader
    sees gets its facts and its story, and is announced to nobody. Raises NoSuchArticle, or
    CannotBeLabelled for a redacted article.
    """
    one_at_a_time(session)
    row = _present(session, article_id)
    if row.redacted_at is not None:
        raise CannotBeLabelled(f"article {row.id} was redacted; there is no text left to judge")
    session.add(
        LabelRow(
            article_id=row.id,
            revision=row.revision,
            relevant=None if verdict is None else verdict == "relevant",
            note=str(content.storable(note)),
            labelled_at=at,
        )
    )
    session.flush()
    _decide(session, row, at)
    return row.flagged


def inherit(session: Session, old: ArticleRow, into: ArticleRow) -> None:
    """Let the newest judgement on a record hold for the one it was merged into."""
    said = [_newest(session, one.id) for one in (old, into)]
    known = [one for one in said if one is not None]
    newest = max(known, key=lambda one: one.id, default=None)
    if newest is not None and newest.article_id == old.id:
        session.add(
            LabelRow(
                article_id=into.id,
                revision=into.revision,
                relevant=newest.relevant,
                note=newest.note,
                labelled_at=newest.labelled_at,
            )
        )
        session.flush()
        _decide(session, into, newest.labelled_at)


def labels(session: Session, article_ids: Iterable[int] | None = None) -> list[Label]:
    """All judgements, oldest first, or those on these articles."""
    query = select(LabelRow).order_by(LabelRow.id)
    if article_ids is not None:
        query = query.where(LabelRow.article_id.in_(list(article_ids)))
    return [_label(row) for row in session.scalars(query)]


def judged(session: Session) -> list[Judged]:
    """All judgements, the newest first, with what they are about."""
    holding = set(session.scalars(standing()))
    rows = session.execute(
        select(LabelRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == LabelRow.article_id)
        .order_by(LabelRow.id.desc())
    )
    return [
        Judged(_label(said), row.title, row.score, row.flagged, said.id in holding)
        for said, row in rows
    ]


def labelled(verdict: Verdict) -> Select[int]:
    """The ids of the articles whose newest label says so."""
    return select(LabelRow.article_id).where(
        LabelRow.id.in_(standing()), LabelRow.relevant.is_(verdict == "relevant")
    )


def _present(session: Session, article_id: int) -> ArticleRow:
    row = session.get(ArticleRow, article_id)
    while row is not None and row.merged_into_id is not None:
        row = session.get(ArticleRow, row.merged_into_id)
    if row is None:
        raise NoSuchArticle(f"there is no article {article_id}; `coopwatch items` lists them")
    return row


def _decide(session: Session, row: ArticleRow, at: datetime) -> None:
    """Let flag, facts and story follow from the newest label."""
    kept = session.get(AssessmentRow, (row.id, row.revision))
    if kept is None or not kept.data:
        row.flagged = bool(facts.label_of(session, row.id))
        return
    told = facts.apply(session, row, facts.load(kept.data))
    notices.give(session, row, told, at, "found_late")
    session.flush()


def standing() -> Select[Any]:
    """The ids of the labels that hold: the newest of each article."""
    return select(func.max(LabelRow.id)).group_by(LabelRow.article_id)


def _newest(session: Session, article_id: int) -> LabelRow | None:
    return session.scalar(
        select(LabelRow)
        .where(LabelRow.article_id == article_id)
        .order_by(LabelRow.id.desc())
        .limit(1)
    )


def _label(row: LabelRow) -> Label:
    return Label(
        article_id=row.article_id,
        revision=row.revision,
        verdict=_VERDICTS[row.relevant],
        note=row.note,
        labelled_at=row.labelled_at,
    )


_VERDICTS: dict[bool | None, Verdict | None] = {True: "relevant", False: "irrelevant", None: None}

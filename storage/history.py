"""What happened to articles since a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.tables import ArticleRow, QuarantineRow, RevisionRow, WithdrawalRow

What = Literal[
    "new", "revised", "cosmetic", "reverted", "suspected", "withdrawn", "returned", "quarantined"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One event in the life of an article; ``detail`` says which revision, which kind, why."""

    what: What
    at: datetime
    article_id: int
    title: str
    url: str
    source: str
    detail: str


def changes(session: Session, since: datetime, source: str | None = None) -> list[Change]:
    """What was new, revised, withdrawn, came back or was put in quarantine since then.

    Oldest first. The articles of a baseline are not news and are left out.
    """
    found = [
        *_new(session, since),
        *_revised(session, since),
        *_withdrawn(session, since),
        *_quarantined(session, since),
    ]
    wanted = [change for change in found if source is None or change.source == source]
    return sorted(wanted, key=lambda change: (change.at, change.article_id))


def _new(session: Session, since: datetime) -> list[Change]:
    query = select(ArticleRow).where(
        ArticleRow.first_seen_at >= since,
        ArticleRow.baseline.is_(False),
        ArticleRow.redacted_at.is_(None),
        ArticleRow.merged_into_id.is_(None),
    )
    return [
        _change("new", row.first_seen_at, row, row.notice or "") for row in session.scalars(query)
    ]


def _revised(session: Session, since: datetime) -> list[Change]:
    query = _of_articles(RevisionRow).where(RevisionRow.number > 1, RevisionRow.seen_at >= since)
    found = []
    for revision, row in session.execute(query):
        what: What = "cosmetic" if revision.cosmetic else "revised"
        detail = f"revision {revision.number}"
        if revision.reverts is not None:
            what, detail = "reverted", f"{detail} is revision {revision.reverts} again"
        found.append(_change(what, revision.seen_at, row, detail))
    return found


def _withdrawn(session: Session, since: datetime) -> list[Change]:
    query = _of_articles(WithdrawalRow).where(
        (WithdrawalRow.suspected_at >= since)
        | (WithdrawalRow.confirmed_at >= since)
        | (WithdrawalRow.returned_at >= since)
    )
    found = []
    for absence, row in session.execute(query):
        steps: tuple[tuple[What, datetime | None], ...] = (
            ("withdrawn", absence.confirmed_at),
            ("returned", absence.returned_at),
        )
        if absence.confirmed_at is None:
            steps = (("suspected", absence.suspected_at),)
        found += [
            _change(what, at, row, absence.kind)
            for what, at in steps
            if at is not None and at >= since
        ]
    return found


def _quarantined(session: Session, since: datetime) -> list[Change]:
    query = _of_articles(QuarantineRow).where(QuarantineRow.first_seen_at >= since)
    return [
        _change("quarantined", kept.first_seen_at, row, kept.reason)
        for kept, row in session.execute(query)
    ]


def _of_articles(table: type[Any]) -> Select[Any, ArticleRow]:
    """Rows with their article; not of redacted ones, of which nothing is to be told."""
    return (
        select(table, ArticleRow)
        .join(ArticleRow, ArticleRow.id == table.article_id)
        .where(ArticleRow.redacted_at.is_(None))
    )


def _change(what: What, at: datetime, row: ArticleRow, detail: str) -> Change:
    return Change(what, at, row.id, row.title, row.url, row.source, detail)

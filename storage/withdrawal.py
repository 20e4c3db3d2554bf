"""Withdrawals: an article that is gone is suspected at first and withdrawn at a second visit."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import AliasRow, ArticleRow, WithdrawalRow, Withdrawn


def gone(
    session: Session, source: str, url: str, kind: Withdrawn, seen_at: datetime
) -> Literal["suspected", "withdrawn"] | None:
    """Say that the page of an article is gone; the caller has ruled out a wall and an outage.

    The first sight makes a suspicion, a later visit to the same address confirms it. None where
    nothing new is learnt: the article is withdrawn already, the address leads to none, or the
    article was read under another address since this one was last alive.
    """
    alias = session.scalar(select(AliasRow).where(AliasRow.source == source, AliasRow.url == url))
    if alias is None:
        return None
    row = session.get_one(ArticleRow, alias.article_id)
    if row.redacted_at is not None:
        return None
    alive = session.scalar(
        select(AliasRow)
        .where(AliasRow.article_id == row.id, AliasRow.last_seen_at > alias.last_seen_at)
        .order_by(AliasRow.last_seen_at.desc(), AliasRow.id)
        .limit(1)
    )
    if alive is not None:
        row.url = alive.url
        return None
    return _open(session, row, url, kind, seen_at)


def returned(session: Session, row: ArticleRow, seen_at: datetime) -> None:
    """The article was read again: it is not withdrawn, and a suspicion was false."""
    open_one = _present(session, row)
    if open_one is None:
        return
    row.withdrawn = None
    if open_one.confirmed_at is None:
        session.delete(open_one)
    else:
        open_one.returned_at = seen_at


def replaced(session: Session, row: ArticleRow, url: str, seen_at: datetime, at: datetime) -> None:
    """Another piece stands in the article's place since ``seen_at``, as a reader confirmed."""
    present = _present(session, row)
    if present is None:
        present = WithdrawalRow(article_id=row.id, kind="deleted", url=url, suspected_at=seen_at)
        session.add(present)
    row.withdrawn = present.kind
    present.confirmed_at = present.confirmed_at or at
    session.flush()


def _open(
    session: Session, row: ArticleRow, url: str, kind: Withdrawn, seen_at: datetime
) -> Literal["suspected", "withdrawn"] | None:
    open_one = _present(session, row)
    if open_one is None:
        session.add(WithdrawalRow(article_id=row.id, kind=kind, url=url, suspected_at=seen_at))
        session.flush()
        return "suspected"
    if open_one.confirmed_at is not None:
        row.withdrawn = open_one.kind = kind
        return None
    if open_one.url != url or seen_at <= open_one.suspected_at:
        return "suspected"
    row.withdrawn = open_one.kind = kind
    open_one.confirmed_at = seen_at
    session.flush()
    return "withdrawn"


def _present(session: Session, row: ArticleRow) -> WithdrawalRow | None:
    return session.scalar(
        select(WithdrawalRow).where(
            WithdrawalRow.article_id == row.id, WithdrawalRow.returned_at.is_(None)
        )
    )

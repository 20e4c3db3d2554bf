"""How much the archive holds, and what of it goes by age and by size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import archive
from storage.ledger import BodyRow, DictionaryRow, ResponseRow
from storage.tables import ArticleRow, RevisionRow


@dataclass(frozen=True, slots=True)
class Pruned:
    """What retention removed: bodies, and their bytes as stored."""

    bodies: int
    size: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive has of one source; sizes in bytes. ``bodies`` that came from two sources
    count for both.
    """

    source: str
    responses: int
    bodies: int
    open_size: int
    size: int
    dictionaries: int
    dictionary_size: int
    first_at: datetime
    last_at: datetime


def holdings(session: Session) -> list[Holding]:
    """What the archive has, by source."""
    pairs = (
        select(ResponseRow.source, ResponseRow.body_digest)
        .where(ResponseRow.body_digest.is_not(None))
        .distinct()
        .subquery()
    )
    bodies = {
        source: (count, int(open_size), int(size))
        for source, count, open_size, size in session.execute(
            select(
                pairs.c.source,
                func.count(),
                func.sum(BodyRow.size),
                func.sum(func.length(BodyRow.data)),
            )
            .join(BodyRow, BodyRow.digest == pairs.c.body_digest)
            .group_by(pairs.c.source)
        )
    }
    dictionaries = {
        source: (count, int(size))
        for source, count, size in session.execute(
            select(
                DictionaryRow.source, func.count(), func.sum(func.length(DictionaryRow.data))
            ).group_by(DictionaryRow.source)
        )
    }
    at = ResponseRow.fetched_at
    rows = session.execute(
        select(
            ResponseRow.source,
            func.count(),
            func.min(at, type_=at.type),
            func.max(at, type_=at.type),
        )
        .group_by(ResponseRow.source)
        .order_by(ResponseRow.source)
    )
    return [
        Holding(
            source=source,
            responses=count,
            bodies=bodies.get(source, (0, 0, 0))[0],
            open_size=bodies.get(source, (0, 0, 0))[1],
            size=bodies.get(source, (0, 0, 0))[2],
            dictionaries=dictionaries.get(source, (0, 0))[0],
            dictionary_size=dictionaries.get(source, (0, 0))[1],
            first_at=first,
            last_at=last,
        )
        for source, count, first, last in rows
    ]


def size(session: Session) -> int:
    """The bytes of all bodies as stored."""
    return session.scalar(select(func.sum(func.length(BodyRow.data)))) or 0


def prune(
    session: Session, *, older_than: datetime | None = None, max_bytes: int | None = None
) -> Pruned:
    """Remove bodies by age and by size; that the responses came, and all articles, stay.

    By age go only bodies that a later one of the same address has followed and that no revision
    was read from, so that everything can still be rebuilt. For size (compressed bytes that may
    stay) the oldest of these go first, then the oldest of the others.
    """
    usage = _usage(session)
    total = sum(one.size for one in usage)
    chosen, freed = [], 0
    for one in usage:
        too_old = older_than is not None and one.superseded and one.last_at < older_than
        too_big = max_bytes is not None and total - freed > max_bytes
        if too_old or too_big:
            chosen.append(one.digest)
            freed += one.size
    archive.drop_bodies(session, chosen)
    return Pruned(len(chosen), freed)


@dataclass(frozen=True, slots=True)
class _Usage:
    digest: str
    size: int
    last_at: datetime
    superseded: bool


def _usage(session: Session) -> list[_Usage]:
    """Every body with its stored size, the superseded ones first, the oldest of each first."""
    needed = {*_newest(session), *_read_from(session)}
    rows = session.execute(
        select(
            BodyRow.digest,
            func.length(BodyRow.data),
            func.max(ResponseRow.fetched_at, type_=ResponseRow.fetched_at.type),
        )
        .join(ResponseRow, ResponseRow.body_digest == BodyRow.digest)
        .group_by(BodyRow.digest)
    )
    found = [_Usage(digest, size, at, digest not in needed) for digest, size, at in rows]
    return sorted(found, key=lambda one: (not one.superseded, one.last_at, one.digest))


def _newest(session: Session) -> set[str | None]:
    """The last body of each address."""
    last = (
        select(func.max(ResponseRow.id))
        .where(ResponseRow.body_digest.is_not(None))
        .group_by(ResponseRow.source, ResponseRow.url)
    )
    return set(session.scalars(select(ResponseRow.body_digest).where(ResponseRow.id.in_(last))))


def _read_from(session: Session) -> set[str | None]:
    """The bodies that revisions were read from."""
    query = (
        select(ResponseRow.body_digest)
        .join(ArticleRow, ArticleRow.source == ResponseRow.source)
        .join(
            RevisionRow,
            (RevisionRow.article_id == ArticleRow.id)
            & (RevisionRow.url == ResponseRow.url)
            & (RevisionRow.seen_at == ResponseRow.fetched_at),
        )
    )
    return set(session.scalars(query))

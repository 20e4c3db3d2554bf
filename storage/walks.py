"""Walks over an archive: how far a backfill or a sweep has come on each of its routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.database import insert_new
from storage.ledger import WalkRow

WalkKind = Literal["backfill", "sweep"]


@dataclass(frozen=True, slots=True)
class WalkState:
    """One route of a walk. ``position`` is the page whose articles are not all done yet (None:
    the first), ``pages`` those done, ``total`` how many there are as far as the site tells,
    ``remaining`` the requests that the rest is estimated to take. ``since``: the walk ends with
    articles older than that. ``passes``: how often the whole route was walked to its end.
    """

    route: str
    position: str | None
    pages: int
    total: int | None
    remaining: int | None
    since: date | None
    begun_at: datetime
    finished_at: datetime | None
    passes: int


def states(session: Session, source: str, kind: WalkKind) -> dict[str, WalkState]:
    """The routes of a source's walk by their address."""
    rows = session.scalars(
        select(WalkRow)
        .where(WalkRow.source == source, WalkRow.kind == kind)
        .order_by(WalkRow.route)
    )
    return {row.route: _state(row) for row in rows}


def begin(
    session: Session, source: str, kind: WalkKind, route: str, since: date | None, at: datetime
) -> WalkState:
    """The route's state, made where there is none.

    One that was walked back to ``since`` only begins anew when more than that is wanted: what was
    left out lies between the articles that were read.
    """
    insert_new(
        session,
        WalkRow,
        source=source,
        kind=kind,
        route=route,
        pages=0,
        since=since,
        begun_at=at,
        passes=0,
    )
    row = _row(session, source, kind, route)
    if row.since is not None and (since is None or since < row.since):
        begin_anew(session, source, kind, [route], since, at)
        session.refresh(row)
    return _state(row)


def begin_anew(
    session: Session,
    source: str,
    kind: WalkKind,
    routes: list[str],
    since: date | None,
    at: datetime,
) -> None:
    """Another pass over the routes, from their first pages."""
    session.execute(
        update(WalkRow)
        .where(WalkRow.source == source, WalkRow.kind == kind, WalkRow.route.in_(routes))
        .values(
            position=None,
            pages=0,
            total=None,
            remaining=None,
            since=since,
            begun_at=at,
            finished_at=None,
        )
    )


def keep(session: Session, source: str, kind: WalkKind, route: str, **facts: Any) -> None:
    """Remember ``position``, ``pages``, ``total`` and ``remaining`` of a route."""
    row = _row(session, source, kind, route)
    for name, value in facts.items():
        setattr(row, name, value)
    session.flush()


def finish(session: Session, source: str, kind: WalkKind, route: str, at: datetime) -> None:
    """The route was walked to its end, or back to ``since``."""
    row = _row(session, source, kind, route)
    row.finished_at, row.remaining, row.position = at, 0, None
    if row.since is None:
        row.passes += 1
    session.flush()


def whole(session: Session, source: str) -> bool:
    """Whether the source's whole archive was ever walked, by a backfill or a sweep."""
    kinds: tuple[WalkKind, ...] = ("backfill", "sweep")
    passes = [[one.passes for one in states(session, source, kind).values()] for kind in kinds]
    return any(counts and min(counts) > 0 for counts in passes)


def _row(session: Session, source: str, kind: WalkKind, route: str) -> WalkRow:
    return session.get_one(WalkRow, (source, kind, route))


def _state(row: WalkRow) -> WalkState:
    return WalkState(
        route=row.route,
        position=row.position,
        pages=row.pages,
        total=row.total,
        remaining=row.remaining,
        since=row.since,
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        passes=row.passes,
    )

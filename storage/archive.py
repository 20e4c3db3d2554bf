"""The archive of responses, from which everything derived can be rebuilt without the site."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from storage.ledger import BodyRow, ResponseRow


def forget(session: Session, source: str, urls: Iterable[str]) -> None:
    """Remove the bodies that came from these addresses, wherever else the same bytes came from."""
    digests = {
        digest
        for (digest,) in session.query(ResponseRow.body_digest).where(
            ResponseRow.source == source, ResponseRow.url.in_(list(urls))
        )
        if digest is not None
    }
    drop_bodies(session, digests)


def drop_bodies(session: Session, digests: Iterable[str]) -> None:
    """Remove bodies; that the responses came stays known."""
    chosen = list(digests)
    session.execute(
        update(ResponseRow).where(ResponseRow.body_digest.in_(chosen)).values(body_digest=None)
    )
    session.execute(delete(BodyRow).where(BodyRow.digest.in_(chosen)))

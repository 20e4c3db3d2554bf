"""Dictionaries: what the pages of one site have in common is kept once, not in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import zstandard
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from storage import archive
from storage.archive import Buffer
from storage.database import writing
from storage.ledger import BodyRow, DictionaryRow, ResponseRow

_SAMPLES = 100
# Which size is best depends on the site: of fifty pages of 13 KB, 32 KB made a fifth of a page
# (870 bytes on pages not seen), 112 KB, the trainer's own size, two fifths.
_DICTIONARY_SIZES = (16_384, 32_768, 65_536, 112_640)
_PAYS = 0.8  # a dictionary is kept when it saves a fifth on pages that it was not trained on
_AT_ONCE = 100  # bodies a transaction: a crawl that wants to write waits for a tenth of a second


@dataclass(frozen=True, slots=True)
class Trial:
    """What the best dictionary would make of pages that it was not trained on, in bytes: the
    pages as they are, compressed as it is done now, compressed with the dictionary (``size``).
    """

    pages: int
    open: int
    now: int
    then: int
    size: int


def train(session: Session, source: str, at: datetime) -> int | None:
    """Make a dictionary of the source's newest pages if it pays; returns its id, else None.

    It is trained on every second page and tried on the others. Bodies that are there stay as
    they are, see `pack`; those to come are compressed with it.
    """
    trial, data = _try(session, source)
    if trial is None or trial.then > _PAYS * trial.now:
        return None
    row = DictionaryRow(source=source, created_at=at, data=data)
    session.add(row)
    session.flush()
    return row.id


def trial(session: Session, source: str) -> Trial | None:
    """How much a new dictionary would save; None where there are too few pages to learn from."""
    return _try(session, source)[0]


def pack(engine: Engine, source: str) -> int:
    """Compress with the source's newest dictionary what was stored without any; returns the bytes
    saved. A body of which that makes more stays as it is.
    """
    saved, after = 0, ""
    while True:
        with writing(engine) as session:
            dictionary = archive.newest_dictionary(session, source)
            if dictionary is None:
                return saved
            rows = _unpacked(session, source, after)
            saved += sum(_pack(session, row, dictionary) for row in rows)
        if len(rows) < _AT_ONCE:
            return saved
        after = rows[-1].digest


def _unpacked(session: Session, source: str, after: str) -> list[BodyRow]:
    query = (
        select(BodyRow)
        .where(
            BodyRow.dictionary_id.is_(None),
            BodyRow.digest > after,
            select(ResponseRow.id)
            .where(ResponseRow.body_digest == BodyRow.digest, ResponseRow.source == source)
            .exists(),
        )
        .order_by(BodyRow.digest)
        .limit(_AT_ONCE)
    )
    return list(session.scalars(query))


def _pack(session: Session, row: BodyRow, dictionary: DictionaryRow) -> int:
    packed = archive.compressor(dictionary).compress(archive.body_of(session, row))
    saved = len(row.data) - len(packed)
    if saved > 0:
        row.data, row.dictionary_id = packed, dictionary.id
    return max(saved, 0)


def _try(session: Session, source: str) -> tuple[Trial | None, bytes]:
    bodies = list(_newest(session, source, 2 * _SAMPLES))
    learnt, tried = bodies[::2], bodies[1::2]
    if len(learnt) < _SAMPLES // 2:
        return None, b""
    now = _total(tried, archive.newest_dictionary(session, source))
    found = [(_total(tried, DictionaryRow(data=data)), data) for data in _dictionaries(learnt)]
    then, data = min(found, key=lambda one: one[0], default=(now, b""))
    return Trial(len(tried), sum(map(len, tried)), now, then, len(data)), data


def _newest(session: Session, source: str, count: int) -> Iterator[Buffer]:
    seen: set[str] = set()
    query = (
        select(ResponseRow.id, ResponseRow.body_digest)
        .where(ResponseRow.source == source, ResponseRow.body_digest.is_not(None))
        .order_by(ResponseRow.id.desc())
        .limit(10 * count)
    )
    for response_id, digest in session.execute(query):
        body = None
        if digest is not None and digest not in seen and len(seen) < count:
            seen.add(digest)
            body = archive.response(session, response_id).body
        if body is not None:
            yield body


def _dictionaries(samples: list[Buffer]) -> Iterator[bytes]:
    for bytes_ in _DICTIONARY_SIZES:
        # Pages may be too short or too different to learn anything from.
        with suppress(zstandard.ZstdError):
            yield zstandard.train_dictionary(bytes_, samples).as_bytes()


def _total(bodies: list[Buffer], dictionary: DictionaryRow | None) -> int:
    compressor = archive.compressor(dictionary)
    return sum(len(compressor.compress(body)) for body in bodies)

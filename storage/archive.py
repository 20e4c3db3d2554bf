"""The archive of responses, from which everything derived can be rebuilt without the site.

A body is kept once, however often it comes, compressed by zstandard: on pages of one site with a
dictionary of that site's own, which takes them to a fifth of what zstandard makes of them alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import zstandard
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from storage.database import insert_new
from storage.ledger import BodyRow, DictionaryRow, PageRow, ResponseRow
from storage.tables import AliasRow, ArticleRow

_LEVEL = 3  # 18.5 % of a page in 0.28 ms; gzip's best has 17.8 % in 2.2 ms
_SAMPLES = 100
# Which size is best depends on the site: of fifty pages of 13 KB, 32 KB made a fifth of a page
# (870 bytes on pages not seen), 112 KB, the trainer's own size, two fifths.
_DICTIONARY_SIZES = (16_384, 32_768, 65_536, 112_640)
_PAYS = 0.8  # a dictionary is kept when it saves a fifth on pages that it was not trained on

Headers = list[tuple[str, str]]
Buffer = bytes | bytearray | memoryview  # what the trainer takes


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it came. ``body`` is None once retention or redaction has removed it.

    ``headers`` are in the order in which they came, a name as often as it came.
    """

    id: int
    source: str
    url: str
    fetched_at: datetime
    status: int
    headers: Headers
    digest: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What retention removed: bodies, and their bytes as stored."""

    bodies: int
    size: int


def keep(
    session: Session,
    source: str,
    url: str,
    *,
    at: datetime,
    status: int,
    headers: Headers,
    body: bytes,
    withheld: bool = False,
) -> int | None:
    """Archive a response; returns its id, or None at an address whose text was redacted.

    ``digest`` of what is kept is the SHA-256 of the body as given. ``withheld``: the site wants no
    copy, so that only the fact that it answered is kept, and earlier bodies of the address go.
    Nor is a body kept that leads to a redacted article: listings and feeds repeat its text.
    """
    redacted = _redacted(session, source)
    if url in redacted:
        return None
    digest = hashlib.sha256(body).hexdigest()
    repeats = any(urlsplit(one).path.encode() in body for one in redacted)
    if withheld:
        forget(session, source, [url])
    elif not repeats and session.get(BodyRow, digest) is None:
        dictionary = _newest_dictionary(session, source)
        insert_new(
            session,
            BodyRow,
            digest=digest,
            dictionary_id=None if dictionary is None else dictionary.id,
            size=len(body),
            data=_compressor(dictionary).compress(body),
        )
    row = ResponseRow(
        source=source,
        url=url,
        fetched_at=at,
        status=status,
        headers=[list(header) for header in headers],
        digest=digest,
        body_digest=None if withheld or repeats else digest,
    )
    session.add(row)
    session.flush()
    return row.id


def responses(
    session: Session, source: str, url: str | None = None, *, newest_only: bool = False
) -> Iterator[Response]:
    """Archived responses of a source or of one address, oldest first, read as they are asked for.

    ``newest_only``: of each address the last one whose body is there.
    """
    query = select(ResponseRow.id).where(ResponseRow.source == source)
    if url is not None:
        query = query.where(ResponseRow.url == url)
    if newest_only:
        later = aliased(ResponseRow)
        query = query.where(
            ResponseRow.body_digest.is_not(None),
            ~select(later.id)
            .where(
                later.source == ResponseRow.source,
                later.url == ResponseRow.url,
                later.id > ResponseRow.id,
                later.body_digest.is_not(None),
            )
            .exists(),
        )
    for response_id in session.scalars(query.order_by(ResponseRow.id)).all():
        row = session.get_one(ResponseRow, response_id)
        yield _response(session, row)
        session.expunge(row)


def response(session: Session, response_id: int) -> Response:
    """One archived response."""
    return _response(session, session.get_one(ResponseRow, response_id))


def train(session: Session, source: str, at: datetime) -> int | None:
    """Make a dictionary of the source's newest pages if it pays; returns its id, else None.

    It is trained on every second page and tried on the others. Bodies that are there stay as
    they are; those to come are compressed with it.
    """
    bodies: list[Buffer] = [
        response.body
        for response in _newest(session, source, 2 * _SAMPLES)
        if response.body is not None
    ]
    learnt, tried = bodies[::2], bodies[1::2]
    if len(learnt) < _SAMPLES // 2:
        return None
    before = _total(tried, _newest_dictionary(session, source))
    found = [
        DictionaryRow(source=source, created_at=at, data=data) for data in _dictionaries(learnt)
    ]
    row = min(found, key=lambda one: _total(tried, one), default=None)
    if row is None or _total(tried, row) > _PAYS * before:
        return None
    session.add(row)
    session.flush()
    return row.id


def prune(
    session: Session, *, older_than: datetime | None = None, max_bytes: int | None = None
) -> Pruned:
    """Remove bodies by age and by size; that the responses came, and all articles, stay.

    By age go only bodies that a later one of the same address has followed, so that everything
    can still be rebuilt. For size (compressed bytes that may stay) the oldest of these go first,
    then the oldest of the others.
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
    drop_bodies(session, chosen)
    return Pruned(len(chosen), freed)


def size(session: Session) -> int:
    """The bytes of all bodies as stored."""
    return session.scalar(select(func.sum(func.length(BodyRow.data)))) or 0


def forget(session: Session, source: str, urls: Iterable[str]) -> None:
    """Remove the bodies that came from these addresses, wherever else the same bytes came from."""
    digests = session.scalars(
        select(ResponseRow.body_digest).where(
            ResponseRow.source == source,
            ResponseRow.url.in_(list(urls)),
            ResponseRow.body_digest.is_not(None),
        )
    )
    drop_bodies(session, [digest for digest in digests if digest is not None])


def forget_article(session: Session, article_id: int) -> None:
    """Remove the bodies that came from any address of the article."""
    article = session.get_one(ArticleRow, article_id)
    aliases = session.scalars(select(AliasRow.url).where(AliasRow.article_id == article_id))
    pages = session.scalars(select(PageRow.url).where(PageRow.article_id == article_id))
    forget(session, article.source, {*aliases, *pages, article.url})


def drop_bodies(session: Session, digests: Iterable[str]) -> None:
    """Remove bodies by their digests; that the responses came stays known."""
    chosen = list(dict.fromkeys(digests))
    for start in range(0, len(chosen), 500):  # databases limit the number of parameters
        some = chosen[start : start + 500]
        session.execute(
            update(ResponseRow).where(ResponseRow.body_digest.in_(some)).values(body_digest=None)
        )
        session.execute(delete(BodyRow).where(BodyRow.digest.in_(some)))


@dataclass(frozen=True, slots=True)
class _Usage:
    digest: str
    size: int
    last_at: datetime
    superseded: bool


def _usage(session: Session) -> list[_Usage]:
    """Every body with its stored size, the superseded ones first, the oldest of each first."""
    newest = {
        digest: False
        for (digest,) in session.execute(
            select(ResponseRow.body_digest).where(
                ResponseRow.id.in_(
                    select(func.max(ResponseRow.id))
                    .where(ResponseRow.body_digest.is_not(None))
                    .group_by(ResponseRow.source, ResponseRow.url)
                )
            )
        )
    }
    rows = session.execute(
        select(
            BodyRow.digest,
            func.length(BodyRow.data),
            func.max(ResponseRow.fetched_at, type_=ResponseRow.fetched_at.type),
        )
        .join(ResponseRow, ResponseRow.body_digest == BodyRow.digest)
        .group_by(BodyRow.digest)
    )
    found = [_Usage(digest, size, at, digest not in newest) for digest, size, at in rows]
    return sorted(found, key=lambda one: (not one.superseded, one.last_at, one.digest))


def _newest(session: Session, source: str, count: int) -> Iterator[Response]:
    seen: set[str] = set()
    query = (
        select(ResponseRow)
        .where(ResponseRow.source == source, ResponseRow.body_digest.is_not(None))
        .order_by(ResponseRow.id.desc())
    )
    for row in session.scalars(query.limit(10 * count)):
        if row.digest not in seen and len(seen) < count:
            seen.add(row.digest)
            yield _response(session, row)


def _response(session: Session, row: ResponseRow) -> Response:
    body = None
    if row.body_digest is not None:
        kept = session.get_one(BodyRow, row.body_digest)
        dictionary = (
            None
            if kept.dictionary_id is None
            else session.get_one(DictionaryRow, kept.dictionary_id)
        )
        body = _open(kept, dictionary)
        session.expunge(kept)
    return Response(
        id=row.id,
        source=row.source,
        url=row.url,
        fetched_at=row.fetched_at,
        status=row.status,
        headers=[(name, value) for name, value in row.headers],
        digest=row.digest,
        body=body,
    )


def _open(kept: BodyRow, dictionary: DictionaryRow | None) -> bytes:
    options: dict[str, Any] = {}
    if dictionary is not None:
        options["dict_data"] = zstandard.ZstdCompressionDict(dictionary.data)
    return zstandard.ZstdDecompressor(**options).decompress(kept.data)


def _dictionaries(samples: list[Buffer]) -> Iterator[bytes]:
    for bytes_ in _DICTIONARY_SIZES:
        # Pages may be too short or too different to learn anything from.
        with suppress(zstandard.ZstdError):
            yield zstandard.train_dictionary(bytes_, samples).as_bytes()


def _total(bodies: list[Buffer], dictionary: DictionaryRow | None) -> int:
    compressor = _compressor(dictionary)
    return sum(len(compressor.compress(body)) for body in bodies)


def _compressor(dictionary: DictionaryRow | None) -> zstandard.ZstdCompressor:
    if dictionary is None:
        return zstandard.ZstdCompressor(level=_LEVEL)
    return zstandard.ZstdCompressor(
        level=_LEVEL, dict_data=zstandard.ZstdCompressionDict(dictionary.data)
    )


def _newest_dictionary(session: Session, source: str) -> DictionaryRow | None:
    return session.scalar(
        select(DictionaryRow)
        .where(DictionaryRow.source == source)
        .order_by(DictionaryRow.id.desc())
        .limit(1)
    )


def _redacted(session: Session, source: str) -> set[str]:
    """All addresses of the source's redacted articles."""
    return set(
        session.scalars(
            select(AliasRow.url)
            .join(ArticleRow, AliasRow.article_id == ArticleRow.id)
            .where(ArticleRow.source == source, ArticleRow.redacted_at.is_not(None))
        )
    )

"""The archive as a WARC file (ISO 28500:2017, WARC 1.1), for the tools of web archivists.

Each record is a gzip member of its own, as readers with an index expect. What came over the wire
compressed or in chunks was stored open; the headers that described that are kept under
``X-Archive-Orig-``, and Content-Length is that of the body in the file.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session

from storage import archive
from storage.archive import Response
from storage.database import StorageError, reading
from storage.ledger import ResponseRow
from storage.times import moment_of

_AT_ONCE = 100
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: records with a body, records that point to the same body, and responses
    whose body the archive has not got.
    """

    responses: int
    revisits: int
    without_body: int


def total(session: Session, source: str | None, since: date | None) -> int:
    """How many responses `export` will go through."""
    query = select(func.count(ResponseRow.id)).where(*_where(source, since))
    return session.scalar(query) or 0


def export(
    engine: Engine,
    target: Path,
    *,
    source: str | None = None,
    since: date | None = None,
    software: str,
) -> Iterator[Exported]:
    """Write responses, oldest first, fetched since a day; yields the counts as they grow.

    A body that comes again is written once and pointed to. An existing file is replaced once the
    new one is whole. Raises StorageError where the file cannot be written.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            _write(file, [("WARC-Type", "warcinfo"), *_about(target)], _info(software))
            yield from _records(engine, file, source, since)
        part.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _records(
    engine: Engine, file: IO[bytes], source: str | None, since: date | None
) -> Iterator[Exported]:
    first: dict[str, Response] = {}  # by digest, without their bodies
    responses = revisits = missing = 0
    for one in _responses(engine, source, since):
        if one.body is None:
            missing += 1
        elif (earlier := first.get(one.digest)) is None:
            responses += 1
            first[one.digest] = _without_body(one)
            _write(file, [("WARC-Type", "response"), *_fields(one)], _http(one) + one.body)
        else:
            revisits += 1
            fields = [("WARC-Type", "revisit"), ("WARC-Profile", _SAME), *_fields(one)]
            _write(file, [*fields, *_refers_to(earlier)], _http(one))
        yield Exported(responses, revisits, missing)


def _responses(engine: Engine, source: str | None, since: date | None) -> Iterator[Response]:
    query = select(ResponseRow.id).where(*_where(source, since))
    query = query.order_by(ResponseRow.fetched_at, ResponseRow.id)
    with reading(engine) as session:
        ids = session.scalars(query).all()
    for start in range(0, len(ids), _AT_ONCE):
        with reading(engine) as session:
            some = [archive.response(session, one) for one in ids[start : start + _AT_ONCE]]
        yield from some


def _where(source: str | None, since: date | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if source is not None:
        where.append(ResponseRow.source == source)
    if since is not None:
        where.append(ResponseRow.fetched_at >= moment_of(since))
    return where


def _without_body(one: Response) -> Response:
    return Response(one.id, one.source, one.url, one.fetched_at, one.status, [], one.digest, None)


def _about(target: Path) -> Fields:
    return [
        ("WARC-Record-ID", f"<{uuid.uuid4().urn}>"),
        ("WARC-Date", _moment(datetime.now(UTC))),
        ("WARC-Filename", target.name),
        ("Content-Type", "application/warc-fields"),
    ]


def _info(software: str) -> bytes:
    lines = [
        f"software: {software}",
        "format: WARC File Format 1.1",
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description: responses as a news monitor read them; bodies decoded, status lines rebuilt",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _fields(one: Response) -> Fields:
    return [
        ("WARC-Record-ID", _id(one)),
        ("WARC-Target-URI", one.url),
        ("WARC-Date", _moment(one.fetched_at)),
        ("WARC-Payload-Digest", f"sha256:{_base32(one.digest)}"),
        ("Content-Type", "application/http; msgtype=response"),
    ]


def _refers_to(earlier: Response) -> Fields:
    return [
        ("WARC-Refers-To", _id(earlier)),
        ("WARC-Refers-To-Target-URI", earlier.url),
        ("WARC-Refers-To-Date", _moment(earlier.fetched_at)),
    ]


def _http(one: Response) -> bytes:
    """The status line and the headers, with a length that is true of the body in the file."""
    try:
        phrase = HTTPStatus(one.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {one.status} {phrase}"]
    for name, value in one.headers:
        kept = f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name
        lines.append(f"{kept}: {_line(value)}")
    if one.body is not None:
        lines.append(f"Content-Length: {len(one.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _write(file: IO[bytes], fields: Fields, block: bytes) -> None:
    digest = hashlib.sha256(block).hexdigest()
    fields = [
        *fields,
        ("WARC-Block-Digest", f"sha256:{_base32(digest)}"),
        ("Content-Length", str(len(block))),
    ]
    head = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields)
    record = b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"
    file.write(gzip.compress(record, compresslevel=6, mtime=0))


def _line(value: str) -> str:
    return " ".join(value.splitlines())


def _id(one: Response) -> str:
    name = f"{one.url} {one.fetched_at.isoformat()} {one.digest}"
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _base32(hexadecimal: str) -> str:
    return base64.b32encode(bytes.fromhex(hexadecimal)).decode()

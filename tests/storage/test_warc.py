"""The WARC file is one that another program reads: warcio's reader checks every digest."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from storage import archive, sources, warc
from storage.database import StorageError, writing
from storage.warc import Exported
from tests.storage.conftest import NOW

SITE = "https://mpt.example"
PAGE = "<h1>Заголовок</h1>".encode() + bytes(range(256))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Two pages, one of them twice with the same body; a withheld one; one of another source."""
    with writing(engine) as session:
        sources.ensure(session, "other", "Другой")

        def keep(path: str, body: bytes, days: int, source: str = "mpt", **more: bool) -> None:
            headers = [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Set-Cookie", "a=1"),
                ("Set-Cookie", "b=2"),
                ("Content-Length", "17"),
                ("Transfer-Encoding", "chunked"),
                ("X-Odd", "zeile\r\nEins: 2"),
            ]
            archive.keep(
                session,
                source,
                SITE + path,
                at=NOW + timedelta(days=days),
                status=200,
                headers=headers,
                body=body,
                **more,
            )

        keep("/a", PAGE, 0)
        keep("/b", b"", 1)
        keep("/a", PAGE, 2)
        keep("/hidden", b"kein Archiv", 3, withheld=True)
        keep("/c", b"x" * 100_000, 4, "other")
    return engine


def export(engine: Engine, target: Path, **wanted: object) -> Exported:
    *_, last = warc.export(engine, target, software="coopwatch/test", **wanted)  # type: ignore[arg-type] # a test's options
    return last


def records(target: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    with target.open("rb") as file:
        return [
            (record, record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_another_program_reads_what_was_archived(filled: Engine, tmp_path: Path) -> None:
    target = tmp_path / "all.warc.gz"
    assert export(filled, target) == Exported(responses=3, revisits=1, without_body=1)
    (info, about), *rest = records(target)
    assert info.rec_type == "warcinfo"
    assert b"software: coopwatch/test" in about
    assert [
        (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), body) for one, body in rest
    ] == [
        ("response", f"{SITE}/a", PAGE),
        ("response", f"{SITE}/b", b""),
        ("revisit", f"{SITE}/a", b""),
        ("response", f"{SITE}/c", b"x" * 100_000),
    ]
    first, _ = rest[0]
    assert first.http_headers.get_statuscode() == "200"
    assert first.rec_headers.get_header("WARC-Date") == "2026-11-20T12:00:00.000000Z"
    headers = first.http_headers.headers
    assert [value for name, value in headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert dict(headers)["Content-Length"] == str(len(PAGE))
    assert dict(headers)["X-Archive-Orig-Transfer-Encoding"] == "chunked"
    assert dict(headers)["X-Odd"] == "zeile Eins: 2"
    again, _ = rest[2]
    for name, of_first in (
        ("WARC-Refers-To", "WARC-Record-ID"),
        ("WARC-Refers-To-Date", "WARC-Date"),
        ("WARC-Payload-Digest", "WARC-Payload-Digest"),
    ):
        assert again.rec_headers.get_header(name) == first.rec_headers.get_header(of_first)


def test_a_part_of_it(filled: Engine, tmp_path: Path) -> None:
    target = tmp_path / "part.warc.gz"
    day = (NOW + timedelta(days=1)).date()
    assert export(filled, target, source="mpt", since=day) == Exported(2, 0, 1)
    uris = [one.rec_headers.get_header("WARC-Target-URI") for one, _ in records(target)[1:]]
    assert uris == [f"{SITE}/b", f"{SITE}/a"]


def test_each_record_can_be_read_alone(filled: Engine, tmp_path: Path) -> None:
    target = tmp_path / "all.warc.gz"
    export(filled, target)
    with target.open("rb") as file:
        reader = ArchiveIterator(file)
        offsets = [reader.get_record_offset() for _ in reader]
        file.seek(offsets[-1])
        (last,) = ArchiveIterator(file)
    assert last.rec_headers.get_header("WARC-Target-URI") == f"{SITE}/c"


def test_a_file_that_cannot_be_written(filled: Engine, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written: No such file"):
        export(filled, tmp_path / "missing" / "all.warc.gz")
    assert list(tmp_path.glob("**/*.part")) == []

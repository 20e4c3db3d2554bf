"""An export as a stream of bytes or as a file, whichever its form."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, cast, get_args

from sqlalchemy.orm import Session

from storage import export, export_excel
from storage.database import StorageError
from storage.export import Manners, Row
from storage.query import Query

Form = Literal["csv", "jsonl", "jsonld", "xlsx"]

_PIECE = 256 * 1024  # bytes


def pieces(session: Session, query: Query, form: Form, manners: Manners) -> Iterator[bytes]:
    """All that the query finds, newest first, in constant memory."""
    yield from _encoded(export.rows(session, query, manners), form, manners)


def write(session: Session, query: Query, target: Path, manners: Manners) -> int:
    """Write all that the query finds to a file, whose ending names the form; returns how many.

    An existing file is replaced once the new one is whole. Raises StorageError for an unknown
    ending, or where the file cannot be written.
    """
    form = _form(target)
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in export.rows(session, query, manners):
            count += 1
            yield row

    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            file.writelines(_encoded(counted(), form, manners))
        part.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _form(target: Path) -> Form:
    ending = target.suffix.lower().removeprefix(".")
    if ending not in get_args(Form):
        known = ", ".join(f".{one}" for one in get_args(Form))
        raise StorageError(f"{target}: its ending tells the form: one of {known}")
    return cast(Form, ending)


def _encoded(rows: Iterable[Row], form: Form, manners: Manners) -> Iterator[bytes]:
    names = export.columns(manners)
    match form:
        case "csv":
            yield from export.to_csv(rows, names)
        case "jsonl":
            yield from export.to_jsonl(rows)
        case "jsonld":
            yield from export.to_jsonld(rows)
        case "xlsx":
            with tempfile.TemporaryFile() as file:
                export_excel.write(rows, names, file)
                file.seek(0)
                while piece := file.read(_PIECE):
                    yield piece

"""Exports of a query: /export.csv, .jsonl, .jsonld, .xlsx. Streamed, so a million rows may come."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from sqlalchemy import Engine

from storage import export, export_excel
from storage.database import reading
from storage.export import CONTENT_TYPES, Manners
from storage.query import Query as Asked
from storage.query import parse
from web.room import TheRoom

router = APIRouter()

Form = Literal["csv", "jsonl", "jsonld", "xlsx"]
_PIECE = 256 * 1024


@router.get("/export.{form}")
def download(
    room: TheRoom,
    form: Form,
    q: Annotated[str, Query(max_length=2_000)] = "",
) -> StreamingResponse:
    """Everything that the query finds, as a file."""
    return streamed(room.engine, parse(q), form, Manners(room.settings.full_text))


def streamed(engine: Engine, query: Asked, form: Form, manners: Manners) -> StreamingResponse:
    """The answer that streams the export."""
    name = f'attachment; filename="coopwatch.{form}"'
    return StreamingResponse(
        _pieces(engine, query, form, manners),
        media_type=CONTENT_TYPES[form],
        headers={"Content-Disposition": name},
    )


def _pieces(engine: Engine, query: Asked, form: Form, manners: Manners) -> Iterator[bytes]:
    with reading(engine) as session:
        rows = export.rows(session, query, manners)
        if form == "csv":
            yield from export.to_csv(rows, export.columns(manners))
        elif form == "jsonl":
            yield from export.to_jsonl(rows)
        elif form == "jsonld":
            yield from export.to_jsonld(rows)
        else:
            with tempfile.TemporaryFile() as file:
                export_excel.write(rows, export.columns(manners), file)
                file.seek(0)
                while piece := file.read(_PIECE):
                    yield piece

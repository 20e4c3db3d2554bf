"""Exports of a query: /export.csv, .jsonl, .jsonld, .xlsx. Streamed, so a million rows may come."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from sqlalchemy import Engine

from storage.database import reading
from storage.export import CONTENT_TYPES, Manners
from storage.export_file import Form, pieces
from storage.query import Query as Asked
from storage.query import parse
from web.room import TheRoom

router = APIRouter()


@router.get("/export.{form}")
def download(
    room: TheRoom,
    form: Form,
    q: str = "",
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
        yield from pieces(session, query, form, manners)

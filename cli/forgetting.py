"""Taking a text out for good: redact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine

from cli.edge import database
from cli.output import console, local
from storage import redaction
from storage.database import StorageError, reading
from storage.record import ArticleView, article


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(rich_help_panel="Keeping")(redact)


def redact(
    context: typer.Context,
    article_id: Annotated[int, typer.Argument(metavar="ID", help="Number from items or search.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; it is all that stays readable.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
) -> None:
    """Remove an article's text everywhere and for good; a tombstone with the reason stays.

    coopwatch redact 17 --reason "по просьбе гражданина, 12.05.2026"

    Article, revisions, facts, search index and archive lose it, and no later visit brings it back.
    """
    if not reason.strip():
        raise typer.BadParameter("--reason must say why; it is all that will be left to read")
    engine = database(context)
    with reading(engine) as session:
        view = article(session, article_id)
    if view.redacted_at is not None:
        raise StorageError(f"article {view.id} was redacted on {local(view.redacted_at)} already")
    _show(view)
    if not yes:
        typer.confirm("Remove its text for good? This cannot be undone", abort=True, err=True)
    with console(stderr=True).status("removing; the whole archive of its source is searched"):
        redaction.redact(engine, view.id, reason, datetime.now(UTC))
    typer.echo(
        f"article {view.id} is redacted. Exports, published databases and backups made before are "
        "not reached",
        err=True,
    )
    for path in _copies(engine):
        typer.echo(f"it is still in {path}: delete that copy when you can", err=True)


def _show(view: ArticleView) -> None:
    out = console(stderr=True)
    out.print(Text(view.title, style="bold"))
    out.print(Text(f"{local(view.published)}  {view.source}  {view.url}", style="dim"))
    count = len(view.revisions)
    out.print(f"{count} revision{'' if count == 1 else 's'}, {len(view.present.text)} characters")


def _copies(engine: Engine) -> Iterator[Path]:
    """Copies that the program made of an SQLite file before it changed its schema."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        file = Path(engine.url.database)
        yield from sorted(file.parent.glob(f"{file.name}.schema-*.backup"))

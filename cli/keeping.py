"""Pieces that came under the id of another one: quarantine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.text import Text

import cooperation
from cli.edge import configuration, database
from cli.output import Column, Format, console, local, print_rows
from cli.reading import FormatOption
from crawler.source import shipped_and_own
from storage import articles
from storage import quarantine as stored
from storage.database import reading, writing
from storage.quarantine import Quarantined


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(rich_help_panel="Collecting")(quarantine)


def quarantine(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="Show this one, both texts.")
    ] = None,
    decision: Annotated[
        Literal["accept", "dismiss"] | None,
        typer.Argument(help="Make it an article of its own, or leave it out."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List pieces that came under the id of another article, and decide what they are.

    A rebuilt site may give an old number to a new piece. Such a piece is kept apart, since it is
    no edit of the known article: accept makes it an article of its own and marks the known one as
    withdrawn; dismiss leaves it out for good.
    """
    engine = database(context)
    with reading(engine) as session:
        kept = stored.quarantined(session, number)
    if number is None or form is not Format.TABLE:
        print_rows(map(_row, kept), COLUMNS, form)
        if not kept:
            typer.echo("nothing lies in quarantine", err=True)
    elif decision is None:
        _print(console(), kept[0])
    elif decision == "dismiss":
        with writing(engine) as session:
            stored.dismiss(session, number, datetime.now(UTC))
        typer.echo(f"{number} is left out", err=True)
    else:
        _accept(context, kept[0])


def _accept(context: typer.Context, kept: Quarantined) -> None:
    source = shipped_and_own(configuration(context).sources_dir).get(kept.source)
    read = kept.reading
    assessment = cooperation.assess(
        read.title,
        read.text,
        language=read.language,
        published=read.published,
        site_country=source.country if source else None,
    )
    with writing(database(context)) as session:
        let_in = articles.accept(session, kept.id, assessment, at=datetime.now(UTC))
    typer.echo(
        f"{kept.id} is article {let_in.article_id} now; article {kept.article_id} keeps its record "
        "and is withdrawn",
        err=True,
    )


def _row(kept: Quarantined) -> dict[str, Any]:
    return {
        "number": kept.id,
        "source": kept.source,
        "url": kept.url,
        "article": kept.article_id,
        "known_title": kept.known_title,
        "known_published": kept.known_published,
        "known_text": kept.known_text,
        "title": kept.reading.title,
        "published": kept.reading.published,
        "text": kept.reading.text,
        "first_seen": kept.first_seen_at,
        "last_seen": kept.last_seen_at,
    }


def _piece(title: str, published: date | datetime | None) -> str:
    return f"{title}\n{local(published)[:10]}"


COLUMNS = [
    Column("No.", lambda row: str(row["number"]), justify="right", wrap=False),
    Column("Source", lambda row: row["source"], wrap=False),
    Column("First seen", lambda row: local(row["first_seen"]), wrap=False),
    Column("Article", lambda row: str(row["article"]), justify="right", wrap=False),
    Column("Known as", lambda row: _piece(row["known_title"], row["known_published"])),
    Column("Came", lambda row: _piece(row["title"], row["published"])),
]


def _print(out: Console, kept: Quarantined) -> None:
    seen = f"seen {local(kept.first_seen_at)}, last {local(kept.last_seen_at)}"
    out.print(Text(f"{kept.source}  {kept.url}\n{seen}", style="dim"))
    for heading, title, published, text in (
        (
            f"Known as article {kept.article_id}",
            kept.known_title,
            kept.known_published,
            kept.known_text,
        ),
        ("Came under its id", kept.reading.title, kept.reading.published, kept.reading.text),
    ):
        out.print(Text(f"\n{heading}, {local(published)}", style="dim"))
        out.print(Text(title, style="bold"))
        out.print(Text(text))
    out.print(Text(f"\ncoopwatch quarantine {kept.id} accept|dismiss", style="dim"), soft_wrap=True)

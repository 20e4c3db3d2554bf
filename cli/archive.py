"""The archive of responses: how much it holds, what goes out of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.filesize import decimal

from cli.edge import database, day
from cli.output import Column, Format, local, print_json, print_rows
from cli.progress import watched
from cli.reading import FormatOption
from cli.rebuilding import SourceOption
from configuration import parse_age, parse_size
from storage import packing, retention, warc
from storage.database import reading, writing
from storage.retention import Holding
from storage.warc import Exported


def _age(text: str) -> timedelta:
    try:
        return parse_age(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _size(text: str) -> int:
    try:
        return parse_size(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


app = typer.Typer(help="The archive of pages as they came: size, export, retention.")


def register(main: typer.Typer) -> None:
    """Add the commands of this module."""
    main.add_typer(app, name="archive", rich_help_panel="Keeping")


STATUS_COLUMNS = [
    Column("Source", lambda row: row["source"], wrap=False),
    Column("Responses", lambda row: str(row["responses"]), justify="right", wrap=False),
    Column("Bodies", lambda row: str(row["bodies"]), justify="right", wrap=False),
    Column("Open", lambda row: decimal(row["open_size"]), justify="right", wrap=False),
    Column("Stored", lambda row: decimal(row["size"]), justify="right", wrap=False),
    Column("Ratio", lambda row: _ratio(row["ratio"]), justify="right", wrap=False),
    Column("Dict.", lambda row: str(row["dictionaries"]), justify="right", wrap=False),
    Column("First", lambda row: local(row["first_at"])[:10], wrap=False),
    Column("Last", lambda row: local(row["last_at"]), wrap=False),
]


@app.command()
def status(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """Show what the archive holds of each source, and how small it is packed.

    A body that came many times is stored once. The ratio counts dictionaries as well.
    """
    with reading(database(context)) as session:
        found = retention.holdings(session)
    if not print_rows(map(_status_row, found), STATUS_COLUMNS, form):
        typer.echo("the archive is empty", err=True)


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.warc.gz", dir_okay=False)],
    source: SourceOption = None,
    since: Annotated[
        date | None, typer.Option(parser=day, metavar="DAY", help="Only fetched then or later.")
    ] = None,
) -> None:
    """Write the archive as a WARC file that web archivists' tools read.

    It holds whole pages of other people: whom you give it to is yours to answer for.
    """
    if not file.name.endswith(".warc.gz"):
        raise typer.BadParameter(f"expected a name that ends in .warc.gz, got {file.name!r}")
    engine = database(context)
    with reading(engine) as session:
        total = warc.total(session, source, since)
    steps = warc.export(
        engine, file, source=source, since=since, software=f"coopwatch/{version('coopwatch')}"
    )
    done = Exported(0, 0, 0)
    for done in watched(steps, total, "writing records"):  # noqa: B007 - the last one has the sums
        pass
    typer.echo(
        f"{file}: {done.responses} responses, {done.revisits} more with a body already written; "
        f"{done.without_body} left out, whose body is not kept",
        err=True,
    )


@app.command()
def prune(
    context: typer.Context,
    older_than: Annotated[
        timedelta | None,
        typer.Option(parser=_age, metavar="DAYS", help="Such as 365d: older pages go."),
    ] = None,
    max_size: Annotated[
        int | None,
        typer.Option(parser=_size, metavar="SIZE", help="Such as 5GB: so much may stay."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Remove archived pages by age and by size; articles, history and identity stay.

    By age go only pages that a later visit replaced and that no revision was read from: reextract
    can still read everything. By size the oldest of those go first, then the oldest of all.
    """
    if older_than is None and max_size is None:
        raise typer.BadParameter("expected --older-than, --max-size or both")
    moment = None if older_than is None else datetime.now(UTC) - older_than
    with writing(database(context)) as session:
        found = retention.prune(session, older_than=moment, max_bytes=max_size)
        left = retention.size(session)
    if as_json:
        print_json({"removed": found.bodies, "removed_size": found.size, "size": left})
    else:
        said = f"{found.bodies} pages removed, {decimal(found.size)}; {decimal(left)} stay"
        typer.echo(said, err=True)


@app.command()
def train(context: typer.Context, source: SourceOption = None) -> None:
    """Learn what the pages of a source have in common, and pack them by it where that pays.

    `coopwatch run` does this every night.
    """
    engine = database(context)
    with reading(engine) as session:
        keys = [one.source for one in retention.holdings(session)]
    for key in [source] if source else keys:
        with writing(engine) as session:
            learnt = packing.train(session, key, datetime.now(UTC))
        saved = packing.pack(engine, key)
        said = "a new dictionary" if learnt else "a new dictionary would not pay"
        typer.echo(f"{key}: {said}; {decimal(saved)} saved", err=True)


def _status_row(one: Holding) -> dict[str, Any]:
    stored = one.size + one.dictionary_size
    return {
        "source": one.source,
        "responses": one.responses,
        "bodies": one.bodies,
        "open_size": one.open_size,
        "size": one.size,
        "ratio": round(one.open_size / stored, 2) if stored else None,
        "dictionaries": one.dictionaries,
        "dictionary_size": one.dictionary_size,
        "first_at": one.first_at,
        "last_at": one.last_at,
    }


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"

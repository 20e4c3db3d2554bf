"""Taking the data away: an export of any query, a database to hand over."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import configuration, database
from storage import export_file
from storage.database import reading
from storage.export import Manners
from storage.publish import publish as write_database
from storage.query import parse

QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help="As for `coopwatch search`; default: everything."),
]
FullTextOption = Annotated[
    bool | None,
    typer.Option(
        "--full-text/--no-full-text",
        help="Whether whole texts go with it; they belong to their publishers. "
        "Default: full_text of the configuration, else no.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (export, publish):
        app.command(
            rich_help_panel="Taking away", context_settings={"ignore_unknown_options": True}
        )(command)


def export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="Its ending tells the form: .csv, .jsonl, .xlsx or .jsonld.")
    ],
    query: QueryArgument = None,
    full_text: FullTextOption = None,
) -> None:
    """Write what a query finds to a file: title, facts, sentence of evidence, link.

    coopwatch export kursk.xlsx party:RU-KRS since:2022 is:item
    """
    asked = parse(" ".join(query or ()))
    with reading(database(context)) as session:
        count = export_file.write(session, asked, file, _manners(context, full_text))
    typer.echo(f"{count} articles in {file}", err=True)


def publish(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new SQLite file, such as items.sqlite.")],
    query: QueryArgument = None,
    full_text: FullTextOption = None,
) -> None:
    """Write the items that a query finds to a database of their own, ready for Datasette.

    Its metadata (what tables and columns mean, ready-made questions) is written beside it.
    Withdrawn articles are left out.
    """
    asked = parse(" ".join(query or ()))
    with reading(database(context)) as session:
        manners = _manners(context, full_text)
        count, metadata = write_database(session, asked, file, datetime.now(UTC), manners)
    typer.echo(f"{count} items in {file}; open it with", err=True)
    typer.echo(f"datasette serve {shlex.quote(str(file))} --metadata {shlex.quote(str(metadata))}")


def _manners(context: typer.Context, full_text: bool | None) -> Manners:
    return Manners(configuration(context).full_text if full_text is None else full_text)

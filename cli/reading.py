"""Asking the database: items, show, search, seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Annotated, Literal

import typer

from cli.article import print_article
from cli.edge import database, day
from cli.edits import print_edits
from cli.output import Format, print_json, print_rows
from cli.rows import FOUND_COLUMNS, ITEM_COLUMNS, found_row, item_row
from storage import items as stored_items
from storage.database import reading, writing
from storage.edits import edits
from storage.finding import Found, Order, every, find
from storage.items import ItemFilter
from storage.labels import labels
from storage.query import parse

PAGE = 500  # rows that are read at once; printing streams over any number

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How rows are printed.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
Kind = Literal["visit", "talks", "agreement", "project", "supply", "trade", "event", "body"]
Language = Literal["ru", "be", "en"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (items, show, seen):
        app.command(rich_help_panel="Reading")(command)
    # A word with a minus before it is a part of the query, not an option.
    app.command(rich_help_panel="Reading", context_settings={"ignore_unknown_options": True})(
        search
    )


def items(
    context: typer.Context,
    new: Annotated[
        bool, typer.Option("--new", help="Only those that were announced: NEW and FOLLOW-UP.")
    ] = False,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="Only those not marked as seen.")
    ] = False,
    since: Annotated[
        date | None, typer.Option(parser=day, metavar="DAY", help="Published then or later.")
    ] = None,
    until: Annotated[
        date | None, typer.Option(parser=day, metavar="DAY", help="Published then or earlier.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="KEY", help="Of this source.")] = None,
    party: Annotated[
        str | None,
        typer.Option(help="With this party: RU-KRS, CN, or a part of its name («Могилев»)."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="With this kind of cooperation.")] = None,
    language: Annotated[Language | None, typer.Option(help="In this language.")] = None,
    limit: LimitOption = 50,
    form: FormatOption = Format.TABLE,
) -> None:
    """List cooperation items, the newest first.

    What did Kursk and Belarus do since 2022? coopwatch items --party RU-KRS --since 2022-01-01
    """
    wanted = ItemFilter(
        new=new,
        unseen=unseen,
        since=since,
        until=until,
        source=source,
        party=party,
        kind=kind,
        language=language,
    )
    engine = database(context)
    with reading(engine) as session:

        def pages() -> Iterator[stored_items.Item]:
            left, after = limit, None
            while page := stored_items.items(session, wanted, min(left, PAGE), after):
                yield from page
                left, after = left - len(page), page[-1].cursor
                if not left:
                    break

        count = print_rows(map(item_row, pages()), ITEM_COLUMNS, form)
    _say_how_many(count, limit, "no such item; `coopwatch items` without filters lists all")


def show(
    context: typer.Context,
    article_id: Annotated[int, typer.Argument(metavar="ID", help="Number from items or search.")],
    why: Annotated[
        bool, typer.Option("--why", help="Mark the words that carry the flag, with their rules.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what each revision changed, word by word.")
    ] = False,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="How it is printed.")
    ] = "text",
) -> None:
    """Show one article: text, facts, revisions, story and where it was seen."""
    with reading(database(context)) as session:
        view = stored_items.article(session, article_id)
        said = labels(session, [view.id])
    if form == "json":
        print_json(edits(view) if diff else view)
    elif diff:
        print_edits(view)
    else:
        print_article(view, said, why=why)


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="Words and fields; all must hold.")],
    order: Annotated[
        Order, typer.Option(help="Newest first, or those with the words in their title first.")
    ] = "newest",
    limit: LimitOption = 20,
    form: FormatOption = Format.TABLE,
) -> None:
    """Search all articles; inflected forms are found: «лифт Курск» finds «лифтов … курскими».

    The same query language as in the reading room, feeds and exports:

    coopwatch search лифт OR станок -тендер party:RU-KRS since:2022 kind:agreement
    coopwatch search '"протокол намерений"' is:item amount:'>1млн'
    """
    asked = parse(" ".join(query))
    with reading(database(context)) as session:
        if order == "newest":
            found: Iterator[Found] = islice(every(session, asked), limit)
        else:
            found = iter(find(session, asked, order=order, limit=limit).found)
        count = print_rows(map(found_row, found), FOUND_COLUMNS, form)
    _say_how_many(count, limit, "nothing found; every word and field must hold, so try fewer")


def seen(
    context: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="ID...", help="Numbers of items.")],
) -> None:
    """Mark items as seen; `coopwatch items --unseen` leaves them out."""
    with writing(database(context)) as session:
        for one in ids:
            stored_items.article(session, one)
        count = stored_items.mark_seen(session, ids, datetime.now(UTC))
    typer.echo(f"{count} marked as seen, {len(set(ids)) - count} were already", err=True)


def _say_how_many(count: int, limit: int, if_none: str) -> None:
    """A word on stderr, so that rows can be piped."""
    if not count:
        typer.echo(if_none, err=True)
    elif count == limit:
        typer.echo(f"the first {limit}; --limit shows more", err=True)

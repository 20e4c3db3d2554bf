"""Collecting: crawl once, run for ever."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import nullcontext
from datetime import date
from typing import Annotated

import typer

from cli.board import Board
from cli.edge import configuration, database, day
from cli.room import room_beside
from crawler.source import Source, find, shipped_and_own
from scheduler.crawls import Crawls
from scheduler.watch import Watch
from storage.walks import WalkKind

INTERRUPTED = 130  # as a shell tells it

SourceArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE]...", help="Keys or source files (*.toml); default: all."),
]
BackfillOption = Annotated[
    bool, typer.Option("--backfill", help="Read the whole archive, not only the recent pages.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (run, crawl):
        app.command(rich_help_panel="Collecting")(command)


def run(
    context: typer.Context,
    source: SourceArgument = None,
    backfill: BackfillOption = False,
    web: Annotated[
        bool, typer.Option("--web/--no-web", help="Serve the reading room meanwhile.")
    ] = True,
) -> None:
    """Watch the sources until Ctrl-C: visit each when it is due and say what is new.

    It serves the reading room too, at http://127.0.0.1:8000/ unless you configure another address.
    """
    settings = configuration(context)
    watched = _chosen(context, source)
    engine = database(context)
    if not settings.contact:
        typer.echo(
            "no contact given: set COOPWATCH_CONTACT to your e-mail or web page, so that the "
            "administrators of the sites can reach you; without one the pace is the slowest",
            err=True,
        )
    logs = settings.data_dir / "logs"
    served = room_beside(engine, settings) if web else nullcontext()
    with served, Board(engine, watched) as board:
        watch = Watch(
            engine,
            watched,
            Crawls(settings),
            logs=logs,
            report=board.visited,
            backfill=backfill,
            unhurried=not settings.contact,
        )
        asyncio.run(watch.run())


def crawl(
    context: typer.Context,
    source: SourceArgument = None,
    url: Annotated[str | None, typer.Option(help="Visit only this page.")] = None,
    since: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DAY", help="Leave out what was published before."),
    ] = None,
    backfill: BackfillOption = False,
    sweep: Annotated[
        bool,
        typer.Option("--sweep", help="Go through the whole archive for what was missed."),
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="With --backfill or --sweep: read N articles."),
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="REQUESTS_PER_DAY",
            help="With --backfill or --sweep: stop when so many requests were made today.",
        ),
    ] = None,
) -> None:
    """Crawl once, now. It waits for nobody: a host that another crawl visits is left alone.

    A backfill or a sweep that was stopped, however that came, goes on where it was.
    """
    if sum((backfill, sweep, url is not None)) > 1:
        raise typer.BadParameter("expected one of --url, --backfill and --sweep")
    if (limit or budget) and not (backfill or sweep):
        raise typer.BadParameter("--limit and --budget are for --backfill or --sweep")
    walk: WalkKind | None = "backfill" if backfill else "sweep" if sweep else None
    settings = configuration(context)
    crawls = Crawls(settings)
    worst = 0
    chosen = _chosen(context, source)  # a mistake in a source is told before anything is visited
    for one in source or chosen:
        command = crawls.command(one, walk=walk, url=url, since=since, limit=limit, budget=budget)
        code = subprocess.run(command, env=crawls.environment(), check=False).returncode  # noqa: S603 - our own command
        worst = max(worst, INTERRUPTED if code < 0 else code)
    raise typer.Exit(worst)


def _chosen(context: typer.Context, wanted: list[str] | None) -> dict[str, Source]:
    """The sources named on the command line, else all that are enabled."""
    own = configuration(context).sources_dir
    if wanted:
        return {source.key: source for source in (find(one, own) for one in wanted)}
    return {key: one for key, one in shipped_and_own(own).items() if one.enabled}

"""The command line: ``coopwatch --help``."""

from __future__ import annotations

import logging
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from cli import (
    archive,
    demo,
    forgetting,
    judging,
    keeping,
    reading,
    rebuilding,
    room,
    sources,
    taking,
    texts,
    watching,
)
from configuration import ConfigurationError, read_configuration
from cooperation.detector import ModelFileError
from cooperation.labelled import LabelledFileError
from crawler.extraction import NotAnArticle
from crawler.fetching import FetchError
from crawler.source import SourceError
from crawler.survey import SurveyError
from storage.database import StorageError
from storage.hosts import HostBusy
from storage.query import QueryError
from web.settings import WebError

EXIT_CODES = """\
Exit codes: 0 done; 1 something failed, see the message; 2 wrong usage or unusable input;
75 another crawl is visiting the host, try again later.
"""
EX_TEMPFAIL = 75  # sysexits.h: "try again later"

_UNUSABLE = (
    ConfigurationError,
    LabelledFileError,
    ModelFileError,
    NotAnArticle,
    QueryError,
    SourceError,
)

app = typer.Typer(
    name="coopwatch",
    help="Watches the news of public bodies and flags new cooperation items.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (
    reading,
    taking,
    judging,
    room,
    watching,
    sources,
    keeping,
    rebuilding,
    forgetting,
    archive,
    texts,
    demo,
):
    group.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coopwatch {version('coopwatch')}")
        raise typer.Exit


@app.callback()
def edge(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            metavar="URL",
            help="SQLAlchemy URL, such as sqlite:///news.db or postgresql://user@host/news. "
            "Default: COOPWATCH_DATABASE_URL, else a SQLite file in your data folder.",
        ),
    ] = None,
    sources_dir: Annotated[
        Path | None,
        typer.Option("--sources-dir", help="Folder of your own source files.", file_okay=False),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log more to stderr.")] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Read the configuration once, for every command."""
    level = logging.INFO if verbose else logging.ERROR
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.root.handlers:
        handler.setLevel(level)  # Scrapy gives its loggers a level of their own
    context.obj = read_configuration(database_url=database, sources_dir=sources_dir)


def main() -> None:
    """Run the command; an error that its user can answer is a line on stderr, not a traceback."""
    try:
        app()
    except HostBusy as error:
        _fail(error, EX_TEMPFAIL)
    except _UNUSABLE as error:
        _fail(error, 2)
    except (StorageError, FetchError, SurveyError, WebError) as error:
        _fail(error, 1)
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`coopwatch items | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: Exception, code: int) -> None:
    typer.echo(f"coopwatch: {error}", err=True)
    sys.exit(code)

"""What every command starts from: the configuration, and the database that it names."""

from __future__ import annotations

from datetime import date

import typer
from sqlalchemy import Engine

from configuration import Configuration
from storage.database import StorageError, connect


def configuration(context: typer.Context) -> Configuration:
    """The configuration that the command line was called with."""
    found = context.obj
    if not isinstance(found, Configuration):
        raise TypeError("a command was called without the callback that reads the configuration")
    return found


def database(context: typer.Context) -> Engine:
    """The database, created or migrated where needed; raises StorageError with what to do."""
    url = configuration(context).database
    if not url:
        raise StorageError("no database: COOPWATCH_DATABASE_URL is empty, and this needs one")
    return connect(url)


def day(text: str) -> date:
    """An option that is a day; raises a usage error that says how a day is written."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"expected a day such as 2023-07-10, got {text!r}") from error

"""How far a long command has come: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.output import console

_SECONDS = 10.0

Item = TypeVar("Item")


def watched(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """The items one by one, while stderr tells how many of ``total`` are done."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield from _told(items, total, what)
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task(what, total=total)
        for item in items:
            yield item
            progress.advance(task)


def _told(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    told = time.monotonic()
    for count, item in enumerate(items, start=1):
        yield item
        if time.monotonic() - told > _SECONDS:
            told = time.monotonic()
            typer.echo(f"{what}: {count} of {total}", err=True)

"""What ``coopwatch run`` shows: a live table in a terminal, a line for each event elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.live import Live
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from cli.output import console, local
from cli.rows import NOTICES
from scheduler.watch import Visited
from storage import sources
from storage.database import reading
from storage.items import Item
from storage.sources import SourceState

log = logging.getLogger(__name__)


class Board:
    """The picture of a running watch, all of it read from the database; a context manager."""

    def __init__(self, engine: Engine, keys: Iterable[str]) -> None:
        self._engine = engine
        self._keys = set(keys)
        self._console = console()
        self._live = Live(
            get_renderable=self._table,
            console=self._console,
            refresh_per_second=1,
            redirect_stderr=False,
        )

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live.is_started:
            self._live.stop()

    def visited(self, visit: Visited) -> None:
        """A visit has ended: its line for those who have no table, and the new items."""
        log.info("%s", visit)
        if not self._console.is_terminal:
            self._console.print(Text(str(visit)), soft_wrap=True)
        self.announce(visit.new)

    def announce(self, new: list[Item]) -> None:
        """Say that these items are new."""
        for item in new:
            line = f"{NOTICES[item.notice or 'new']} {item.id} {item.title} {item.url}"
            log.info("%s", line)
            self._console.print(Text(line, style="bold"), soft_wrap=True)

    def _table(self) -> Table:
        with reading(self._engine) as session:
            states = [s for s in sources.states(session) if s.key in self._keys]
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("Source", "Last visit", "Next visit", "New articles", "New items", ""):
            table.add_column(heading, justify="right" if heading.startswith("New ") else "left")
        for state in states:
            table.add_row(*_cells(state))
        return table


def _cells(state: SourceState) -> list[str]:
    last = state.last_crawl
    if last is None:
        return [state.key, "–", "now", "", "", "not visited yet"]
    under_way = last.outcome is None
    return [
        state.key,
        local(last.started_at),
        "under way" if under_way else local(state.due_at),
        str(last.stats.get("stored/new", 0)),
        str(last.stats.get("notice/new", 0) + last.stats.get("notice/follow_up", 0)),
        "" if under_way else f"{last.outcome} {last.reason}".strip(),
    ]

"""A spider for every source: ``scrapy list`` shows the keys of the source files."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.source import Source, SourceError, find, shipped_and_own
from crawler.spider import NewsSpider


class SourceSpiders:
    """Scrapy's spider loader over the shipped source files and those of the operator."""

    def __init__(self, sources: dict[str, Source], own: Path | None) -> None:
        self._sources = sources
        self._own = own

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Reads all source files; a mistake in one ends the program with its message."""
        own = Path(settings["COOPWATCH_SOURCES_DIR"]) if settings["COOPWATCH_SOURCES_DIR"] else None
        try:
            return cls(shipped_and_own(own), own)
        except SourceError as error:
            raise SystemExit(str(error)) from error

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a source."""
        try:
            return NewsSpider.of(find(spider_name, self._own))
        except SourceError as error:
            raise UsageError(str(error), print_help=False) from error

    def list(self) -> builtins.list[str]:
        """Keys of all sources."""
        return [*self._sources]

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """Keys of the sources whose hosts the request goes to."""
        return [key for key, source in self._sources.items() if source.owns(request.url)]

"""How a crawl is started: a plain ``scrapy crawl`` that finds our database and our sources."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date

from configuration import Configuration
from storage.walks import WalkKind


@dataclass(frozen=True, slots=True)
class Crawls:
    """Starts crawls for the program of this configuration."""

    configuration: Configuration

    def command(
        self,
        source: str,
        *,
        walk: WalkKind | None = None,
        url: str | None = None,
        since: date | None = None,
        limit: int | None = None,
        budget: int | None = None,
        seconds: float | None = None,
        leashed: bool = False,
    ) -> list[str]:
        """The command line; ``source`` is a key or the path of a source file.

        ``limit`` and ``budget`` are those of a walk, which pauses after ``seconds``. A ``leashed``
        crawl ends when its standard input does, that is with whoever started it.
        """
        arguments = {"url": url, "since": since, "limit": limit, "budget": budget}
        if walk is not None:
            arguments[walk] = 1
        options = [f"{name}={value}" for name, value in arguments.items() if value is not None]
        pairs = [part for option in options for part in ("-a", option)]
        settings = ["-s", "COOPWATCH_LEASHED=1"] if leashed else []
        if seconds is not None:
            settings += ["-s", f"CLOSESPIDER_TIMEOUT={seconds:.0f}"]
        return [sys.executable, "-m", "scrapy", "crawl", source, *pairs, *settings]

    def environment(self) -> dict[str, str]:
        """Our own, and the configuration: here a password does not show in the process list."""
        own = self.configuration
        return {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
            "COOPWATCH_DATABASE_URL": own.database,
            "COOPWATCH_CONTACT": own.contact,
            **({"COOPWATCH_SOURCES_DIR": str(own.sources_dir)} if own.sources_dir else {}),
        }

"""``scrapy crawl``, with the outcome of the crawl as its exit code."""

from __future__ import annotations

import argparse

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.arguments import ArgumentMistake, Arguments

EXIT_CODES = {"finished": 0, "paused": 0, "partial": 0, "failed": 1, "busy": 75, "interrupted": 130}


class Command(ScrapyCrawl):
    """Scrapy's own command; arguments are checked before anything starts."""

    _watched: Crawler | None = None

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuses wrong ``-a`` arguments with a message."""
        super().process_options(args, opts)
        try:
            Arguments.read(opts.spargs)
        except ArgumentMistake as mistake:
            raise UsageError(str(mistake), print_help=False) from mistake

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._watched = super()._create_crawler(spidercls)
        return self._watched

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Runs the crawl."""
        super().run(args, opts)
        if self._watched is not None and not self.exitcode:
            outcome = self._watched.stats.get_value("coopwatch/outcome", "failed")
            self.exitcode = EXIT_CODES[outcome]

"""A crawl that ends with whoever started it, however that one ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured


class Leash:
    """Stops the crawl when its standard input is closed; only with COOPWATCH_LEASHED.

    The scheduler holds the other end of that pipe. A scheduler that was killed cannot stop its
    crawls, but its end of the pipe closes, and no crawl goes on visiting a host unwatched.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it; raises NotConfigured for a crawl that nobody holds."""
        if not crawler.settings.getbool("COOPWATCH_LEASHED"):
            raise NotConfigured
        leash = cls()
        crawler.signals.connect(leash.opened, signal=signals.spider_opened)
        return leash

    def opened(self) -> None:
        """Begin to listen."""
        threading.Thread(target=_stop_at_end_of_input, daemon=True).start()


def _stop_at_end_of_input() -> None:
    # Not sys.stdin.read(): that holds a lock which the interpreter needs when it ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)  # Scrapy lets what is in flight finish

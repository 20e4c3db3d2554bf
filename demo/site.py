"""The stand-in site as a whole: started, told what to do, asked for the truth, stopped."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from demo.addresses import all_forms
from demo.archive import Archive
from demo.articles import NewsItem, shipped
from demo.control import Control
from demo.desk import Desk
from demo.drupal import Drupal
from demo.generator import generated
from demo.hostile import Hostility
from demo.server import HOST, Server, control_handler, site_handler
from demo.settings import Settings
from demo.visitors import Visitors

POLL = 0.02


@dataclass(frozen=True, slots=True)
class Record:
    """The truth about one article. ``url`` is its proper address, ``published`` aware."""

    item: NewsItem
    base: str

    @property
    def nid(self) -> int:
        return self.item.nid

    @property
    def language(self) -> str:
        return self.item.language

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def text(self) -> str:
        """Plain text of the body, a line for each paragraph; empty for an empty body."""
        return self.item.text

    @property
    def published(self) -> datetime:
        return self.item.created

    @property
    def promoted(self) -> bool:
        return self.item.promoted

    @property
    def status(self) -> str:
        return self.item.status

    @property
    def translation_set(self) -> int | None:
        return self.item.translation_set

    @property
    def files(self) -> list[str]:
        """Absolute addresses of the files attached to it."""
        return [f"{self.base}/sites/default/files/{name}" for name in self.item.write().files]

    @property
    def url(self) -> str:
        """The address under its own language: what lists link to and canonical names."""
        return f"{self.base}/{self.item.language}/{self.item.alias}"

    @property
    def urls(self) -> list[str]:
        """Every form under which it answers 200 while it is published."""
        forms = all_forms(self.item.nid, self.item.language, self.item.alias)
        return [self.base + form for form in forms]


class StandIn:
    """The site on loopback, at ``url`` and ``control_url`` while it runs.

    ``articles``: None for those that come with the program, a number for that many generated
    ones, or the items themselves. ``port`` 0 takes a free one. Raises OSError from ``start`` if
    a given port is taken.
    """

    def __init__(
        self,
        port: int = 0,
        crawl_delay: float | None = 10.0,
        articles: int | Sequence[NewsItem] | None = None,
        control_port: int = 0,
        layout: str = "drupal7",
    ) -> None:
        if articles is None:
            articles = shipped()
        elif isinstance(articles, int):
            articles = generated(articles)
        settings = Settings(crawl_delay=crawl_delay)
        settings.change(layout=layout)
        self.site = Drupal(Archive(articles), settings)
        self._visitors = Visitors()
        self._hostility = Hostility()
        self._stopped = threading.Event()
        self._ports = (port, control_port)
        self._servers: list[Server] = []
        self._threads: list[threading.Thread] = []
        self.url = ""
        self.control_url = ""

    def start(self) -> Self:
        """Begin to answer."""
        self._stopped.clear()
        desk = Desk(self.site, self._visitors, self._hostility)
        handlers = (
            site_handler(self.site, self._visitors, self._hostility, self._stopped),
            control_handler(desk.commands()),
        )
        urls = []
        for port, handler in zip(self._ports, handlers, strict=True):
            server = Server(port, handler)
            self._servers.append(server)
            urls.append(f"http://{HOST}:{server.server_address[1]}")
            thread = threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True)
            thread.start()
            self._threads.append(thread)
        self.url, self.control_url = urls
        return self

    def stop(self) -> None:
        """Stop answering; connections are closed."""
        self._stopped.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers, self._threads = [], []

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def control(self) -> Control:
        """A client of the control interface."""
        return Control(self.control_url)

    def articles(self) -> list[Record]:
        """The truth about all news, withdrawn ones too, without the standing pages."""
        return [Record(item, self.url) for item in self.site.archive if item.kind == "news"]

    def article(self, nid: int) -> Record:
        """The truth about one node. Raises KeyError if there is none."""
        item = self.site.archive.any(nid)
        if item is None:
            raise KeyError(nid)
        return Record(item, self.url)

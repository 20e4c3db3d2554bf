"""The client of the stand-in's control interface."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from demo.visitors import Visit

PATIENCE = 60.0


class ControlError(Exception):
    """A command was not carried out; the message says why."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What visitors did since the last reset, in the order in which requests came."""

    visits: list[Visit]
    max_simultaneous: int

    @property
    def by_url(self) -> dict[str, list[Visit]]:
        """Requests by URL (path with query)."""
        urls: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            urls[visit.url].append(visit)
        return dict(urls)

    @property
    def gaps(self) -> list[float]:
        """Seconds between the starts of one request and the next."""
        times = sorted(visit.time for visit in self.visits)
        return [later - earlier for earlier, later in pairwise(times)]

    @property
    def min_gap(self) -> float | None:
        """The smallest gap; None below two requests."""
        return min(self.gaps, default=None)


class Control:
    """Commands to a running stand-in. Each raises ControlError if it is not carried out."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._address = urlsplit(url).netloc

    def publish(self, title: str, **values: Any) -> dict[str, Any]:
        """Publish an article: text or html; optionally language ("ru"), created (ISO, Minsk;
        default now), promoted (True), with_slug (False: dated address), translation_of (nid),
        files, images, alias, nid. Returns its record with nid and path.
        """
        return self._object("publish", title=title, **values)

    def edit(self, nid: int, **values: Any) -> dict[str, Any]:
        """Change title, text, html, files, images, promoted or created."""
        return self._object("edit", nid=nid, **values)

    def withdraw(self, nid: int, kind: str = "deleted") -> dict[str, Any]:
        """Take an article down: "deleted" (404) or "unpublished" (403)."""
        return self._object("withdraw", nid=nid, kind=kind)

    def restore(self, nid: int) -> dict[str, Any]:
        """Bring a withdrawn article back."""
        return self._object("restore", nid=nid)

    def maintenance(self, on: bool, *, keep_cache: bool = False) -> None:
        """Enter or leave maintenance; with ``keep_cache`` what is cached goes on being served."""
        self._do("maintenance", on=on, keep_cache=keep_cache)

    def layout(self, name: str) -> None:
        """Show all pages in another layout (and markup)."""
        self._do("set", layout=name)

    def crawl_delay(self, seconds: float | None) -> None:
        """What robots.txt asks for; None: nothing."""
        self._do("set", crawl_delay=seconds)

    def cache_lifetime(self, seconds: float) -> None:
        """Minimum cache lifetime: so long do visitors not see an edit."""
        self._do("set", cache_lifetime=seconds)

    def set(self, **values: Any) -> None:
        """Any of the switches of demo.settings.Settings."""
        self._do("set", **values)

    def clear_caches(self) -> None:
        """Every page is rendered anew, with new validators; nothing else changes."""
        self._do("clear_caches")

    def cron(self) -> None:
        """Rebuild the sitemap."""
        self._do("cron")

    def reuse(self, nid: int, title: str, **values: Any) -> dict[str, Any]:
        """Publish another article under a node number that is taken, as after a rebuild."""
        return self.publish(title, nid=nid, **values)

    def migrate(self, *, new_numbers: bool = False, redirects: bool = False) -> dict[str, str]:
        """Move all news to other addresses (see demo.desk); new path by old path."""
        moved: dict[str, str] = self._do("migrate", new_numbers=new_numbers, redirects=redirects)
        return moved

    def hostile(self, kind: str, path: str = "*", **rule: Any) -> None:
        """Misbehave at the addresses that the glob ``path`` fits (path with query).

        ``kind``: too_many, error, wall, empty, captcha, maintenance_page, redirect, truncated,
        charset, bomb, xml_bomb, huge, nested, slow, drop, each with the options of its
        function in demo.hostile. ``spare``: globs of addresses left alone; ``times``: only so
        often. A looping or endless listing is a setting: ``set(pager="loop")``, "endless".
        """
        self._do("hostile", kind=kind, path=path, **rule)

    def calm(self) -> None:
        """End all hostile behaviour."""
        self._do("calm")

    def articles(self) -> list[dict[str, Any]]:
        """Records of all articles, without texts."""
        records: list[dict[str, Any]] = self._do("articles")
        return records

    def stats(self) -> Stats:
        """What visitors did since the last reset."""
        plain = self._object("stats")
        return Stats([Visit(**visit) for visit in plain["visits"]], plain["max_simultaneous"])

    def reset_stats(self) -> None:
        """Begin counting anew."""
        self._do("reset_stats")

    def _object(self, command: str, **arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = self._do(command, **arguments)
        return result

    def _do(self, command: str, **arguments: Any) -> Any:
        connection = HTTPConnection(self._address, timeout=PATIENCE)
        try:
            body = json.dumps(arguments).encode()
            connection.request("POST", f"/{command}", body, {"Connection": "close"})
            answer = json.loads(connection.getresponse().read())
        except OSError as error:
            raise ControlError(f"no stand-in site answers at {self.url}: {error}") from error
        finally:
            connection.close()
        if "error" in answer:
            raise ControlError(f"{command}: {answer['error']}")
        return answer["result"]

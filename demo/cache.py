"""The page cache of Drupal 7: what makes a 304, and why it proves nothing."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate

ENTRIES = 40_000
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page: ``headers`` without validators and length."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the cache. ``created`` is a Unix time in whole seconds; ``packed`` is gzip."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    packed: bytes
    created: int

    @property
    def last_modified(self) -> str:
        return formatdate(self.created, usegmt=True)

    def etag(self, *, compressed: bool) -> str:
        """Drupal's etag: the time of the entry and whether the answer is compressed."""
        return f'"{self.created}-{int(compressed)}"'

    def unpacked(self) -> bytes:
        return gzip.decompress(self.packed)


@dataclass
class PageCache:
    """Pages by whole URL.

    Any save empties it, or with a minimum lifetime marks it to be emptied when that has run out.
    Entries made after an emptying are at least a second younger than those before: a busy test
    must not meet the one coincidence in which an edited page keeps its validators.
    """

    now: Callable[[], float] = time.time
    entries: dict[str, Entry] = field(default_factory=dict)
    _floor: int = 0
    _newest: int = 0
    _flush_at: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, url: str) -> Entry | None:
        """The entry of this URL, if there is one."""
        with self._lock:
            if self._flush_at is not None and self.now() >= self._flush_at:
                self._empty()
            return self.entries.get(url)

    def put(self, url: str, page: Page) -> Entry:
        """Keep a page; the oldest makes room."""
        packed = gzip.compress(page.body, _LEVEL, mtime=0)
        with self._lock:
            created = max(int(self.now()), self._floor)
            self._newest = max(self._newest, created)
            entry = Entry(page.status, page.reason, page.headers, packed, created)
            if len(self.entries) >= ENTRIES:
                del self.entries[next(iter(self.entries))]
            self.entries[url] = entry
        return entry

    def saved(self, lifetime: float) -> None:
        """Something was saved on the site."""
        with self._lock:
            if lifetime <= 0:
                self._empty()
            elif self._flush_at is None:
                self._flush_at = self.now() + lifetime

    def clear(self) -> None:
        """Empty it at once, whatever the minimum lifetime."""
        with self._lock:
            self._empty()

    def _empty(self) -> None:
        self.entries.clear()
        self._floor = self._newest + 1
        self._flush_at = None

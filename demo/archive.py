"""The site's content: nodes, their addresses, and the orders in which lists show them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

from demo.articles import NewsItem


def _nid(item: NewsItem) -> int:
    return item.nid


class Archive:
    """All nodes. Reading and writing may happen in several threads."""

    def __init__(self, items: Iterable[NewsItem]) -> None:
        self._lock = threading.RLock()
        self._items = {item.nid: item for item in items}
        self._aliases: dict[tuple[str, str], int] = {}
        self._orders: dict[str, list[NewsItem]] = {}
        self.reindex()

    def __iter__(self) -> Iterator[NewsItem]:
        with self._lock:
            return iter(list(self._items.values()))

    def get(self, nid: int) -> NewsItem | None:
        """The node, unless there never was one or it is deleted."""
        item = self._items.get(nid)
        return None if item is None or item.status == "deleted" else item

    def any(self, nid: int) -> NewsItem | None:
        """The node, also a deleted one."""
        return self._items.get(nid)

    def by_alias(self, language: str, alias: str) -> NewsItem | None:
        """The node with this alias in this language."""
        nid = self._aliases.get((language, alias))
        return None if nid is None else self.get(nid)

    def put(self, item: NewsItem) -> None:
        """Add a node, or put it in the place of the one with its number."""
        with self._lock:
            self._items[item.nid] = item
            self.reindex()

    def reindex(self) -> None:
        """To be called after nodes were changed in place."""
        with self._lock:
            self._orders = {}
            self._aliases = {
                (item.language, item.alias): item.nid
                for item in self._items.values()
                if item.status != "deleted"
            }

    def free_nid(self) -> int:
        """The next node's number."""
        return max(self._items, default=0) + 1

    def free_alias(self, language: str, wanted: str) -> str:
        """``wanted``, or with -0, -1 ... behind it if it is taken, as Pathauto does."""
        alias, number = wanted, 0
        while (language, alias) in self._aliases:
            alias, number = f"{wanted}-{number}", number + 1
        return alias

    def migrate(self, *, new_numbers: bool) -> dict[str, str]:
        """Give all news other addresses, ``publikacii/...``; returns new paths by old paths.

        New numbers go the other way round: the oldest article gets the highest.
        """
        with self._lock:
            news = sorted((i for i in self._items.values() if i.kind == "news"), key=_nid)
            numbers = [item.nid for item in news]
            moved: dict[str, str] = {}
            for item, number in zip(news, reversed(numbers), strict=True):
                old = f"/{item.language}/{item.alias}"
                tail = item.alias.removeprefix("news/")
                item.alias = f"publikacii/{item.created:%Y}/{tail.removesuffix(f'-{item.nid}')}"
                if new_numbers:
                    item.nid = number
                item.alias += f"-n{item.nid}"
                moved[old] = f"/{item.language}/{item.alias}"
            self._items = {item.nid: item for item in self._items.values()}
            self.reindex()
        return moved

    def news(self, language: str) -> list[NewsItem]:
        """Published news of one language, newest first."""
        return self._order(f"news {language}")

    def standing(self, language: str) -> list[NewsItem]:
        """Published pages of one language that are no news: what the menu offers."""
        return self._order(f"page {language}")

    def promoted(self) -> list[NewsItem]:
        """Published news on the front page, all languages, newest first."""
        return self._order("promoted")

    def published(self) -> list[NewsItem]:
        """Everything published, standing pages too, in the order of the numbers."""
        return [item for item in self if item.status == "published"]

    def translations(self, item: NewsItem) -> list[NewsItem]:
        """Published nodes of the same translation set, without ``item`` itself."""
        if item.translation_set is None:
            return []
        return [
            other for other in self._order(f"set {item.translation_set}") if other.nid != item.nid
        ]

    def _order(self, name: str) -> list[NewsItem]:
        with self._lock:
            if not self._orders:
                self._orders = self._sorted()
            return self._orders.get(name, [])

    def _sorted(self) -> dict[str, list[NewsItem]]:
        published = [item for item in self._items.values() if item.status == "published"]
        published.sort(key=lambda item: (item.created, item.nid), reverse=True)
        orders: dict[str, list[NewsItem]] = {"": [], "promoted": []}
        for item in published:
            if item.translation_set is not None:
                orders.setdefault(f"set {item.translation_set}", []).append(item)
            orders.setdefault(f"{item.kind} {item.language}", []).append(item)
            if item.kind == "news" and item.promoted:
                orders["promoted"].append(item)
        return orders

"""Pages and feeds that lead to articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime

from demo.articles import NewsItem
from demo.render import Renderer, Shown, pager_numbers, path_of

PER_PAGE = 10
MIXED_FEED = 10
LANGUAGE_FEED = 15


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list stands; numbers are 0-based, ``path`` is that of the page."""

    path: str
    current: int
    last: int
    following: int | None

    @property
    def numbers(self) -> list[int]:
        return pager_numbers(self.current, self.last)

    def link(self, number: int) -> str:
        """The address of a page: the first one has no query."""
        return f"{self.path}?page={number}" if number else self.path


class Listings:
    """Lists of one site, rendered on demand; the sitemap stays as the last cron made it."""

    def __init__(self, render: Renderer) -> None:
        self._render = render
        self._sitemap: list[tuple[str, str]] = []

    def front(self, base: str, language: str, page: int) -> bytes:
        """Promoted nodes of all languages as teasers."""
        items, pager = self._part(self._render.archive.promoted(), f"/{language}", page)
        canonical = f"{base}/{language}" if self._render.settings.metatag else None
        return self._render.page(
            "front",
            language,
            base,
            nodes=self._render.shown(items, language),
            pager=pager,
            canonical=canonical,
        )

    def news(self, base: str, language: str, path: str, page: int, canonical: str) -> bytes:
        """The news of one language, also for any address below it that is no article.

        The canonical link of every page of the list is the address without the page number.
        """
        items, pager = self._part(self._render.archive.news(language), f"/{language}/{path}", page)
        return self._render.page(
            "listing",
            language,
            base,
            nodes=self._render.shown(items, language),
            pager=pager,
            canonical=canonical if self._render.settings.metatag else None,
        )

    def _part(
        self, items: Sequence[NewsItem], path: str, page: int
    ) -> tuple[Sequence[NewsItem], Pager]:
        """One page of a list. A number beyond the last gives the last: the pager never ends."""
        last = max(0, (len(items) - 1) // PER_PAGE)
        current = min(page, last)
        following = current + 1 if current < last else None
        if self._render.settings.pager == "loop" and current >= min(2, last):
            following = 0
        elif self._render.settings.pager == "endless":
            following = page + 1
        return items[current * PER_PAGE :][:PER_PAGE], Pager(path, current, last, following)

    def mixed_feed(self, base: str, language: str) -> bytes:
        """``/rss.xml``: the newest promoted of all languages, with the whole body."""
        items = self._render.archive.promoted()[:MIXED_FEED]
        return self._feed(base, language, items, whole=True)

    def language_feed(self, base: str, language: str) -> bytes:
        """``/ru/rss``: the newest of the current language, promoted or not, as teasers."""
        items = self._render.archive.news(language)[:LANGUAGE_FEED]
        return self._feed(base, language, items, whole=False)

    def _feed(self, base: str, language: str, items: Sequence[NewsItem], *, whole: bool) -> bytes:
        return self._render.xml(
            "feed",
            language,
            base,
            nodes=self._render.shown(items, language),
            whole=whole,
            pub_date=_pub_date,
        )

    def rebuild_sitemap(self) -> None:
        """List everything published now, each node once, under its own language."""
        self._sitemap = [
            (path_of(item, item.language), f"{item.saved.astimezone(UTC):%Y-%m-%dT%H:%MZ}")
            for item in self._render.archive.published()
        ]

    def sitemap(self, base: str) -> bytes:
        """The sitemap as of the last rebuild."""
        return self._render.xml("sitemap", "ru", base, pages=self._sitemap)


def _pub_date(node: Shown) -> str:
    return format_datetime(node.created.astimezone(UTC))

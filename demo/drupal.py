"""The site behind the server: which path answers what, with which validators.

The behaviour was measured on a Drupal 7.105 with views, pathauto, i18n, print, metatag, xmlsitemap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qs, unquote, urlsplit

from demo.archive import Archive
from demo.articles import LANGUAGES, NewsItem
from demo.cache import Entry, Page, PageCache
from demo.listing import Listings
from demo.render import Renderer, Shown, path_of
from demo.settings import Settings
from demo.static import StaticFiles

DEFAULT_LANGUAGE = "ru"
EXPIRES = "Sun, 19 Nov 1978 05:00:00 GMT"
HTML = "text/html; charset=utf-8"
REASONS = {
    200: "OK",
    301: "Moved Permanently",
    304: "Not Modified",
    403: "Forbidden",
    404: "Not Found",
    503: "Service unavailable",
}
GENERATORS = {
    "drupal7": "Drupal 7 (http://drupal.org)",
    "drupal7-second-theme": "Drupal 7 (http://drupal.org)",
    "drupal10": "Drupal 10 (https://www.drupal.org)",
}
_NODE = re.compile(r"node/0*(\d+)(?:/.*)?")
_PRINT = re.compile(r"print/(.+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the site sees it: ``path`` without query and outer slashes."""

    base: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def page(self) -> int:
        """The pager's number; what is no number counts as the first page."""
        text = self.query.get("page", "0").split(",")[0]
        try:
            return max(0, int(float(text)))
        except (ValueError, OverflowError):
            return 0


@dataclass(frozen=True, slots=True)
class Response:
    """What goes over the wire."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes


class Drupal:
    """The whole site: content, settings, page cache."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings
        self.cache = PageCache()
        self.moved: dict[str, str] = {}
        self.render = Renderer(archive, settings)
        self.listings = Listings(self.render)
        self.static = StaticFiles(self.render)
        self.cron()

    def cron(self) -> None:
        """Rebuild the sitemap from what is published now."""
        self.listings.rebuild_sitemap()
        self.cache.saved(self.settings.cache_lifetime)

    def saved(self) -> None:
        """Something was saved: lists are made anew and the page cache is emptied."""
        self.archive.reindex()
        self.cache.saved(self.settings.cache_lifetime)

    def answer(self, target: str, headers: Message[str, str]) -> Response:
        """The response to GET ``target`` (path with query)."""
        base = f"http://{headers.get('Host', '127.0.0.1')}"
        raw_path, _, _ = target.partition("?")
        static = self.static.get(raw_path, headers)
        if static is not None:
            return Response(static.status, static.reason, list(static.headers), static.body)
        if raw_path in self.moved:
            location = [("Location", base + self.moved[raw_path]), ("Content-Type", HTML)]
            return Response(301, REASONS[301], location, b"")
        asked = self._asked(base, target)
        url = f"{base}{target}"
        entry, hit = self.cache.get(url), True
        self.render.counted(self._node_number(asked))
        if entry is None:
            page, hit = self._page(asked), False
            if not self.settings.page_cache:
                return self._uncached(page)
            entry = self.cache.put(url, page)
        return self._from_cache(entry, headers, hit=hit)

    def _asked(self, base: str, target: str) -> Asked:
        # urlsplit would take the second slash of //ALIAS for the start of a host name.
        raw_path, _, raw_query = target.partition("?")
        query = {
            key: values[-1] for key, values in parse_qs(urlsplit(f"?{raw_query}").query).items()
        }
        path = unquote(raw_path)
        if path in ("/", "/index.php"):
            path = query.get("q", "")
        return Asked(base, path.strip("/"), query)

    def _node_number(self, asked: Asked) -> int | None:
        language, path = _split_language(asked.path)
        item = self._node(language, path)
        return item.nid if item else None

    def _node(self, language: str, path: str) -> NewsItem | None:
        match = _NODE.fullmatch(path)
        if match:
            return self.archive.get(int(match[1]))
        return self.archive.by_alias(language, path)

    def _page(self, asked: Asked) -> Page:
        language, path = _split_language(asked.path)
        if self.settings.maintenance:
            body = self.render.page("maintenance", language, asked.base)
            return self._made(503, language, body)
        item = self._node(language, path)
        if item is not None:
            return self._node_page(asked, language, item)
        printed = _PRINT.fullmatch(path)
        if printed:
            return self._print_page(asked, language, printed[1])
        return self._listed(asked, language, path)

    def _listed(self, asked: Asked, language: str, path: str) -> Page:
        first, _, _ = path.partition("/")
        if path == "":
            body = self.listings.front(asked.base, language, asked.page)
            return self._made(200, language, body, canonical=f"{asked.base}/{language}")
        if first == "news":
            canonical = f"{asked.base}/{language}/{path}"
            body = self.listings.news(asked.base, language, path, asked.page, canonical)
            return self._made(200, language, body, canonical=canonical)
        if first in ("rss.xml", "rss"):
            feed = self.listings.mixed_feed if first == "rss.xml" else self.listings.language_feed
            body = feed(asked.base, language)
            return self._made(200, language, body, kind="application/rss+xml; charset=utf-8")
        if path == "sitemap.xml":
            body = self.listings.sitemap(asked.base)
            return self._made(200, language, body, kind="text/xml; charset=utf-8")
        if path in ("user", "user/login") or first == "search":
            body = self.render.page("form", language, asked.base, path=path)
            return self._made(200, language, body)
        return self._error(asked, language, 404)

    def _node_page(self, asked: Asked, language: str, item: NewsItem) -> Page:
        if item.status == "unpublished":
            return self._error(asked, language, 403)
        path, short = path_of(item, language), f"/{language}/node/{item.nid}"
        if self.settings.metatag:
            path, short = asked.base + path, asked.base + short
        translations = self.archive.translations(item)
        switch = {code: f"/{code}/node/{item.nid}" for code in LANGUAGES}
        switch |= {other.language: path_of(other, other.language) for other in translations}
        switch[item.language] = path_of(item, item.language)
        body = self.render.page(
            "article" if item.kind == "news" else "standing",
            language,
            asked.base,
            node=Shown(item, language),
            translations=self.render.shown(translations, language),
            canonical=path,
            shortlink=short,
            switch=switch,
        )
        return self._made(200, language, body, canonical=path, shortlink=short)

    def _print_page(self, asked: Asked, language: str, tail: str) -> Page:
        path = f"node/{tail}" if tail.isdecimal() else tail
        item = self._node(language, path)
        if item is None:
            return self._error(asked, language, 404)
        if item.status == "unpublished":
            return self._error(asked, language, 403)
        body = self.render.page("print", language, asked.base, node=Shown(item, language))
        return self._made(200, language, body)

    def _error(self, asked: Asked, language: str, status: int) -> Page:
        canonical = f"{asked.base}/{language}" if self.settings.metatag else None
        kind = "missing" if status == 404 else "denied"
        body = self.render.page(
            "message", language, asked.base, kind=kind, path=asked.path, canonical=canonical
        )
        return self._made(status, language, body, canonical=canonical)

    def _made(
        self,
        status: int,
        language: str,
        body: bytes,
        *,
        kind: str = HTML,
        canonical: str | None = None,
        shortlink: str | None = None,
    ) -> Page:
        headers = [
            ("Content-Type", kind),
            ("Content-Language", language),
            ("X-Frame-Options", "SAMEORIGIN"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        generator = GENERATORS.get(self.settings.layout)
        if generator:
            headers.append(("X-Generator", generator))
            links = [f'<{canonical}>; rel="canonical"'] if canonical else []
            links += [f'<{shortlink}>; rel="shortlink"'] if shortlink else []
            if links and (self.settings.metatag or shortlink):
                headers.append(("Link", ",".join(links)))
        return Page(status, REASONS[status], tuple(headers), body)

    def _uncached(self, page: Page) -> Response:
        headers = [
            *page.headers,
            ("Cache-Control", "no-cache, must-revalidate"),
            ("Expires", EXPIRES),
        ]
        return Response(page.status, page.reason, headers, page.body)

    def _from_cache(self, entry: Entry, headers: Message[str, str], *, hit: bool) -> Response:
        wants_gzip = "gzip" in headers.get("Accept-Encoding", "")
        by_drupal = wants_gzip and self.settings.compression == "drupal"
        by_proxy = wants_gzip and self.settings.compression == "nginx"
        etag = entry.etag(compressed=by_drupal)
        # The proxy passes If-None-Match on as it is; Drupal knows no weak etag.
        same = (
            headers.get("If-None-Match") == etag
            and headers.get("If-Modified-Since") == entry.last_modified
        )
        sent_etag = f"W/{etag}" if by_proxy else etag
        control = ("Cache-Control", f"public, max-age={self.settings.max_age}")
        if same:
            return Response(304, REASONS[304], [("Etag", sent_etag), control], b"")
        vary = "Cookie,Accept-Encoding" if self.settings.compression != "off" else "Cookie"
        out = [
            *entry.headers,
            ("X-Drupal-Cache", "HIT" if hit else "MISS"),
            ("Etag", sent_etag),
            ("Last-Modified", entry.last_modified),
            control,
            ("Expires", EXPIRES),
            ("Vary", vary),
        ]
        if by_drupal or by_proxy:
            return Response(
                entry.status, entry.reason, [*out, ("Content-Encoding", "gzip")], entry.packed
            )
        return Response(entry.status, entry.reason, out, entry.unpacked())


def _split_language(path: str) -> tuple[str, str]:
    first, _, rest = path.partition("/")
    return (first, rest) if first in LANGUAGES else (DEFAULT_LANGUAGE, path)

"""What a page says about itself for machines: JSON-LD, RDFa, microdata, Open Graph, meta."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from crawler.extraction.page import Page
from crawler.extraction.text import squeeze

_ARTICLE_TYPES = {"Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "TechArticle"}
_LONGEST_JSON = 500_000

_META_PUBLISHED = (
    "meta[property='article:published_time']::attr(content)",
    "meta[name='article:published_time']::attr(content)",
    "meta[itemprop=datePublished]::attr(content)",
    "meta[name='DC.date.issued']::attr(content)",
    "meta[name='dcterms.created']::attr(content)",
    "meta[name='dc.date']::attr(content)",
    "meta[name=pubdate]::attr(content)",
    "meta[name=publishdate]::attr(content)",
)
_META_MODIFIED = (
    "meta[property='article:modified_time']::attr(content)",
    "meta[itemprop=dateModified]::attr(content)",
    "meta[property='og:updated_time']::attr(content)",
)


def articles(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD objects of an article type on the page; broken JSON counts as none."""
    found = []
    for script in page.selector.css("script[type='application/ld+json']::text").getall():
        if len(script) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        found += [item for item in _objects(data) if _types(item) & _ARTICLE_TYPES]
    return found


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return {name for name in names if isinstance(name, str)}


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return squeeze(value) if isinstance(value, str) else ""


def published(page: Page) -> Iterator[tuple[str, str]]:
    """(rule, written date) of publication, the surest first."""
    for item in articles(page):
        if written := _text(item, "datePublished"):
            yield "json-ld", written
    for css in _META_PUBLISHED:
        for written in page.values(css):
            yield "meta", written
    for css in ("[property~='dc:created']::attr(content)", "[property~='dc:date']::attr(content)"):
        if len(dates := set(page.values(css))) == 1:  # several belong to the entries of a list
            yield "rdfa", dates.pop()


def modified(page: Page) -> Iterator[tuple[str, str]]:
    """(rule, written date) of the last change as the page states it."""
    for item in articles(page):
        if written := _text(item, "dateModified"):
            yield "json-ld", written
    for css in _META_MODIFIED:
        for written in page.values(css):
            yield "meta", written


def headlines(page: Page) -> Iterator[tuple[str, str]]:
    """(rule, headline), the surest first."""
    for item in articles(page):
        if headline := _text(item, "headline"):
            yield "json-ld", headline
    for css in ("[property='dc:title']::attr(content)", "[itemprop=headline]::attr(content)"):
        for headline in page.values(css)[:1]:
            yield "rdfa", headline
    for css in ("meta[property='og:title']::attr(content)", "meta[name='og:title']::attr(content)"):
        for headline in page.values(css)[:1]:
            yield "og:title", headline


def site_names(page: Page) -> list[str]:
    """Names that the page gives its site."""
    names = page.values("meta[property='og:site_name']::attr(content)")
    names += page.values("meta[name='application-name']::attr(content)")
    for item in articles(page):
        publisher = item.get("publisher")
        if isinstance(publisher, dict):
            names.append(_text(publisher, "name"))
    if page.source is not None:
        names += [page.source.name.ru, page.source.name.be, page.source.name.en]
    return [name for name in names if name]


def is_article(page: Page) -> bool:
    """Whether the page calls itself an article."""
    kinds = page.values("meta[property='og:type']::attr(content)")
    return "article" in kinds or bool(articles(page))

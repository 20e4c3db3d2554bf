"""From a response to an article."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.extraction import address, dates, evidence, generic, language, titles
from crawler.extraction.blocks import Block, images_of, links_of, read_blocks
from crawler.extraction.decoding import decode
from crawler.extraction.page import Page
from crawler.extraction.refusal import NotAnArticle
from crawler.extraction.writing import to_html, to_text
from crawler.source import Layout, Source
from storage.article import Article

__all__ = ["NotAnArticle", "extract"]


def extract(
    html: bytes,
    url: str,
    *,
    source: Source | None = None,
    headers: Mapping[str, str] | None = None,
) -> Article:
    """The article on the page ``html``, answered at ``url`` with ``headers``.

    With a source, its layouts are tried first; without one, or where none fits, the generic way is
    taken. ``Article.provenance`` names the rule that gave each field, ``Article.layout`` the layout
    ("generic" for none). Depends on nothing but its arguments (a date ahead of the response's Date
    header, or of now where it has none, is refused). Raises NotAnArticle with the reason.
    """
    lower = {name.lower(): value for name, value in (headers or {}).items()}
    text = decode(html, lower, source.charset if source else "utf-8")
    page = Page(text, url, lower, source)
    evidence.refuse_evident(page)
    layout = evidence.layout_of(page)
    evidence.refuse_listing(page, layout)
    article, cards = _fields(page, layout)
    if layout is None:
        evidence.refuse_unproved(page, article.text, article.published is not None, cards)
    if not article.title:
        raise NotAnArticle("no title")
    return article


def _fields(page: Page, layout: Layout | None) -> tuple[Article, int]:
    rules = page.provenance
    title, rules["title"] = titles.title(page, layout)
    published, rules["published"] = dates.published(page, layout, title)
    modified, rules["modified"] = dates.modified(page)
    found = _body(page, layout, title)
    blocks, rules["body"] = found.blocks, found.rule
    article = Article(
        url=page.url,
        canonical_url=address.canonical(page.url, page.source),
        title=title,
        text=to_text(blocks),
        html=to_html(blocks),
        published=published,
        modified=modified,
        images=_images(page, layout, blocks),
        files=_files(page, layout, blocks),
        layout=layout.name if layout else "generic",
    )
    article.site_id, rules["site_id"] = _site_id(page)
    article.language, rules["language"] = language.of(page, f"{title}\n{article.text}")
    article.provenance = {name: rule for name, rule in rules.items() if rule}
    return article, found.cards


def _body(page: Page, layout: Layout | None, title: str) -> generic.Body:
    if layout is None:
        return generic.body(page, title)
    for css in layout.body:
        if (element := page.element(css)) is not None:
            return generic.Body(read_blocks(element, page.absolute), f"layout: {css}")
    return generic.Body([], "")


def _site_id(page: Page) -> tuple[str | None, str]:
    if page.source is None:
        return None, ""
    if (found := evidence.page_id(page)) is not None:
        return found, "page"
    found = page.source.url_id(page.url)
    return found, "url" if found else ""


def _images(page: Page, layout: Layout | None, blocks: list[Block]) -> list[str]:
    found = [
        full
        for css in (layout.images if layout else [])
        for value in page.values(css)
        if (full := page.absolute(value)) is not None
    ]
    return list(dict.fromkeys([*found, *images_of(blocks)]))


def _files(page: Page, layout: Layout | None, blocks: list[Block]) -> list[str]:
    found = [
        full
        for css in (layout.files if layout else [])
        for value in page.values(css)
        if (full := page.absolute(value)) is not None
    ]
    found += [link for link in links_of(blocks) if address.FILE.search(urlsplit(link).path)]
    return list(dict.fromkeys(found))

"""From a response to an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from crawler.extraction import address, dates, evidence, generic, language, titles
from crawler.extraction.blocks import Block, images_of, links_of, read_blocks
from crawler.extraction.candidates import Candidate, Choices, Weighed
from crawler.extraction.decoding import decode
from crawler.extraction.page import Page
from crawler.extraction.refusal import NotAnArticle
from crawler.extraction.writing import to_html, to_text
from crawler.source import Layout, Source
from storage.article import Article

__all__ = ["Explanation", "NotAnArticle", "explain", "extract"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What every rule gave for every field, and what came of it: an article or a refusal."""

    weighed: list[Weighed]
    article: Article | None
    refusal: NotAnArticle | None


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
    return _extract(html, url, source, headers or {}, Choices())


def explain(
    html: bytes,
    url: str,
    *,
    source: Source | None = None,
    headers: Mapping[str, str] | None = None,
) -> Explanation:
    """The same as `extract`, with all that its rules gave; a refusal is an answer here."""
    choices = Choices(all=True)
    try:
        article = _extract(html, url, source, headers or {}, choices)
    except NotAnArticle as refusal:
        return Explanation(choices.weighed, None, refusal)
    return Explanation(choices.weighed, article, None)


def _extract(
    html: bytes, url: str, source: Source | None, headers: Mapping[str, str], choices: Choices
) -> Article:
    lower = {name.lower(): value for name, value in headers.items()}
    text = decode(html, lower, source.charset if source else "utf-8")
    page = Page(text, url, lower, source, choices)
    evidence.refuse_evident(page)
    found = choices.first("layout", evidence.layouts(page))
    layout = found.value if found else None
    evidence.refuse_listing(page, layout)
    article = _fields(page, layout)
    if layout is None:
        evidence.refuse_unproved(page, article.text, article.published is not None)
    if not article.title:
        raise NotAnArticle("no title")
    return article


def _fields(page: Page, layout: Layout | None) -> Article:
    first, every = page.choices.first, page.choices.every
    title = first("title", titles.candidates(page, layout))
    heading = title.value or "" if title else ""
    published = first("published", dates.published(page, layout, heading))
    modified = first("modified", dates.modified(page))
    body = first("body", _bodies(page, layout, heading))
    site_id = first("site_id", _site_ids(page))
    blocks = body.value if body and body.value else []
    text = to_text(blocks)
    spoken = first("language", language.candidates(page, f"{heading}\n{text}"))
    rules = {
        "title": title, "published": published, "modified": modified, "body": body,
        "site_id": site_id, "language": spoken,
    }  # fmt: skip
    return Article(
        url=page.url,
        canonical_url=address.canonical(page.url, page.source),
        title=heading,
        text=text,
        html=to_html(blocks),
        published=published.value if published else None,
        modified=modified.value if modified else None,
        site_id=site_id.value if site_id else None,
        language=spoken.value if spoken else None,
        images=every("images", _images(page, layout, blocks)),
        files=every("files", _files(page, layout, blocks)),
        layout=layout.name if layout else "generic",
        provenance={name: one.rule for name, one in rules.items() if one and one.rule},
    )


def _bodies(page: Page, layout: Layout | None, title: str) -> Iterator[Candidate[list[Block]]]:
    if layout is not None and layout.body:
        for css in layout.body:
            rule = f"layout: {css}"
            if (element := page.element(css)) is not None:
                yield generic.candidate(rule, read_blocks(element, page.absolute))
            else:
                yield Candidate(rule, None)
        # Drupal leaves out the whole field where an article has no text.
        yield generic.candidate("", [], "no body on a page of a known layout")
    yield from generic.candidates(page, title)


def _site_ids(page: Page) -> Iterator[Candidate[str]]:
    yield from evidence.page_ids(page)
    if page.source is not None:
        yield Candidate("url", page.source.url_id(page.url), page.url)


def _images(page: Page, layout: Layout | None, blocks: list[Block]) -> Iterator[Candidate[str]]:
    own = (Candidate("body", image, image) for image in images_of(blocks))
    return chain(_links(page, layout.images if layout else []), own)


def _files(page: Page, layout: Layout | None, blocks: list[Block]) -> Iterator[Candidate[str]]:
    own = (
        Candidate("body", link, link)
        for link in links_of(blocks)
        if address.FILE.search(urlsplit(link).path)
    )
    return chain(_links(page, layout.files if layout else []), own)


def _links(page: Page, selectors: list[str]) -> Iterator[Candidate[str]]:
    for css in selectors:
        values = page.values(css)
        for value in values:
            yield Candidate(f"layout: {css}", page.absolute(value), value)
        if not values:
            yield Candidate(f"layout: {css}", None)

"""Where articles are found: listing pages, feeds, sitemaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement
from scrapy.utils.sitemap import Sitemap

from crawler.extraction.address import home
from crawler.extraction.evidence import refuse_evident
from crawler.extraction.page import Page
from crawler.extraction.text import squeeze
from crawler.source import Source

_NEXT_WORDS = re.compile(
    r"(?i)^(?:следующ\w+|дал(?:ее|ьше|ей)|вперед|вперёд|наступн\w+|далей|next|older|›|»|→|>)"
    r"(?:\s+(?:страница|старонка|page|›|»|→))?$"
)
# An address up to the last number of its path or query, that number, and the rest.
_LAST_NUMBER = re.compile(r"(\w+://[^/]*/.*?)(\d{1,9})(\D*)")
_HEADLINE = 15
_FEWEST = 3
_AROUND = ("nav", "aside", "footer", "header")


@dataclass(slots=True)
class Route:
    """One declared way to articles and what it showed in this crawl.

    ``failure`` says in words why it could not be read; a route that was read and had nothing new
    has none. ``look`` is what the generic way knows its links by, once it has seen some.
    """

    kind: Literal["listing", "feed", "sitemap"]
    url: str
    pages: int = 0
    links: int = 0
    unknown: int = 0
    status: int | None = None
    rule: str = ""
    failure: str = ""
    look: tuple[str, ...] = ()
    shown: set[int] = field(default_factory=set, repr=False)

    @property
    def read(self) -> bool:
        """Whether it answered, be it with a 304."""
        return self.status in {200, 304} and not self.failure


@dataclass(frozen=True, slots=True)
class Listing:
    """Links to articles on a listing page in its order, the next page, and how both were found.

    ``ahead``: how many pages follow, where the pager tells.
    """

    links: list[str]
    next: str | None
    rule: str
    look: tuple[str, ...] = ()
    ahead: int | None = None


def read_listing(page: Page, source: Source, look: tuple[str, ...] = ()) -> Listing:
    """The links of a listing page: by a layout's selectors, else by the look of the page.

    ``look``: that of the links on the listing's earlier pages; the last one may have a single link.

    Raises NotAnArticle for an error page that came with status 200.
    """
    refuse_evident(page)
    for layout in source.layouts:
        if links := _within(source, page, _values(page, layout.items)):
            following = [full for v in _values(page, layout.next) if (full := page.absolute(v))]
            return _listing(page, links, following[0] if following else None, layout.name)
    headlines, look = _headlines(page, source, look)
    links = _within(source, page, headlines)
    return _listing(page, links, _generic_next(page), "generic", look)


def _listing(
    page: Page, links: list[str], following: str | None, rule: str, look: tuple[str, ...] = ()
) -> Listing:
    return Listing(links, following, rule, look, _ahead(page, following) if following else 0)


def _ahead(page: Page, following: str) -> int | None:
    """How many pages follow, by the numbers in the pager's addresses.

    They are those that differ from the next page's in its last number only. A single link to the
    next page tells no end.
    """
    if (parts := _LAST_NUMBER.fullmatch(following)) is None:
        return None
    head, number, tail = parts.groups()
    pattern = re.compile(re.escape(head) + r"(\d{1,9})" + re.escape(tail))
    targets = (page.absolute(value) for value in page.values("a[href]::attr(href)"))
    matches = (pattern.fullmatch(target) for target in targets if target)
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) < 2:
        return None
    distinct = sorted({*numbers, int(number)})
    step = min((b - a for a, b in pairwise(distinct)), default=1)
    return (distinct[-1] - int(number)) // step + 1


def _values(page: Page, selectors: Iterable[str]) -> list[str]:
    return [value for css in selectors for value in page.values(css)]


def _within(source: Source, page: Page, links: Iterable[str]) -> list[str]:
    """``links`` as addresses of the source that may be visited, the page itself left out."""
    here = home(page.url, source).partition("?")[0]
    found = []
    for link in links:
        full = page.absolute(link)
        if full is None or source.excludes(full):
            continue
        address = home(full, source)
        if address.partition("?")[0] != here:
            found.append(address)
    return list(dict.fromkeys(found))


def _headlines(
    page: Page, source: Source, known: tuple[str, ...]
) -> tuple[list[str], tuple[str, ...]]:
    """Targets of the links with the ``known`` look, else of the largest group of links that look
    alike and read like headlines; and that look. One or two make a group only if the address of
    one names an article.
    """
    groups: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for anchor in page.selector.root.iter("a"):
        text = squeeze("".join(anchor.itertext()))
        target = anchor.get("href")
        around = next(anchor.iterancestors(*_AROUND), None) is not None
        if target and len(text) >= _HEADLINE and not around:
            groups[_look(anchor)].setdefault(target, len(text))
    if known in groups:
        return list(groups[known]), known
    sizes = {
        look: sum(group.values())
        for look, group in groups.items()
        if len(group) >= _FEWEST
        or any(source.url_id(full) for link in group if (full := page.absolute(link)))
    }
    best = max(sizes, key=sizes.__getitem__, default=())
    return list(groups.get(best, ())), best


def _look(anchor: HtmlElement) -> tuple[str, ...]:
    """Tag and classes of a link and of the three elements around it, numbers left out."""
    around = [anchor, *list(anchor.iterancestors())[:3]]
    return tuple(
        re.sub(r"\d+|first|last|odd|even", "", f"{e.tag!r}.{e.get('class')}") for e in around
    )


def _generic_next(page: Page) -> str | None:
    for css in ("link[rel=next]::attr(href)", "a[rel~=next]::attr(href)"):
        for value in page.values(css):
            return page.absolute(value)
    for anchor in page.selector.css("a[href]"):
        text = squeeze("".join(anchor.root.itertext()))
        if _NEXT_WORDS.match(text):
            return page.absolute(anchor.attrib["href"])
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    url: str
    guid: str


def read_feed(body: bytes) -> list[Entry] | None:
    """Entries of an RSS, RDF or Atom feed in its order; None for what is no feed.

    No entity is expanded and nothing is fetched.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body.strip(), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or _local(root) not in {"rss", "RDF", "feed"}:
        return None
    return [
        entry
        for element in root.iter()
        if _local(element) in {"item", "entry"} and (entry := _entry(element)) is not None
    ]


def _entry(element: etree._Element) -> Entry | None:
    link = guid = ""
    for child in element:
        name, text = _local(child), squeeze(child.text or "")
        if name == "link" and child.get("rel", "alternate") == "alternate":
            link = link or child.get("href") or text
        elif name in {"guid", "id"}:
            guid = text
    if not link and guid.startswith("http"):
        link = guid
    return Entry(link, guid) if link else None


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def read_sitemap(body: bytes) -> Iterator[tuple[Literal["page", "sitemap"], str, str]]:
    """("page" or "sitemap", address, date of its last change or "") for each entry of a sitemap
    or an index of sitemaps; nothing for what is no sitemap.
    """
    try:
        sitemap = Sitemap(body)
    except (etree.XMLSyntaxError, StopIteration):
        return
    kind: Literal["page", "sitemap"] = "sitemap" if sitemap.type == "sitemapindex" else "page"
    for entry in sitemap:
        if isinstance(location := entry.get("loc"), str):
            changed = entry.get("lastmod")
            yield kind, location.strip(), changed.strip() if isinstance(changed, str) else ""

"""A new source, drafted from what a survey saw: each rule in it was proved on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from crawler.extraction import structured
from crawler.extraction.page import Page
from crawler.extraction.text import squeeze
from crawler.manners import Politeness
from crawler.source import (
    Layout,
    Names,
    PageId,
    SiteId,
    Source,
    path_and_query,
)
from crawler.survey import Sample, Survey, explained

_ANY_LANGUAGE = "^/(?:(?:ru|be|en)/)?"
_GUID = r"^(\d+) at "
_NODE = _ANY_LANGUAGE + r"node/(\d+)(?:[/?]|$)"
_PAGE_IDS = (
    PageId(css="body::attr(class)", pattern=r"(?:^|\s)page-node-(\d+)(?:\s|$)"),
    PageId(css="link[rel=shortlink]::attr(href)", pattern=r"/node/(\d+)$"),
    PageId(css=".node:not(.node-teaser)::attr(id)", pattern=r"^node-(\d+)$"),
)
_ZONES = {"BY": "Europe/Minsk", "RU": "Europe/Moscow"}
_PRINT = _ANY_LANGUAGE + "print(?:mail|pdf)?/"
_SERVICE = _ANY_LANGUAGE + r"(?:search|user|admin|comment|filter|node/add)(?:[/?]|$)"
_SURE = 3
_SAME = 0.9
_TERMS = (
    "Not read yet; read them before you publish anything. Full texts are for the operator only."
)


def provisional(url: str, *, delay: float, allow_private: bool, taken: Iterable[str]) -> Source:
    """A source with nothing but its address, for the first look. ``taken``: keys in use."""
    parts = urlsplit(url)
    netloc = parts.netloc.lower()
    bare = netloc.removeprefix("www.")
    hosts = [netloc] if allow_private else list(dict.fromkeys([netloc, bare, f"www.{bare}"]))
    country = "RU" if bare.endswith(".ru") else "BY"
    return Source(
        key=_key(bare, taken),
        name=Names(ru=bare, be=bare, en=bare),
        country=country,
        zone=_ZONES[country],
        languages=["ru"],
        site=f"{parts.scheme}://{netloc}",
        hosts=hosts,
        listings=[url],
        politeness=Politeness(delay=delay, every="1h"),
        terms=_TERMS,
        enabled=True,
        verified=False,
        allow_private=allow_private,
    )


def _key(host: str, taken: Iterable[str]) -> str:
    first = re.sub(r"[^a-z0-9]", "", re.split("[.:]", host, maxsplit=1)[0])
    key = first if first[:1].isalpha() else f"site{first}"
    known, number, free = set(taken), 2, key
    while free in known:
        free, number = f"{key}{number}", number + 1
    return free


def drafted(survey: Survey) -> Source:
    """The surveyed source with the routes and the rules that addresses and feeds prove."""
    source = survey.source
    links = [link for route in (*survey.feeds, *survey.listings) for link in route.links]
    name = _site_name(survey.start)
    delay = survey.rules.crawl_delay if survey.rules and survey.rules.crawl_delay else 0.0
    many = len(survey.languages) > 1
    return source.model_copy(
        update={
            "name": Names(ru=name, be=name, en=name),
            "languages": survey.languages,
            "listings": [_relative(route.url, source) for route in survey.listings],
            "feeds": [_relative(route.url, source) for route in survey.feeds],
            "sitemaps": [_relative(route.url, source) for route in survey.sitemaps],
            "exclude": [_SERVICE] if many and "drupal" in survey.engine.lower() else [],
            "site_id": _ids_in_addresses(survey, links),
            "politeness": Politeness(delay=max(source.politeness.delay, delay), every="1h"),
        }
    )


def refined(
    source: Source, samples: list[Sample], known: Mapping[str, Source]
) -> tuple[Source, str]:
    """The source with what its articles prove, and the key of the source whose layout it shares.

    A page's own id counts where it contradicts no address; a layout of a known source is taken
    over when it reads every sample as the generic way does.
    """
    pages = [_page(sample, source) for sample in samples if sample.told and sample.told.article]
    ids = source.site_id.model_copy(
        update={"page": [rule for rule in _PAGE_IDS if _gives_ids(rule, pages, source)]}
    )
    prints = any(
        re.search(_PRINT, path_and_query(full))
        for page in pages
        for link in page.values("a[href]::attr(href)")
        if (full := page.absolute(link))
    )
    found = source.model_copy(update={"site_id": ids, "print_pages": [_PRINT] if prints else []})
    for key, other in known.items():
        for layout in other.layouts:
            if _reads_all(found, layout, samples):
                return found.model_copy(update={"layouts": [layout]}), key
    return found, ""


def _page(sample: Sample, source: Source) -> Page:
    text = sample.answer.body.decode(source.charset, "replace")
    return Page(text, sample.answer.url, sample.answer.headers, source)


def _relative(url: str, source: Source) -> str:
    return path_and_query(url) if url.startswith(f"{source.site}/") else url


def _site_name(page: Page) -> str:
    """What the page calls its site, else what follows the last separator of its title."""
    declared = [name for name in structured.site_names(page) if page.source is None
                or name not in page.source.name.model_dump().values()]  # fmt: skip
    title = squeeze("".join(page.selector.css("title::text").getall()[:1]))
    parts = re.split(r"\s+(?:[|—–·•:»/-]|::)\s+", title)
    name = declared[0] if declared else parts[-1]
    return name or urlsplit(page.url).netloc


def _ids_in_addresses(survey: Survey, links: list[str]) -> SiteId:
    """Rules for the site's ids, as far as feeds and addresses bear each other out."""
    pairs = [
        (match[1], link)
        for feed in survey.feeds
        for guid, link in zip(feed.guids, feed.links, strict=True)
        if (match := re.search(_GUID, guid))
    ]
    by_guid = bool(pairs) and all(len(feed.guids) for feed in survey.feeds)
    nodes = [link for link in links if re.search(_NODE, path_and_query(link))]
    return SiteId(
        guid=_GUID if by_guid else None,
        url=[_NODE] if by_guid or nodes else list(_numbers(survey)),
        tail=list(_tails(pairs)),
    )


def _tails(pairs: list[tuple[str, str]]) -> Iterator[str]:
    """Sections whose addresses end in the id that the feed gives, all of them."""
    ends: dict[str, list[bool]] = {}
    for number, link in pairs:
        match = re.search(_ANY_LANGUAGE + r"([a-z_-]+)/[^?]*-(\d+)/?$", path_and_query(link))
        if match:
            ends.setdefault(match[1], []).append(match[2] == number)
    for section, fitting in ends.items():
        if len(fitting) >= _SURE and all(fitting):
            yield _ANY_LANGUAGE + re.escape(section) + r"/[^?]*-(\d+)/?(?:\?|$)"


def _numbers(survey: Survey) -> Iterator[str]:
    """Sections of a listing in which every article is a bare number."""
    for route in survey.listings:
        places = [path_and_query(link) for link in route.links]
        matches = [re.search(_ANY_LANGUAGE + r"([a-z_-]+)/\d+/?$", place) for place in places]
        sections = {match[1] for match in matches if match}
        if all(matches) and len(sections) == 1 and len(set(places)) >= _SURE:
            yield _ANY_LANGUAGE + re.escape(sections.pop()) + r"/(\d+)/?(?:\?|$)"
            return


def _gives_ids(rule: PageId, pages: list[Page], source: Source) -> bool:
    """Whether the rule gives an id on all pages, and none that an address contradicts."""
    given = []
    for page in pages:
        matches = (re.search(rule.pattern, value) for value in page.values(rule.css))
        number = next((match[1] for match in matches if match), None)
        given.append(number is not None and source.url_id(page.url) in {None, number})
    return len(given) >= _SURE and all(given)


def _reads_all(source: Source, layout: Layout, samples: list[Sample]) -> bool:
    """Whether the layout reads every sample, with the title and nearly the words that were read
    without it.
    """
    if not (layout.article and layout.title and layout.body):
        return False
    with_layout = source.model_copy(update={"layouts": [layout]})
    good = [sample for sample in samples if sample.told and sample.told.article]
    for sample in good:
        told = explained(sample, with_layout)
        before = sample.told.article if sample.told else None
        after = told.article
        if after is None or before is None or after.layout != layout.name:
            return False
        if after.title != before.title or not _alike(after.text, before.text):
            return False
    return len(good) >= _SURE


def _alike(one: str, other: str) -> bool:
    a, b = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    return 2 * len(a & b) >= _SAME * (len(a) + len(b))

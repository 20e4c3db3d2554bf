"""Whether the rules of a source still fit its pages, live or archived.

A field of a layout is broken when none of its selectors gives anything on any page that the layout
reads: they are alternatives, and a site with one theme matches one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import urljoin

from crawler.discovery import read_feed, read_listing, read_sitemap
from crawler.extraction import Explanation, NotAnArticle, explain
from crawler.extraction.address import home
from crawler.extraction.decoding import decode
from crawler.extraction.page import Page
from crawler.fetching import Answer, Guest
from crawler.source import Layout, Source, path_and_query

RouteKind = Literal["feed", "listing", "sitemap"]

_MAY_BE_MISSING = {"images", "files", "translations", "next"}
"""Fields that many an article, or the last page of a listing, has not."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule, how many of the pages that it was tried on it fits, and what is wrong, if any.

    ``of`` None: a count of entries, not of pages.
    """

    part: str
    rule: str
    found: int
    of: int | None
    broken: str = ""
    note: str = ""


@dataclass(slots=True)
class Evidence:
    """What was read: each route's answer (None: there is none) and pages of articles."""

    routes: list[tuple[RouteKind, str, Answer | None]] = field(default_factory=list)
    pages: list[Answer] = field(default_factory=list)


def routes_of(source: Source) -> list[tuple[RouteKind, str]]:
    """Every route that the file declares, with its full address."""
    declared: list[tuple[RouteKind, list[str]]] = [
        ("feed", source.feeds), ("listing", source.listings), ("sitemap", source.sitemaps),
    ]  # fmt: skip
    return [(kind, url) for kind, urls in declared for url in source.absolute(urls)]


async def look(guest: Guest, source: Source, pages: int) -> Evidence:
    """The routes and some articles of the live site: a request for each."""
    evidence = Evidence()
    for kind, url in routes_of(source):
        evidence.routes.append((kind, url, await guest.get(url)))
    links = [_links(source, kind, answer) for kind, _, answer in evidence.routes if answer]
    longest = max(map(len, links), default=0)
    mixed = [route[n] for n in range(longest) for route in links if n < len(route)]
    wanted = {source.url_id(link) or link: link for link in reversed(mixed)}
    for link in list(reversed(wanted.values()))[:pages]:
        evidence.pages.append(await guest.get(link))
    return evidence


def _links(source: Source, kind: RouteKind, answer: Answer) -> list[str]:
    """Articles that a route leads to; a sitemap names other pages, too, and is left out."""
    found = []
    if kind == "feed" and not answer.failure:
        entries = read_feed(answer.body) or []
        found = [home(urljoin(answer.url, entry.url), source) for entry in entries]
    elif kind == "listing" and (page := _page(source, answer)) is not None:
        try:
            found = read_listing(page, source).links
        except NotAnArticle:
            return []
    return [link for link in found if not source.excludes(link)]


def _page(source: Source, answer: Answer | None) -> Page | None:
    if answer is None or answer.failure:
        return None
    try:
        text = decode(answer.body, answer.headers, source.charset)
    except NotAnArticle:
        return None
    return Page(text, answer.url, answer.headers, source)


def checks(source: Source, evidence: Evidence, today: date) -> list[Check]:
    """Every rule of the source against the evidence."""
    told = [
        explain(page.body, page.url, source=source, headers=page.headers)
        for page in evidence.pages
        if not page.failure
    ]
    listings = [
        page
        for kind, _, answer in evidence.routes
        if kind == "listing" and (page := _page(source, answer)) is not None
    ]
    found = [_route_check(source, *route) for route in evidence.routes]
    for layout in source.layouts:
        found += _layout_checks(layout, told, listings, layout.covers(today))
    found += _id_checks(source, evidence, told)
    found += _article_checks(source, evidence, told)
    return found


def _route_check(source: Source, kind: RouteKind, url: str, answer: Answer | None) -> Check:
    if answer is None:
        return Check(kind, url, 0, None, note="not in the archive")
    if answer.failure:
        return Check(kind, url, 0, None, broken=answer.failure)
    if kind == "sitemap":
        count = _sitemap_entries(answer.body)
        return Check(kind, url, count, None, broken="" if count else "no sitemap, or an empty one")
    links = _links(source, kind, answer)
    nothing = "no feed, or one without entries" if kind == "feed" else "no article links"
    return Check(kind, url, len(links), None, broken="" if links else nothing)


def _sitemap_entries(body: bytes) -> int:
    try:
        return len(list(read_sitemap(body)))
    except Exception:  # noqa: BLE001 - any file may lie there; what is no sitemap has no entries
        return 0


def _layout_checks(
    layout: Layout, told: list[Explanation], listings: list[Page], current: bool
) -> Iterator[Check]:
    """The layout's selectors; one that the site no longer has breaks nothing by its absence."""
    articles = [one for one in told if one.article or _has(one, "layout", None)]
    yield from _field(
        layout, "article", layout.article, [_fitting(one, layout) for one in articles], current
    )
    own = [one for one in told if one.article and one.article.layout == layout.name]
    for name in ("title", "published", "body", "images", "files"):
        rules = getattr(layout, name)
        seen = [{css for css in rules if _has(one, name, f"layout: {css}")} for one in own]
        yield from _field(layout, name, rules, seen, current)
    for name in ("items", "next"):
        rules = getattr(layout, name)
        seen = [{css for css in rules if page.values(css)} for page in listings]
        yield from _field(layout, name, rules, seen, current)


def _fitting(told: Explanation, layout: Layout) -> set[str]:
    return {
        one.rule
        for one in told.weighed
        if one.field == "layout" and one.shown == layout.name and one.usable
    }


def _has(told: Explanation, name: str, rule: str | None) -> bool:
    return any(
        one.field == name and one.usable and (rule is None or one.rule == rule)
        for one in told.weighed
    )


def _field(
    layout: Layout, name: str, rules: list[str], seen: list[set[str]], current: bool
) -> Iterator[Check]:
    """A line for each selector; ``seen``: for each page those that gave something there."""
    counts = Counter(css for page in seen for css in page)
    missing = not counts and bool(seen) and name not in _MAY_BE_MISSING and current
    for css in rules:
        yield Check(
            f"{layout.name} {name}",
            css,
            counts[css],
            len(seen),
            broken=f"no {name} on any page" if missing else "",
            note="" if counts[css] or missing else _absence(bool(seen), bool(counts), current),
        )


def _absence(tried: bool, others: bool, current: bool) -> str:
    if not tried:
        return "no page to try it on"
    if others:
        return "another selector fits"
    return "not seen" if current else "a look of the past"


def _id_checks(source: Source, evidence: Evidence, told: list[Explanation]) -> Iterator[Check]:
    ids = source.site_id
    articles = [one for one in told if one.article]
    if ids.guid:
        guids = [
            entry.guid
            for kind, _, answer in evidence.routes
            if kind == "feed" and answer is not None and not answer.failure
            for entry in read_feed(answer.body) or []
        ]
        found = sum(bool(re.search(ids.guid, guid)) for guid in guids)
        broken = "no guid has an id" if guids and not found else ""
        yield Check("id guid", ids.guid, found, len(guids), broken=broken)
    places = [path_and_query(one.article.url) for one in articles if one.article]
    for name, rules in (("tail", ids.tail), ("url", ids.url)):
        for rule in rules:
            found = sum(bool(re.search(rule, place)) for place in places)
            yield Check(f"id {name}", rule, found, len(places), note="" if found else "not seen")
    counts = {
        rule.css: sum(_has(one, "site_id", f"page: {rule.css}") for one in articles)
        for rule in ids.page
    }
    for css, count in counts.items():
        broken = "no page has an id" if articles and not any(counts.values()) else ""
        yield Check("id page", css, count, len(articles), broken=broken)


def _article_checks(source: Source, evidence: Evidence, told: list[Explanation]) -> Iterator[Check]:
    """What came of the pages, and which fields the fallback had to give."""
    asked, articles = len(evidence.pages), [one.article for one in told if one.article]
    refusals = Counter(
        [page.failure for page in evidence.pages if page.failure]
        + [str(one.refusal) for one in told if one.refusal]
    )
    often = "; ".join(f"{count} × {reason}" for reason, count in refusals.most_common(2))
    yield Check(
        "pages",
        "read as articles",
        len(articles),
        asked,
        broken="" if articles else often or "no page to read",
        note=often if articles else "",
    )
    dated = sum(article.published is not None for article in articles)
    broken = "no date on any page" if articles and not dated else ""
    yield Check("pages", "date parsed", dated, len(articles), broken=broken)
    for name in ("title", "published", "body") if source.layouts else ():
        given = [article.provenance.get(name, "") for article in articles]
        fallback = [rule for rule in given if rule and not rule.startswith("layout: ")]
        rules = ", ".join(sorted(set(fallback)))
        yield Check("fallback", name, len(fallback), len(articles), note=rules)


def archived(source: Source, answers: Iterable[Answer], pages: int) -> Evidence:
    """The evidence in archived answers: the newest of each route, and the newest of other pages."""
    routes = {home(url, source): (kind, url) for kind, url in routes_of(source)}
    found: dict[str, Answer] = {}
    others: dict[str, Answer] = {}
    for answer in answers:
        address = home(answer.url, source)
        if address in routes:
            found[address] = answer
        elif address.partition("?")[0] not in routes and answer.status == 200:
            others.pop(address, None)
            others[address] = answer
    kept = list(others.values())[-pages:]
    listed = [(kind, url, found.get(address)) for address, (kind, url) in routes.items()]
    return Evidence(listed, kept)

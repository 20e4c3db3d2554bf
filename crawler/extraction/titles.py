"""The title: layout, headings confirmed by the page's own metadata, then each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction import structured
from crawler.extraction.candidates import Candidate
from crawler.extraction.page import Page
from crawler.extraction.text import squeeze
from crawler.source import Layout

_SEPARATOR = re.compile(r"\s+[|–—·•»:/\\-]{1,2}\s+")


def candidates(page: Page, layout: Layout | None) -> Iterator[Candidate[str]]:
    """Titles, the surest first."""
    for css in layout.title if layout else []:
        value = next(iter(page.values(css)), None)
        yield Candidate(f"layout: {css}", value, value or "")
    document = squeeze("".join(page.selector.css("title::text").getall()[:1]))
    declared = list(structured.headlines(page))
    names = {name.casefold() for name in structured.site_names(page)}
    headings = [h for h in _headings(page) if h.casefold() not in names]
    confirmed = set()
    for rule, witness in [*declared, ("title", document)]:
        for heading in headings:
            if heading not in confirmed and _confirms(witness, heading):
                confirmed.add(heading)
                yield Candidate("h1", heading, heading, f"a heading that {rule} confirms")
    for rule, value in declared:
        yield Candidate(rule, without_site(value, names) or None, value)
    first_level = page.values("h1")
    for heading in headings:
        if heading in first_level and heading not in confirmed:
            yield Candidate("h1", heading, heading, "a heading that nothing confirms")
    stripped = without_site(document, names)
    if stripped:
        is_site = stripped.casefold() in names
        yield Candidate(
            "title", None if is_site else stripped, document, "the site's name" if is_site else ""
        )


def _headings(page: Page) -> list[str]:
    """Level-one headings of the page, those outside side blocks first, then the second level's."""
    found = [squeeze("".join(h.itertext())) for h in page.main.iter("h1")]
    found += page.values("h1")
    found += [squeeze("".join(h.itertext())) for h in page.main.iter("h2")]
    return [text for text in dict.fromkeys(found) if text]


def _confirms(witness: str, heading: str) -> bool:
    """Whether the metadata's title is the heading, perhaps cut short or with the site's name."""
    said, seen = witness.casefold(), heading.casefold()
    if said == seen:
        return True
    if said.startswith(seen):
        return bool(_SEPARATOR.match(witness[len(heading) :] + " "))
    cut = re.sub(r"\s*(?:\.{3}|…)$", "", said)
    return len(cut) >= 30 and seen.startswith(cut)


def without_site(text: str, names: set[str]) -> str:
    """``text`` without the site's name at its end or start."""
    separators = list(_SEPARATOR.finditer(text))
    for match in separators:
        if text[match.end() :].casefold() in names:
            return text[: match.start()]
        if text[: match.start()].casefold() in names:
            return text[match.end() :]
    last = separators[-1] if separators else None
    if last is not None and "|" in last.group():
        return text[: last.start()]
    return text

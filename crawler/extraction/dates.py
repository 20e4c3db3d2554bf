"""When an article was published: layout, structured data, the date written by the title, htmldate.

A page is full of dates: sidebars, other news, the event the text tells of. Only the few lines
around the title count as a visible date, and htmldate sees the page without its side blocks (on
Drupal 7 pages with a sidebar of dated links it was right in 0 of 75 with them).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from htmldate import find_date
from lxml.html import HtmlElement

from cooperation.written_dates import parse_written
from crawler.extraction import structured
from crawler.extraction.candidates import Candidate
from crawler.extraction.page import Page
from crawler.extraction.text import squeeze
from crawler.source import Layout

Published = date | datetime

_EARLIEST = date(1991, 1, 1)
_HOME_ZONE = ZoneInfo("Europe/Minsk")
"""For a page without a source; the sites of interest share its offset, Moscow time included."""

_DATE_NAME = re.compile(
    r"(?i)date|time|created|submitted|publish|posted|meta|info|\bdata\b|byline|day"
)
_CHANGE = re.compile(r"(?i)обновл|измен|редакц|абноўл|змен|updated|modified|changed|edited")
_DIGIT = re.compile(r"\d")
_LONGEST_DATE_LINE = 90
_NEIGHBOURS = 14
_WHOLE_TAGS = ("h1", "h2", "h3", "time")
_LINE_TAGS = (
    *_WHOLE_TAGS, "div", "p", "span", "td", "li", "a", "i", "em", "b", "strong", "small", "font",
    "dd", "header", "section", "article",
)  # fmt: skip


def published(page: Page, layout: Layout | None, title: str) -> Iterator[Candidate[Published]]:
    """Dates of publication, the surest first."""
    return (_candidate(page, *pair) for pair in _written(page, layout, title))


def modified(page: Page) -> Iterator[Candidate[Published]]:
    """Dates of the last change as the page itself states it."""
    return (_candidate(page, *pair) for pair in structured.modified(page))


def _candidate(page: Page, rule: str, written: str) -> Candidate[Published]:
    moment = parse(written, page)
    refused = written and moment is None
    return Candidate(rule, moment, written, "no date that can be true" if refused else "")


def parse(written: str, page: Page) -> Published | None:
    """The date in ``written``: aware UTC, or a day where there is no time or only midnight.

    None where there is no date, or one before 1991 or more than a day ahead of the response.
    """
    found = parse_written(written)
    if isinstance(found, datetime):
        zone = page.source.timezone if page.source else _HOME_ZONE
        local = found if found.tzinfo is not None else found.replace(tzinfo=zone)
        # Midnight to the second is how a content system stores a day without a time.
        found = (
            local.date()
            if (local.hour, local.minute, local.second) == (0, 0, 0)
            else local.astimezone(UTC).replace(microsecond=0)
        )
    return found if found is not None and _possible(found, page) else None


def seen_on(page: Page) -> datetime | None:
    """When the response was made, by its Date header."""
    try:
        return parsedate_to_datetime(page.headers.get("date", "")).astimezone(UTC)
    except (ValueError, TypeError):
        return None


def _possible(found: Published, page: Page) -> bool:
    day = found.date() if isinstance(found, datetime) else found
    now = seen_on(page) or datetime.now(UTC)
    return _EARLIEST <= day <= (now + timedelta(days=1)).date()


def _written(page: Page, layout: Layout | None, title: str) -> Iterator[tuple[str, str]]:
    for css in layout.published if layout else []:
        yield f"layout: {css}", next(iter(page.values(css)), "")
    yield from structured.published(page)
    yield from _near_title(page, title)
    if guess := _guessed(page):
        yield "htmldate", guess


def _near_title(page: Page, title: str) -> Iterator[tuple[str, str]]:
    lines = list(_lines(page.content[0]))
    where = _title_line(lines, title)
    # The nearest first, before the title or after it.
    around = sorted(
        ((abs(index - where), index < where, *line) for index, line in enumerate(lines)),
        key=lambda entry: entry[:2],
    )[1:_NEIGHBOURS]
    for _, _, element, line in around:
        stamp = element.get("datetime")
        if element.tag == "time" and stamp and not _CHANGE.search(line):
            yield "time", stamp
    for _, _, element, line in around:
        if len(line) > _LONGEST_DATE_LINE or _CHANGE.search(line) or not _DIGIT.search(line):
            continue
        if _mostly_date(line) or _DATE_NAME.search(_names(element)):
            yield "visible", line


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _mostly_date(line: str) -> bool:
    """Whether little but a date stands in the line: a place, an author, "Опубликовано"."""
    return len(re.findall(r"[^\W\d_]{2,}", line)) <= 5


def _lines(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """(element, text) of the smallest elements with text of their own, in reading order."""
    for element in root.iter(*_LINE_TAGS):
        own = squeeze(" ".join([element.text or "", *(child.tail or "" for child in element)]))
        if element.tag in _WHOLE_TAGS:
            yield element, squeeze("".join(element.itertext()))
        elif own:
            yield element, own


def _title_line(lines: list[tuple[HtmlElement, str]], title: str) -> int:
    wanted = title.casefold()
    for tags in ({"h1"}, {"h2", "h3", "div", "span", "p", "td", "b", "strong"}):
        for index, (element, line) in enumerate(lines):
            if element.tag in tags and wanted and line.casefold() == wanted:
                return index
    return 0


def _guessed(page: Page) -> str | None:
    """Htmldate's guess from what is neither a side block nor running text: a date there is the
    event's. A year alone is no date; htmldate makes it the first of January.
    """
    root = deepcopy(page.content[0])
    for element in root.iter("p", "div", "td", "li", "span", "article", "section", "font"):
        for holder, part in ((element, "text"), *((child, "tail") for child in element)):
            if len(squeeze(getattr(holder, part) or "")) > _LONGEST_DATE_LINE // 2:
                setattr(holder, part, None)
    guess = find_date(
        root,
        extensive_search=False,
        original_date=True,
        url=page.url,
        max_date=(seen_on(page) or datetime.now(UTC)).replace(tzinfo=None) + timedelta(days=1),
    )
    return None if guess is None or guess.endswith("-01-01") else guess

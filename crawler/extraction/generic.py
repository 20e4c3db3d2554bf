"""The body of an article on a page whose layout is not known.

What follows the title, without side blocks and lists of other pages, is the first guess;
trafilatura's reading of the page is the second opinion. The text itself is always read from the
page: trafilatura drops tables, bullets and first paragraphs of what it has found.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extraction.blocks import Block, read_blocks
from crawler.extraction.cards import remove_cards
from crawler.extraction.page import Page
from crawler.extraction.region import after_title, narrowed
from crawler.extraction.text import squeeze
from crawler.extraction.trimming import trimmed
from crawler.extraction.writing import to_text

_COVERED = 0.9
_MUCH_LONGER = 2.0
_MUCH_SHORTER = 0.5
_LONG_ENOUGH = 250


@dataclass(frozen=True, slots=True)
class Body:
    """What was found, the rule that found it, and the number of links to other pages left out."""

    blocks: list[Block]
    rule: str
    cards: int = 0


def body(page: Page, title: str) -> Body:
    """The article's body; without blocks where there is no text to speak of."""
    for css in ("[itemprop~=articleBody]", "[property~='content:encoded']"):
        marked = page.selector.css(css)
        if len(marked) == 1 and squeeze("".join(marked[0].root.itertext())):
            return Body(_read(page, marked[0].root, title), f"structured: {css}")
    main = deepcopy(page.main)
    cards = remove_cards(main, page.url)
    region = after_title(main, title)
    anchored = [] if region is None else _read(page, narrowed(region), title)
    lines = _trafilatura(main)
    if region is not None and _agree(anchored, lines):
        return Body(anchored, "after title", cards)
    if region is not None or sum(map(len, lines)) >= _LONG_ENOUGH:
        return Body(_read(page, _holder(main, lines), title), "trafilatura", cards)
    return Body(_read(page, narrowed(main), title), "all text", cards)


def _read(page: Page, element: HtmlElement, title: str) -> list[Block]:
    return trimmed(read_blocks(element, page.absolute), title)


def _agree(anchored: list[Block], lines: list[str]) -> bool:
    """Whether what follows the title is plausible beside trafilatura's lines.

    On short articles trafilatura takes other parts of the page, so that only a long text of its
    counts against what follows the title.
    """
    ours, theirs = len(to_text(anchored)), sum(map(len, lines))
    if not ours:
        return theirs < _LONG_ENOUGH
    if theirs < _LONG_ENOUGH:
        return True
    inside = _squashed(to_text(anchored))
    shared = sum(len(line) for line in lines if _squashed(line)[:80] in inside)
    if shared < _MUCH_SHORTER * theirs:
        return ours >= theirs or shared > _MUCH_SHORTER * ours
    return ours <= _MUCH_LONGER * theirs + _LONG_ENOUGH


def _trafilatura(root: HtmlElement) -> list[str]:
    document = bare_extraction(
        deepcopy(root), favor_precision=True, include_comments=False, with_metadata=False
    )
    if not isinstance(document, Document) or not document.text:
        return []
    return [line for line in map(squeeze, document.text.split("\n")) if len(line) > 20]


def _holder(root: HtmlElement, lines: list[str]) -> HtmlElement:
    """The smallest element that holds nearly all of ``lines``."""
    wanted = [_squashed(line)[:80] for line in lines]
    holder = root
    while True:
        for child in holder.iterchildren():
            if not isinstance(child.tag, str):
                continue
            text = _squashed("".join(child.itertext()))
            held = sum(len(line) for line in wanted if line in text)
            if held >= _COVERED * sum(map(len, wanted)):
                holder = child
                break
        else:
            return holder


def _squashed(text: str) -> str:
    return re.sub(r"\W+", "", text)

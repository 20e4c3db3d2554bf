"""The body of an article on a page whose layout is not known.

What follows the title, without side blocks and lists of other pages, is the first guess;
trafilatura's reading of the page is the second opinion. The text itself is always read from the
page: trafilatura drops tables, bullets and first paragraphs of what it has found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extraction.blocks import Block, read_blocks
from crawler.extraction.candidates import Candidate
from crawler.extraction.page import Page
from crawler.extraction.region import after_title, narrowed, title_element, words_below
from crawler.extraction.text import squeeze
from crawler.extraction.trimming import trimmed
from crawler.extraction.writing import to_text

_CONTENT = ("article", "main", "[role=main]", "#content", ".content")
_WORDS = re.compile(r"\w+")
_COVERED = 0.9
_SHARED = 0.6
_FEW_WORDS, _MANY_WORDS = 6, 50
_TIMES = 3
# trafilatura's time grows with the square of the page: a minute for 60,000 elements.
_LARGEST = 20_000


def candidates(page: Page, title: str) -> Iterator[Candidate[list[Block]]]:
    """Bodies of the article, the surest first; none where there is no text to speak of."""
    for css in ("[itemprop~=articleBody]", "[property~='content:encoded']"):
        marked = page.selector.css(css)
        if len(marked) == 1 and squeeze("".join(marked[0].root.itertext())):
            yield candidate(f"structured: {css}", _read(page, marked[0].root, title))
    main, _ = page.content
    lines = _trafilatura(main)
    theirs = Counter(_WORDS.findall(" ".join(lines)))
    heading = title_element(main, title)
    if heading is not None:  # what trafilatura takes from above the title is no witness
        theirs &= Counter(_WORDS.findall(words_below(heading)))
    first: list[Block] | None = None
    for region in after_title(heading) if heading is not None else ():
        blocks = _read(page, narrowed(region), title)
        if _agree(blocks, theirs):
            yield candidate("after title", blocks, "trafilatura's reading agrees")
        first = first or blocks
    if theirs.total() >= max(_MANY_WORDS, _TIMES * _words(first or []).total()):
        holder = _read(page, _holder(main, lines), title)
        yield candidate("trafilatura", holder, "much longer than what follows the title")
    if first is not None:
        yield candidate("after title", first, "nothing confirms it")
    for css in _CONTENT:
        for element in main.cssselect(css)[:1]:
            yield candidate(f"content: {css}", _read(page, narrowed(element), title))


def candidate(rule: str, blocks: list[Block], why: str = "") -> Candidate[list[Block]]:
    """A body as a candidate, shown by its length and its beginning."""
    text = squeeze(to_text(blocks))
    words = len(_WORDS.findall(text))
    return Candidate(rule, blocks, f"{words} words: {text}" if words else "no words", why)


def _read(page: Page, element: HtmlElement, title: str) -> list[Block]:
    return trimmed(read_blocks(element, page.absolute), title)


def _words(blocks: list[Block]) -> Counter[str]:
    return Counter(_WORDS.findall(to_text(blocks)))


def _agree(blocks: list[Block], theirs: Counter[str]) -> bool:
    """Whether blocks are plausible beside the words of trafilatura's reading.

    On a short article trafilatura takes other parts of the page: only a long text of its counts
    against what stands under the title.
    """
    ours = _words(blocks)
    if theirs.total() < _MANY_WORDS:
        return ours.total() >= _FEW_WORDS
    shared = (ours & theirs).total()
    return shared >= _SHARED * theirs.total()


def _trafilatura(root: HtmlElement) -> list[str]:
    if len(list(islice(root.iter(), _LARGEST))) == _LARGEST:
        return []
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

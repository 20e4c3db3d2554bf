"""The body of an article on a page whose layout is not known.

trafilatura finds where the text lies; the text itself is then read from the page, because
trafilatura drops tables, bullets and first paragraphs of what it has found.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extraction.page import Page, squeeze

_BLOCKS = ("article", "main", "section", "div", "td", "body", "li", "center")
_COVERED = 0.9


def body(page: Page) -> tuple[HtmlElement | None, str]:
    """(element that holds the body, rule); (None, "") where there is no text to speak of."""
    for css in ("[itemprop=articleBody]", "[property~='content:encoded']"):
        element = page.element(css)
        if element is not None and len(squeeze("".join(element.itertext()))) > 200:
            return element, f"structured: {css}"
    found = _trafilatura(page)
    if not found:
        return None, ""
    return _holder(page.main, found), "trafilatura"


def _trafilatura(page: Page) -> list[str]:
    document = bare_extraction(
        page.main, favor_precision=True, include_comments=False, with_metadata=False
    )
    if not isinstance(document, Document) or not document.text:
        return []
    return [line for line in map(squeeze, document.text.split("\n")) if len(line) > 20]


def _holder(root: HtmlElement, lines: list[str]) -> HtmlElement:
    """The smallest element that holds nearly all of ``lines``."""
    wanted = [re.sub(r"\W+", "", line)[:80] for line in lines]
    holder = root
    while True:
        for child in holder.iterchildren():
            if not isinstance(child.tag, str):
                continue
            text = re.sub(r"\W+", "", "".join(child.itertext()))
            held = sum(len(line) for line in wanted if line in text)
            if held >= _COVERED * sum(map(len, wanted)):
                holder = child
                break
        else:
            return holder

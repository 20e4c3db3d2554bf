"""Where the article lies on a page: what follows its title, down to the element with its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.furniture import is_furniture
from crawler.extraction.text import squeeze, text_within

_HEADINGS = ("h1", "h2", "h3", "h4")
_TITLE_TAGS = ("div", "span", "p", "td", "b", "strong", "font", "header", "a")
_STRUCTURE = {"div", "section", "article", "main", "td", "center", "form", "tr", "tbody", "table",
              "body", "html", "span"}  # fmt: skip
_SENTENCE = 25
_READ = 500
_LONG_CELL = 200
_WORD = re.compile(r"[^\W\d_]{2,}")


def title_element(root: HtmlElement, title: str) -> HtmlElement | None:
    """The element that shows the title: a heading before anything else, no link before a link."""
    wanted = title.casefold()
    if not wanted:
        return None
    shown = []
    for rank, tags in enumerate((_HEADINGS, _TITLE_TAGS)):
        for order, element in enumerate(root.iter(*tags)):
            if (text_within(element, len(title)) or "").casefold() == wanted:
                linked = element.tag == "a" or next(element.iterancestors("a"), None) is not None
                level = _HEADINGS.index(str(element.tag)) if rank == 0 else 0
                shown.append(((rank, linked, level, order), element))
    return min(shown, key=lambda pair: pair[0])[1] if shown else None


def after_title(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Copies of the elements around the title, the smallest first, each without the title and all
    before it; only those that have running text, a table or the name of an article after it.
    """
    length, grown, child = 0, 0, heading
    for ancestor in heading.iterancestors():
        grown += sum(prose_of(sibling).get(sibling, 0) for sibling in child.itersiblings())
        grown += len(squeeze(child.tail or "")) if len(child.tail or "") >= _SENTENCE else 0
        marked = ancestor.tag in {"article", "main"}
        if grown > length or (not length and (marked or _has_table(ancestor))):
            rest = _rest(ancestor, heading)
            if grown > length or (marked and _words(rest)) or _has_table(rest):
                length = grown
                yield rest
        if ancestor.tag == "body":
            return
        child = ancestor


def words_below(heading: HtmlElement) -> str:
    """All text after the title, to the end of the page."""
    return " ".join(str(text) for text in heading.xpath("following::text()"))


def _rest(ancestor: HtmlElement, heading: HtmlElement) -> HtmlElement:
    """A copy of ``ancestor`` without ``heading`` and what stands before it."""
    path = []
    node = heading
    while node is not ancestor:
        parent = node.getparent()
        assert parent is not None  # noqa: S101 - ancestor is one
        path.append(parent.index(node))
        node = parent
    copy = deepcopy(ancestor)
    copy.tail = None
    node = copy
    for index in reversed(path):
        for child in list(node)[:index]:
            node.remove(child)
        node.text = None
        node = node[0]
    tail = node.tail
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
        parent.text = tail
    return copy


def _has_table(element: HtmlElement) -> bool:
    return len(list(islice(element.iter("td"), 4))) > 3


def _words(element: HtmlElement) -> bool:
    return bool(squeeze("".join(element.itertext())))


def prose_of(root: HtmlElement) -> dict[HtmlElement, int]:
    """Characters of running text within each element of ``root``: lines of a sentence's length
    outside links.
    """
    totals: dict[HtmlElement, int] = {}
    for node in reversed([each for each in root.iter() if isinstance(each, HtmlElement)]):
        total = totals.get(node, 0) + _own_prose(node)
        totals[node] = total
        parent = node.getparent()
        if node is not root and isinstance(parent, HtmlElement):
            totals[parent] = totals.get(parent, 0) + total
    return totals


def _own_prose(node: HtmlElement) -> int:
    if node.tag in {"a", "script", "style"}:
        return 0
    own = squeeze(" ".join([node.text or "", *_inline_texts(node)]))
    is_line = len(own) >= _SENTENCE and len(_WORD.findall(own[:_READ])) >= 3
    return len(own) if is_line and not is_furniture(own) else 0


def _inline_texts(node: HtmlElement) -> list[str]:
    """Texts of a block that are its own: those between and in its inline children, links too when
    they stand within a sentence.
    """
    texts = []
    for child in node:
        if isinstance(child.tag, str) and child.tag in _INLINE:
            inner = "".join(child.itertext())
            if child.tag != "a" or (node.text or "").strip() or (child.tail or "").strip():
                texts.append(inner)
        texts.append(child.tail or "")
    return texts


_INLINE = {"b", "strong", "i", "em", "u", "span", "font", "a", "sup", "sub", "small", "nobr", "br"}


def narrowed(element: HtmlElement) -> HtmlElement:
    """The innermost element that still holds all running text, tables and lists of ``element``."""
    prose = prose_of(element)
    while True:
        holders = [
            child
            for child in element
            if isinstance(child, HtmlElement) and (prose.get(child) or _has_cells_or_items(child))
        ]
        if len(holders) != 1 or holders[0].tag not in _STRUCTURE or _own_text(element):
            return element
        if holders[0].tag == "table" and not _places_text(holders[0], prose):
            return element
        element = holders[0]


def _has_cells_or_items(element: HtmlElement) -> bool:
    return _has_table(element) or len(list(islice(element.iter("li"), 2))) > 1


def _places_text(table: HtmlElement, prose: dict[HtmlElement, int]) -> bool:
    """Whether a table serves to place the page's text, as on old sites."""
    return any(prose.get(cell, 0) >= _LONG_CELL for cell in table.iter("td"))


def _own_text(element: HtmlElement) -> bool:
    own = squeeze(" ".join([element.text or "", *(child.tail or "" for child in element)]))
    return len(own) >= _SENTENCE

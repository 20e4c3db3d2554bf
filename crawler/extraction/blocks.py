"""A piece of a page, read into blocks: paragraphs, lists, tables, quotes.

Text and HTML are both written from the blocks, so that they never disagree. Nothing but the blocks
gets through: no script, style, form or attribute of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml.html import HtmlElement

Mark = tuple[Literal["strong", "em", "a"], str]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks; an image has an address and its text is ``alt``."""

    text: str
    marks: tuple[Mark, ...] = ()
    image: str | None = None


@dataclass(slots=True)
class Paragraph:
    """One paragraph or heading; ``tag`` is p, h2, h3 or h4."""

    tag: str = "p"
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Lines with single blanks between words."""
        joined = "".join(run.text for run in self.runs if run.image is None)
        return "\n".join(filter(None, (" ".join(line.split()) for line in joined.split("\n"))))


@dataclass(slots=True)
class Listing:
    """A bulleted or numbered list; each item holds blocks."""

    ordered: bool
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Rows of cells; each cell holds blocks."""

    rows: list[list[list[Block]]] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """A quotation set off from the text."""

    blocks: list[Block] = field(default_factory=list)


Block = Paragraph | Listing | Table | Quote

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_MARKS: dict[str, Literal["strong", "em"]] = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em",
}  # fmt: skip
_BLOCK_TAGS = {
    "p", "div", "section", "article", "main", "header", "figure", "figcaption", "dl", "dt",
    "dd", "center", "address", "pre", "details", "summary", "body", "html", "hgroup", "hr",
    "fieldset", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "li", "legend", "footer",
    "aside", "nav",
}  # fmt: skip
_DROPPED_TAGS = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas",
    "form", "button", "input", "select", "textarea", "audio", "video", "head", "title", "meta",
    "link", "map",
}  # fmt: skip
_DEEPEST = 200
_LONGEST_CELL = 600
_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff"))


class _Reader:
    """Collects blocks while it walks through an element."""

    def __init__(self, absolute: Callable[[str], str | None]) -> None:
        self.absolute = absolute
        self.blocks: list[Block] = []
        self.current = Paragraph()
        self.marks: tuple[Mark, ...] = ()

    def break_paragraph(self, tag: str = "p") -> None:
        if self.current.text or any(run.image for run in self.current.runs):
            self.blocks.append(self.current)
        self.current = Paragraph(tag)

    def add(self, text: str | None) -> None:
        if text:
            self.current.runs.append(Run(_collapse(text), self.marks))

    def read(self, element: HtmlElement, depth: int = 0) -> None:
        self.add(element.text)
        for child in element:
            if isinstance(child, HtmlElement) and isinstance(child.tag, str):
                self.enter(child, depth + 1)
            self.add(child.tail)

    def enter(self, child: HtmlElement, depth: int) -> None:
        tag = str(child.tag).lower()
        if tag in _DROPPED_TAGS or _hidden(child):
            return
        if depth > _DEEPEST:
            self.add("".join(child.itertext()))
        elif tag in _HEADINGS or tag in _BLOCK_TAGS:
            self.break_paragraph(_HEADINGS.get(tag, "p"))
            self.read(child, depth)
            self.break_paragraph()
        elif tag in {"ul", "ol"}:
            self.nested(self.list_of(child, depth))
        elif tag == "table":
            self.nested_table(child, depth)
        elif tag == "blockquote":
            self.nested(Quote(self.inner(child, depth)))
        else:
            self.inline(child, tag, depth)

    def inline(self, child: HtmlElement, tag: str, depth: int) -> None:
        if tag == "br":
            self.line_break()
        elif tag == "img":
            if (address := self.absolute(child.get("src") or "")) is not None:
                self.current.runs.append(Run(child.get("alt") or "", self.marks, address))
        else:
            before = self.marks
            if tag in _MARKS:
                self.marks = (*before, (_MARKS[tag], ""))
            elif tag == "a" and (address := self.absolute(child.get("href") or "")) is not None:
                self.marks = (*before, ("a", address))
            self.read(child, depth)
            self.marks = before

    def line_break(self) -> None:
        runs = self.current.runs
        while runs and runs[-1].image is None and not runs[-1].text.strip(" "):
            runs.pop()
        if runs and runs[-1].text == "\n":
            self.break_paragraph(self.current.tag)
        else:
            runs.append(Run("\n"))

    def inner(self, element: HtmlElement, depth: int) -> list[Block]:
        reader = _Reader(self.absolute)
        reader.marks = self.marks
        reader.read(element, depth)
        reader.break_paragraph()
        return reader.blocks

    def nested(self, block: Listing | Quote | Table) -> None:
        self.break_paragraph()
        if has_content(block):
            self.blocks.append(block)

    def list_of(self, element: HtmlElement, depth: int) -> Listing:
        listing = Listing(str(element.tag).lower() == "ol")
        for child in element:
            if not isinstance(child, HtmlElement) or not isinstance(child.tag, str):
                continue
            if str(child.tag).lower() in _DROPPED_TAGS or _hidden(child):
                continue
            if blocks := self.inner(child, depth + 1):
                listing.items.append(blocks)
        return listing

    def nested_table(self, element: HtmlElement, depth: int) -> None:
        for caption in element.iterchildren("caption"):
            self.enter(caption, depth + 1)
        table = Table()
        for row in element.iter("tr"):
            if next(row.iterancestors("table"), None) is not element:
                continue
            cells = [
                self.inner(cell, depth + 1)
                for cell in row
                if isinstance(cell, HtmlElement) and cell.tag in {"td", "th"}
            ]
            if any(cells):
                table.rows.append(cells)
        if _is_data(table):
            self.nested(table)
        else:  # a table that only places text on the page
            self.break_paragraph()
            self.blocks.extend(block for row in table.rows for cell in row for block in cell)


def read_blocks(element: HtmlElement, absolute: Callable[[str], str | None]) -> list[Block]:
    """The blocks within ``element``; ``absolute`` gives the full address of a link or image, or
    None for one that must not be kept.
    """
    reader = _Reader(absolute)
    reader.read(element)
    reader.break_paragraph()
    return reader.blocks


def has_content(block: Block) -> bool:
    """Whether there is a word or an image in the block."""
    match block:
        case Paragraph(runs=runs):
            return bool(block.text) or any(run.image for run in runs)
        case Listing(items=items):
            return bool(items)
        case Table(rows=rows):
            return bool(rows)
        case Quote(blocks=blocks):
            return any(map(has_content, blocks))


def images_of(blocks: Iterable[Block]) -> list[str]:
    """Addresses of the images in the blocks."""
    return [run.image for run in all_runs(blocks) if run.image is not None]


def links_of(blocks: Iterable[Block]) -> list[str]:
    """Addresses that the blocks link to, each once."""
    targets = (mark[1] for run in all_runs(blocks) for mark in run.marks if mark[0] == "a")
    return list(dict.fromkeys(targets))


def length(blocks: Iterable[Block]) -> int:
    """Characters of text in the blocks."""
    return sum(len(run.text.strip()) for run in all_runs(blocks) if run.image is None)


def linked_length(blocks: Iterable[Block]) -> int:
    """Characters of text in the blocks that lie in links."""
    return sum(
        len(run.text.strip())
        for run in all_runs(blocks)
        if run.image is None and any(mark[0] == "a" for mark in run.marks)
    )


def all_runs(blocks: Iterable[Block]) -> list[Run]:
    runs: list[Run] = []
    for block in blocks:
        match block:
            case Paragraph():
                runs.extend(block.runs)
            case Listing(items=items):
                runs.extend(run for item in items for run in all_runs(item))
            case Table(rows=rows):
                runs.extend(run for row in rows for cell in row for run in all_runs(cell))
            case Quote(blocks=inner):
                runs.extend(all_runs(inner))
    return runs


def _is_data(table: Table) -> bool:
    """Data tables have several columns of short cells; a long text in a cell means page layout."""
    if max((len(row) for row in table.rows), default=0) < 2:
        return False
    cells = [cell for row in table.rows for cell in row]
    nested = any(isinstance(block, Table) for cell in cells for block in cell)
    return not nested and all(length(cell) <= _LONGEST_CELL for cell in cells)


def _hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    classes = (element.get("class") or "").split()
    return (
        element.get("hidden") is not None
        or "display:none" in style
        or "mso-hide:all" in style
        or not {"element-invisible", "element-hidden", "visually-hidden"}.isdisjoint(classes)
    )


def _collapse(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_INVISIBLE))

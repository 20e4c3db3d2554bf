"""One parsed page, the evidence that all fields are read from."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from parsel import Selector

from crawler.extraction.address import absolute
from crawler.extraction.candidates import Choices
from crawler.extraction.cards import remove_cards
from crawler.extraction.sideblocks import without_side_blocks
from crawler.extraction.text import squeeze
from crawler.source import Source


@dataclass
class Page:
    """A response as extraction sees it: markup, address, lower-case headers and the source."""

    text: str
    url: str
    headers: Mapping[str, str]
    source: Source | None
    choices: Choices = field(default_factory=Choices)

    @cached_property
    def selector(self) -> Selector:
        """The whole page. Without ``huge_tree`` libxml2 caps the nesting of hostile HTML."""
        text = self.text.replace("\x00", "").strip() or "<html/>"
        parser = HTMLParser(recover=True, encoding="utf-8", huge_tree=False)
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        return Selector(root=root, type="html")

    @cached_property
    def main(self) -> HtmlElement:
        """A copy of the page without navigation, side blocks, scripts and forms."""
        root: HtmlElement = deepcopy(self.selector.root)
        return without_side_blocks(root)

    @cached_property
    def content(self) -> tuple[HtmlElement, int]:
        """A copy of `main` without lists of other pages, and the number of their entries."""
        root = deepcopy(self.main)
        return root, remove_cards(root, self.url)

    @cached_property
    def base(self) -> str:
        """The address that links are relative to."""
        declared = self.selector.css("base::attr(href)").get()
        return absolute(self.url, declared or "") or self.url

    def absolute(self, link: str) -> str | None:
        """``link`` on this page as a full http(s) URL, None for anything else."""
        return absolute(self.base, link)

    def values(self, css: str) -> list[str]:
        """What ``css`` finds, squeezed: attribute values for ``::attr()``, else texts."""
        found = []
        for match in self.selector.css(css):
            value: Any = match.root
            text = value if isinstance(value, str) else "".join(value.itertext())
            if text := squeeze(text):
                found.append(text)
        return found

    def element(self, css: str) -> HtmlElement | None:
        """The first element that ``css`` finds."""
        for match in self.selector.css(css):
            if isinstance(match.root, HtmlElement):
                return match.root
        return None

"""White space."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\ufeff]")


def squeeze(text: str) -> str:
    """``text`` with each run of white space as one blank, without zero-width blanks."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def text_within(element: HtmlElement, longest: int) -> str | None:
    """The element's text, squeezed; None where it is longer, without reading all of it."""
    pieces, length = [], 0
    for piece in element.itertext():
        length += len(piece.strip())
        if length > longest:
            return None
        pieces.append(piece)
    text = squeeze("".join(pieces))
    return text if len(text) <= longest else None

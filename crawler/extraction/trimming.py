"""What was found, without the furniture at either end of it."""

from __future__ import annotations

from crawler.extraction.blocks import Block, Listing, Paragraph, Quote, Table, length, linked_length
from crawler.extraction.cards import RELATED
from crawler.extraction.furniture import is_copyright, is_furniture
from crawler.extraction.text import squeeze
from crawler.extraction.writing import to_text


def trimmed(blocks: list[Block], title: str) -> list[Block]:
    """``blocks`` without furniture at either end, and without what a "Read also" leads in."""
    kept = list(blocks)
    while kept and _is_furniture(kept[0], title, first=True):
        kept.pop(0)
    kept = _until_related(_until_copyright(kept))
    while kept and _is_furniture(kept[-1], title, first=False):
        kept.pop()
    return kept


def _until_copyright(blocks: list[Block]) -> list[Block]:
    """Cut where the foot of the page begins."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and is_copyright(squeeze(block.text)):
            return blocks[:index]
    return blocks


def _until_related(blocks: list[Block]) -> list[Block]:
    """Cut before a heading of other news when only links follow it."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and RELATED.fullmatch(squeeze(block.text)):
            rest = blocks[index + 1 :]
            if linked_length(rest) >= 0.5 * length(rest):
                return blocks[:index]
    return blocks


def _is_furniture(block: Block, title: str, *, first: bool) -> bool:
    text = squeeze(to_text([block]))
    if not text:
        return not isinstance(block, Paragraph) or not first
    if isinstance(block, Table | Quote):
        return False
    if text.casefold() == title.casefold() or is_furniture(text):
        return True
    if isinstance(block, Paragraph) and block.tag != "p" and not first:
        return True  # a heading with nothing under it
    return _only_links(block, first)


def _only_links(block: Block, first: bool) -> bool:
    """Short labels that all are links: languages, share buttons, sections. At the end of a text a
    single linked line may be its attachment or its source.
    """
    linked = linked_length([block])
    if linked < 0.9 * length([block]) or not linked:
        return False
    if isinstance(block, Listing):
        return all(length(item) <= 25 for item in block.items)
    return (first and linked <= 60) or linked <= 25

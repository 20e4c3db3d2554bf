"""What was found, without the furniture at either end of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.extraction.address import FILE
from crawler.extraction.blocks import (
    Block,
    Paragraph,
    Quote,
    Table,
    all_runs,
    length,
    linked_length,
    links_of,
)
from crawler.extraction.cards import RELATED
from crawler.extraction.furniture import is_copyright, is_date_line, is_furniture
from crawler.extraction.text import squeeze
from crawler.extraction.writing import to_text

_ALL = 0.9
_LABEL = 25


def trimmed(blocks: list[Block], title: str) -> list[Block]:
    """``blocks`` without furniture at either end, and without what a "Read also" leads in.

    Images at the ends stay.
    """
    kept = _from_edge(blocks, title, first=True)
    kept = _until_related(_until_copyright(kept))
    kept = _from_edge(kept[::-1], title, first=False)[::-1]
    for index, block in enumerate(kept):
        if isinstance(block, Paragraph) and block.text:
            kept[index] = _without_leading_date(block)
            break
    return kept


def _from_edge(blocks: list[Block], title: str, *, first: bool) -> list[Block]:
    images = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not block.text:
            images.append(block)
        elif not _is_furniture(block, title, first=first):
            return [*images, *blocks[index:]]
    return list(images)


def _without_leading_date(paragraph: Paragraph) -> Paragraph:
    """Some sites put the date into the same line as the first sentence."""
    for index, run in enumerate(paragraph.runs):
        if run.image is None and run.text.strip():
            if not is_date_line(run.text.strip()):
                break
            return Paragraph(paragraph.tag, [*paragraph.runs[:index], *paragraph.runs[index + 1 :]])
    return paragraph


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
    if isinstance(block, Table | Quote):
        return not text
    if text.casefold() == title.casefold() or is_furniture(text):
        return True
    if isinstance(block, Paragraph) and block.tag != "p" and not first:
        return True  # a heading with nothing under it
    return _is_labels(block)


def _is_labels(block: Block) -> bool:
    """Nothing but short links: languages, sections, share buttons, tags. A link to a file is an
    attachment, whatever its length, unless it shows the bare name of the file.
    """
    if linked_length([block]) < _ALL * length([block]):
        return False
    texts = [run.text.strip() for run in all_runs([block]) if run.text.strip()]
    if any(FILE.search(urlsplit(link).path) for link in links_of([block])):
        return all(FILE.search(text) for text in texts)
    return all(len(text) <= _LABEL for text in texts)

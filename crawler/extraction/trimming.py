"""The first and last lines of what was found: dates, counters, share buttons, print links."""

from __future__ import annotations

import re

from crawler.extraction.blocks import Block, Listing, Paragraph, Quote, Table, length, linked_length
from crawler.extraction.cards import RELATED
from crawler.extraction.text import squeeze
from crawler.extraction.writing import to_text

_FURNITURE = re.compile(
    r"""(?ix)^\W*(?:
    (?:количество\s+)?(?:просмотр\w*|прагляд\w*|views?|hits|reads?)\W*\d[\d\s]* |
    \d[\d\s]*(?:просмотр\w*|прагляд\w*|views?|hits|reads?) |
    версия\s+для\s+печати | версія\s+для\s+друку | распечатать | печать | друк |
    print(?:er-friendly)?(?:\s+version)? |
    (?:поделиться|падзяліцца|share).{0,40} |
    (?:(?:facebook|telegram|twitter|vk|вконтакте|одноклассники|viber|whatsapp|ok|x)\W*)+ |
    (?:теги|тэгі|tags|метки|рубрик\w+|рубрыка|category|ключевые\s+слова)\s*:.{0,200} |
    (?:назад|вернуться|к\s+списку|все\s+новости|усе\s+навіны|back)(?:\s+\w+){0,3} |
    подписывайтесь.{0,120} | комментарии.{0,20} | каментарыі.{0,20} | comments?.{0,20} |
    (?:шрифт|размер\s+шрифта).{0,20} | вверх | наверх | admin
    )\W*$"""
)
_LONGEST_FURNITURE = 160
_DATE_LINE = re.compile(
    r"""(?ix)^\W*
    (?:(?:опубликовано|дата(?:\s+публикации)?|размещено|добавлено|создано|обновлено|изменено |
    апублікавана|published|posted|updated|created|by|on|автор|admin|сегодня|today)\W*)*
    (?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4} | \d{4}-\d\d-\d\d | \d{1,2}\s+[^\W\d]{3,10}\.?\s+\d{4} |
    [^\W\d]{3,10}\s+\d{1,2},?\s+\d{4} )
    (?:\s*(?:г\.|года|у))?[\s,|/–—-]*(?:в\s+)?(?:\d{1,2}[:.]\d{2}(?::\d{2})?)?\W*
    (?:\d+\s*(?:просмотр\w*|прагляд\w*|views?)|(?:просмотров|views)\W*\d+)?\W*$"""
)


def trimmed(blocks: list[Block], title: str) -> list[Block]:
    """``blocks`` without furniture at either end, and without what a "Read also" leads in."""
    kept = list(blocks)
    while kept and _is_furniture(kept[0], title, first=True):
        kept.pop(0)
    kept = _until_related(kept)
    while kept and _is_furniture(kept[-1], title, first=False):
        kept.pop()
    return kept


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
    if text.casefold() == title.casefold() or _DATE_LINE.match(text):
        return True
    if len(text) <= _LONGEST_FURNITURE and _FURNITURE.match(text):
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

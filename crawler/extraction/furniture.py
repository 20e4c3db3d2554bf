"""Lines that stand around every article: dates, counters, share buttons, print links."""

from __future__ import annotations

import re

_COUNT = r"(?:просмотр\w*|прагляд\w*|прочтен\w*|views?|hits|reads?)"
_PHRASE = re.compile(
    rf"""(?ix)(?:количество\s+)?{_COUNT}\W*\d[\d\s]* | \d[\d\s]*\s{_COUNT} |
    (?<![^\W\d_])(?:
    версия\s+для\s+(?:печати|слабовидящих) | версія\s+для\s+друку | распечатать | печать | друк |
    print(?:er-friendly)?(?:\s+version)? |
    (?:поделиться|падзяліцца|share)(?:\s+[^\W\d_]{{1,12}}){{0,4}} |
    facebook | telegram | twitter | vk | вконтакте | одноклассники | viber | whatsapp | ok |
    ok\.ru | youtube | instagram | linkedin | e-?mail | rss | pdf |
    (?:теги|тэгі|tags|метки|рубрик\w+|рубрыка|category|ключевые\s+слова)\s*:.* |
    (?:назад|вернуться|к\s+списку|все\s+новости|усе\s+навіны|back)(?:\s+[^\W\d_]+){{0,3}} |
    подписывайтесь.* | (?:автор|аўтар|author)\s*:.* |
    комментари[ийя]\w* | каментары\w* | comments? | (?:размер\s+)?шрифта? | вверх | наверх | admin |
    беларуская | русский | english | рус | бел | eng | by | ru | en | be
    )(?![^\W\d_])"""
)
_COPYRIGHT = re.compile(
    r"(?i)©|\bcopyright\b|все права защищены|усе правы абаронены|all rights reserved"
)
_LONGEST_FURNITURE = 160
_DATE_LINE = re.compile(
    r"""(?ix)^\W*
    (?:(?:опубликовано|дата(?:\s+публикации)?|размещено|добавлено|создано|обновлено|изменено |
    апублікавана|published|posted|updated|created|by|on|автор|admin|сегодня|today)\W*)*
    (?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4} | \d{4}-\d\d-\d\d | \d{1,2}\s+[^\W\d]{3,10}\.?\s+\d{4} |
    [^\W\d]{3,10}\s+\d{1,2},?\s+\d{4} )
    (?:\s*(?:г\.|года|у))?[\s,|/–—-]*(?:в\s+)?(?:\d{1,2}[:.]\d{2}(?::\d{2})?)?\W*
    (?:\d+\s*(?:просмотр\w*|прагляд\w*|views?|reads?)|(?:просмотров|views|reads)\W*\d+)?\W*$"""
)


def is_date_line(text: str) -> bool:
    """Whether the line is little more than a date, with a clock time, an author or a counter."""
    return len(text) <= _LONGEST_FURNITURE and bool(_DATE_LINE.match(text))


def is_furniture(text: str) -> bool:
    """Whether the line says nothing of the article."""
    if len(text) > _LONGEST_FURNITURE:
        return False
    rest, phrases = _PHRASE.subn("", text)
    return is_date_line(text) or (phrases > 0 and (_no_letters(rest) or is_date_line(rest)))


def is_copyright(text: str) -> bool:
    """Whether the line is the notice at the foot of a page."""
    return len(text) <= _LONGEST_FURNITURE and bool(_COPYRIGHT.search(text))


def _no_letters(text: str) -> bool:
    return re.search(r"[^\W\d_]", text) is None

"""Names that are one written sign: «Минсвязи», «Роскомнадзор», МАЗ, БелГИЭ, Oman Air."""

from __future__ import annotations

import re
from typing import Final

from cooperation.assessment import Field
from cooperation.organizations.mentions import Found, Taken, is_free
from cooperation.organizations.quotations import one_word
from cooperation.organizations.words import EVENT, LEGAL, MEDIA, MINISTRIES, NOT_BODIES, PRODUCTS

_COMPOUND: Final = re.compile(rf"(?<![\w-])(?:{MINISTRIES})(?!\w)")
_CAPITALS: Final = re.compile(
    r"(?<![\w-])(?:[А-ЯЁІЎ]{3,8}|[А-ЯЁ][а-яё]{1,4}[А-ЯЁ]{2,5}|НАН\sБеларуси)(?![\w-])"
)
_LATIN: Final = re.compile(
    r"(?<![\w@./-])(?:[A-ZÀ-Ž][\w&]*(?:[-.][\w]+)*|[a-z]{1,3}[A-Z][a-z]\w+)"
    r"(?:\s(?:(?:of|de|and|&)\s)?[A-ZÀ-Ž][\w&]*(?:-\w+)*){0,4}(?![\w@])"
)
_OF_A_PLACE: Final = re.compile(
    r" (?:России|Беларуси|Расіі|Казахстана|Узбекистана|[А-ЯЁ][а-яё]+(?:ской|цкой) области"
    r"|[А-ЯЁ][а-яё]+ского края|имени [А-ЯЁ]\.(?: ?[А-ЯЁ]\.)? ?[А-ЯЁ][а-яё]+)"
)
_JOINT: Final = frozenset({"СНГ", "ЕАЭС", "ШОС", "РСС", "СНД", "ОДКБ"})
_NO_NAME: Final = re.compile(r"^[IVXLC]+$|^[A-Za-z]+-.*[а-яёі]|^COVID")  # XVI, «QR-код»
_SHORTEST: Final = 3


def abbreviated(plain: str, field: Field, language: str, taken: Taken) -> list[Found]:
    """The names of this kind in a normalised text; each found one is added to ``taken``."""
    found = []
    for pattern in (_COMPOUND, _CAPITALS, _LATIN):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if not is_free(start, end, taken) or not _is_body(match, plain):
                continue
            if match.group() in _JOINT and field != "title":
                continue  # in a body «страны СНГ» is a region of the world, in a title the party
            name = one_word(match.group(), language) if pattern is _COMPOUND else match.group()
            if pattern is not _LATIN and (place := _OF_A_PLACE.match(plain, end)):
                name += place.group()
                end = place.end()
            found.append(Found(name.replace("\xad", ""), field, start, end))
            taken.append((start, end))
    return found


def _is_body(match: re.Match[str], plain: str) -> bool:
    word = match.group()
    if word in NOT_BODIES or LEGAL.fullmatch(word) or MEDIA.search(word) or len(word) < _SHORTEST:
        return False
    if PRODUCTS.search(word) or _NO_NAME.search(word) or _shouts(plain, match.start(), match.end()):
        return False
    before = plain[max(0, match.start() - 30) : match.start()]
    return not EVENT.search(before) and not re.search(r"[№\d][\s-]?$", before)


def _shouts(plain: str, start: int, end: int) -> bool:
    """Whether the words around are all in capitals: a heading, or a dateline («МИНСК, 5 мая»)."""
    begin = plain.rfind("\n", 0, start) + 1
    stop = plain.find("\n", end)
    line = plain[begin : stop if stop >= 0 else len(plain)]
    return line.isupper() or (start == begin and plain[end : end + 2].strip(" ")[:1] in {*",.–"})

"""Sentences and tokens of a text, as offsets into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from cooperation.language.stems import key
from cooperation.language.writing import clean, normalise
from cooperation.listed import listed


class Sentence(NamedTuple):
    """A sentence, heading or list entry: ``text[start:end]``, without the white space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or one mark: ``text == source[start:end]``.

    ``key`` is the same for all forms of a word (lemma or stem, lower case, е for ё); for a mark
    it is the mark.
    """

    start: int
    end: int
    text: str
    key: str


_TOKEN = re.compile(
    r"(?P<word>[^\W\d_](?:[\w\xad]|[-'](?=\xad*\w))*)"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|[^\s\xad]"
)


# A full stop behind these does not end a sentence (also not before a capital).
_NEVER_LAST = listed(
    """ул пр просп пер пл д им св гр гл стр рис табл см ср напр тов проф акад доц ген полк инж зам
    зав корр мин нач ред экз тел факс обл р-н рн пос дер пгт аг гп ст руч бул б-р пр-т бывш нем
    англ фр кит лат греч т пп рр чл вул нам праф імя корп кв каб оф н.э
    mr mrs ms dr prof st gen col lt no vs inc ltd co corp jr sr rev hon gov sen e.g i.e fig vol"""
)
# Behind these it may: only a capital after it tells.
_SOMETIMES_LAST = listed(
    """г гг в вв млрд млн тыс трлн руб коп долл евро чел шт ед т.г т.д т.п др пр экв р к га м км
    кг мм л ц час сек с.г п.г н.г стг г.г год тысяч інш г.д г.п адз проц etc am pm a.m p.m u.s"""
)
_END = re.compile(r"[.!?…]+[\"')\]\xad]*(?=\s|$)|\n+")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[\w-]+$")
_INITIALS = re.compile(r"[^\W\d_a-zа-яёўі](?:\.[^\W\d_a-zа-яёўі])*")  # А, А.В, U.S
_NEXT = re.compile(r"[\s\xad]*([\"(\[\-–•*]*\s*)(\S)")
_LONGEST_GAP = 60  # characters looked back for the word before a full stop


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order; a line break always ends one (headings, lists)."""
    plain = normalise(text)
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(plain):
        if plain[end.start()] == "\n" or _closes(plain, end.start(), end.end()):
            _add(found, plain, start, end.end())
            start = end.end()
    _add(found, plain, start, len(plain))
    return found


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of a text in order; every word has its key."""
    plain = normalise(text)
    found = []
    for match in _TOKEN.finditer(plain):
        start, end = match.span()
        piece = match[0]
        word = key(clean(piece), language) if match.lastgroup == "word" else piece
        found.append(Token(start, end, text[start:end], word))
    return found


def _add(found: list[Sentence], plain: str, start: int, end: int) -> None:
    piece = plain[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if end > start:
        found.append(Sentence(start, end))


def _closes(plain: str, start: int, end: int) -> bool:
    following = _NEXT.match(plain, end)
    if following is None:
        return True
    if following[2].islower():
        return False
    if plain[start] != "." or plain[start : start + 2] == "..":
        return True
    before = _LAST_WORD.search(plain[max(0, start - _LONGEST_GAP) : start])
    return before is None or _may_be_last(clean(before[0]), following[2], plain, start)


def _may_be_last(word: str, following: str, plain: str, start: int) -> bool:
    """Whether a sentence can end with ``word`` and the full stop at ``start``."""
    if _INITIALS.fullmatch(word) or word.lower() in _NEVER_LAST:
        return False
    if word.lower() in _SOMETIMES_LAST:
        return following.isupper() and not _names_a_place(word.lower(), plain, start)
    return not (word.isdigit() and len(word) <= 2 and _begins_line(plain, start - len(word)))


def _names_a_place(word: str, plain: str, start: int) -> bool:
    """Whether «г.» stands before a town's name, not behind a year."""
    return word in {"г", "р", "к"} and not plain[: start - 1].rstrip()[-1:].isdigit()


def _begins_line(plain: str, start: int) -> bool:
    return start <= 0 or plain[start - 1] == "\n"

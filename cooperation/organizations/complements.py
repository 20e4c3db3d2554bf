"""What may follow the head noun of an organisation's name and belong to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.listed import listed
from cooperation.organizations.mentions import Line
from cooperation.organizations.words import LEGAL, NOT_FOR, head_noun
from cooperation.persons import belarusian_posts
from cooperation.russian import readings

_MOST: Final = 16  # tokens behind the head
_UNDECLINED_AFTER: Final = frozenset(
    {"Республики", "Рэспублікі", "города", "горада", "провинции", "правінцыі"}
)
_GENITIVE_BELARUSIAN: Final = re.compile(r"(?:ага|яга|ай|яй|ой|ых|іх|аў|яў|оў|ы|і|а|я|у|ей|ый|ій)$")
_NEVER_BELARUSIAN: Final = frozenset({"на", "па", "за", "да", "для", "якія", "якая"})
_NOT_NOMINAL: Final = frozenset(
    {"VERB", "INFN", "PREP", "CONJ", "NPRO", "ADVB", "ADJS", "PRTS", "PRED", "GRND"}
)
_NAMED_AFTER: Final = frozenset({"имени", "им.", "імя"})
# Behind these the name of a state goes on.
_OF_A_STATE: Final = listed(
    "республике российской народной китайской арабской рэспубліцы расійскай народнай"
)
_MOST_NAME_WORDS: Final = 5


def last_of_name(line: Line, head: int) -> int:
    """The index of the last token of the name whose head noun is token ``head``."""
    last, position = head, head + 1
    while position < len(line.tokens) and position - head <= _MOST:
        token = line.tokens[position]
        if not line.is_free(token.start, token.end):
            break
        if token.is_quotation:
            return position if last == head or line.word(last)[:1].islower() else last
        count = _belonging(line, position)
        if not count:
            break
        position += count
        last = position - 1
    return min(last, len(line.tokens) - 1)


def _belonging(line: Line, position: int) -> int:
    """How many tokens from ``position`` on belong to the name; 0 ends it."""
    word, previous = line.word(position), line.word(position - 1)
    if LEGAL.fullmatch(word) and line.word(position + 1)[:1] == '"':
        return 2
    if word in _NAMED_AFTER:
        return _after_whom(line, position)
    if word[0].isalpha() and word not in _READERS:
        undeclined = word[0].isupper() and (previous in _UNDECLINED_AFTER or word.isupper())
        return int(undeclined or is_genitive(word, line.language))
    reader = _READERS.get(word)
    return reader(line, position) if reader else int(word.startswith("№"))


def _after_whom(line: Line, position: int) -> int:
    """«имени В.И. Козлова»: the initials and the name."""
    count = 1
    while line.word(position + count)[:1].isupper() and count < _MOST_NAME_WORDS:
        count += 1
        if line.word(position + count) == ".":
            count += 1
    return count if count > 1 else 0


def _bracketed(line: Line, position: int) -> int:
    """«Республики Саха (Якутия)»."""
    closed = line.word(position + 2) == ")" and line.word(position - 1)[:1].isupper()
    return 3 if closed else 0


def _and(line: Line, position: int) -> int:
    following = line.word(position + 1)
    if head_noun(line.word(position - 1), line.language) is not None:
        return 0
    if line.language == "ru" and "по" in {line.word(position - ago) for ago in range(2, 6)}:
        return _for(line, position)  # «по науке и технологиям»
    belongs = following[:1].islower() and is_genitive(following, line.language)
    return 2 if belongs and head_noun(following, line.language) is None else 0


def _comma(line: Line, position: int) -> int:
    """A comma inside a list that ends in an «и»: «промышленности, связи и транспорта»."""
    following = [line.word(position + 1), line.word(position + 2)]
    if head_noun(line.word(position - 1), line.language) is not None:
        return 0  # «правительства, администрации и …»: a list of bodies
    if not all(word[:1].islower() and is_genitive(word, line.language) for word in following):
        return 0
    for ahead in range(position + 1, position + 7):
        word = line.word(ahead)
        if word in {"и", "і"}:
            return 2
        if not word[:1].isalpha():
            break
    return 0


def _for(line: Line, position: int) -> int:
    """«по чрезвычайным ситуациям», «по гребле»: the adjectives up to the first noun."""
    if line.word(position + 1) in NOT_FOR:
        return 0
    for count in range(1, 5):
        word = line.word(position + count)
        if not word[:1].isalpha():
            return 0
        if line.language == "be":
            if not belarusian_posts.is_adjective(word):
                return count + 1
            continue
        found = readings(word)
        if any(r.part == "NOUN" and r.case in {"d", "l"} for r in found):
            return count + 1
        if not any(r.part == "ADJF" for r in found):
            return 0
    return 0


def _in(line: Line, position: int) -> int:
    """«Посольство … в Российской Федерации», but not «завод в Орше»."""
    place = line.word(position + 1)[:1].isupper()
    if not place or head_noun(line.word(position - 1), line.language) is not None:
        return 0
    count = 2
    while line.word(position + count - 1).lower() in _OF_A_STATE and (
        line.word(position + count)[:1].isupper()
    ):
        count += 1
    return count


_READERS: Final = {
    "и": _and, "і": _and, ",": _comma, "по": _for, "па": _for, "в": _in, "у": _in, "ў": _in,
    "(": _bracketed,
}  # fmt: skip


@lru_cache(maxsize=20_000)
def is_genitive(word: str, language: str) -> bool:
    """Whether the word can be a noun or adjective in the genitive."""
    if language == "be":
        lower = word.lower()
        return (
            bool(_GENITIVE_BELARUSIAN.search(lower))
            and belarusian_posts.may_complement(lower)
            and lower not in _NEVER_BELARUSIAN
        )
    found = readings(word)
    if not found or found[0].part in _NOT_NOMINAL or (len(word) < 3 and not word.isupper()):
        return False
    return any(r.case == "g" for r in found if r.part in {"NOUN", "ADJF", "PRTF"})

"""The organisations an English text names."""

from __future__ import annotations

import re
from typing import Final

from cooperation.assessment import Field
from cooperation.organizations.mentions import Found, Taken
from cooperation.wordlists import words

_COMMON: Final = frozenset(words("organizations", "english_not_bodies"))
_LEADING: Final = frozenset(words("organizations", "english_leading"))
_NOUNS: Final = "|".join(words("organizations", "english"))
_NOUN: Final = re.compile(rf"(?<!\w)(?:{_NOUNS})(?!\w)")
_WORD: Final = r"[A-ZÀ-Ž][\w&'\xad]*(?:-\w+)*"
_RUN: Final = re.compile(
    rf"(?<![\w-]){_WORD}(?:\s(?:(?:of|for|and|in|on|the|&|de)\s){{0,3}}{_WORD}){{0,15}}(?!\w)"
)
_SMALL_NOUN: Final = re.compile(
    rf"\s(?:[a-z]+\s){{0,2}}?(?:{_NOUNS.lower()}|reserve|lyceum|brewery|dairy)(?![\w-])"
)
_LOOSE_END: Final = re.compile(r"\s(?:of|for|and|in|on|the|&|de)$")
_TWO: Final = re.compile(r"\s(?:and\sthe|and)\s")
_SAID_BEFORE: Final = re.compile(
    r"(?:company|firm|operator|maker|agency|manufacturer|producer|supplier|buyer\sis|seller\sis"
    r"|partner|enterprise|holding|carrier)\s(?:called\s)?$"
)
_SAID_AFTER: Final = re.compile(
    r",?\s(?:(?:the|a|an|its|is)\s)?(?:[\w-]+\s){0,3}?(?:company|firm|operator|maker|agency"
    r"|manufacturer|producer|supplier|carrier|brand)(?!\w)"
)
_COINED: Final = re.compile(
    r"poch|telec|agro|avia|mash|tech|sputnik|energo|prom|export|invest|trans|[a-z][A-Z]", re.ASCII
)


def find(plain: str, field: Field, taken: Taken) -> list[Found]:
    """The mentions of organisations in a normalised English text, outside the ``taken`` spans."""
    found = []
    for match in _RUN.finditer(plain):
        for begin, stop in _pieces(plain, match.start(), match.end(), taken):
            start = _behind_leading_words(plain, begin, stop)
            end = _with_small_noun(plain, start, stop)
            text = plain[start:end]
            if start < end and _is_body(text, plain, start, end):
                found.append(Found(text.replace("\xad", ""), field, start, end))
    return found


def _pieces(plain: str, start: int, end: int, taken: Taken) -> list[tuple[int, int]]:
    """A run of capitalised words without the people in it, parted where it names two bodies."""
    for person_start, person_end in taken:
        if start < person_end and person_start < end:
            if person_start > start:
                return _pieces(plain, start, person_start, []) + _pieces(
                    plain, person_end, end, taken
                )
            start = person_end
    if start >= end:
        return []
    text = plain[start:end]
    for link in _TWO.finditer(text):
        left, right = text[: link.start()], text[link.end() :]
        both = _NOUN.search(right) and (_NOUN.search(left) or " " not in left)
        if "the" in link.group() or both or _COINED.search(left):
            return [(start, start + link.start()), *_pieces(plain, start + link.end(), end, [])]
    return [(start, end)]


def _behind_leading_words(plain: str, start: int, end: int) -> int:
    while start < end:
        while start < end and plain[start].isspace():
            start += 1
        word = plain[start:end].partition(" ")[0]
        if word not in _LEADING:
            break
        start += len(word)
    return start


def _with_small_noun(plain: str, start: int, end: int) -> int:
    """«Gomel engineering institute»: a noun in small letters belongs to the name."""
    text = plain[start:end]
    if loose := _LOOSE_END.search(text.rstrip()):
        return start + loose.start()
    end = start + len(text.rstrip())
    if len(text.split()) <= 2 and not _NOUN.search(text):
        small = _SMALL_NOUN.match(plain, end)
        if small:
            return small.end()
    return end


def _is_body(text: str, plain: str, start: int, end: int) -> bool:
    parts = text.split()
    if not parts or len(text) < 3:
        return False
    if len(parts) > 1 and (_NOUN.search(text) or parts[-1].islower()):
        return True
    if any(part in _COMMON for part in parts):
        return False
    if _SAID_BEFORE.search(plain, max(0, start - 20), start) or _SAID_AFTER.match(plain, end):
        return True
    if any(_COINED.search(part) for part in parts):
        return True
    return len(parts) == 1 and (text.isupper() or text.startswith("Bel"))

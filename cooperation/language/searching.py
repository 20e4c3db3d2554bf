"""Keys for a search column: what is written into the index, and what a query word looks for."""

from __future__ import annotations

import re

from cooperation.language.belarusian import stem_belarusian
from cooperation.language.stems import stem
from cooperation.language.writing import clean, detect, normalise

_WORD = re.compile(r"[^\W_](?:[\w\xad]|'(?=\w))*")
_ONLY_BELARUSIAN = re.compile("[іў']")
_ONLY_RUSSIAN = re.compile("[ищъ]")


def search_keys(text: str, language: str | None) -> str:
    """The keys of all words of a text, joined by spaces, for a full-text column.

    Keys hold letters and digits only. The parts of a hyphenated word have a key each.
    """
    language = language or detect(text)
    return " ".join(stem(word, language) for word in _words(text))


def query_keys(word: str) -> list[str]:
    """The alternatives (to be joined by OR) that one word of a query looks for, language unknown.

    A word with a hyphen is to be split by the caller's tokenizer as the text is: pass its parts.
    """
    found: dict[str, None] = {}
    for part in _words(word):
        if part.isascii():
            found[stem(part, "en")] = None
            continue
        if not _ONLY_BELARUSIAN.search(part):
            found[stem(part, "ru")] = None
        if not _ONLY_RUSSIAN.search(part):
            found[stem_belarusian(part)] = None
            found[stem_belarusian(part + "а")] = None
    return list(found)


def _words(text: str) -> list[str]:
    return [clean(word).lower() for word in _WORD.findall(normalise(text))]

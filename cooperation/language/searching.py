"""Keys for a search column: what is written into the index, and what a query word looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cooperation.inflection import fits, fold
from cooperation.language.belarusian import stem_belarusian
from cooperation.language.stems import is_common_word, stem
from cooperation.language.writing import clean, detect, normalise
from cooperation.place_names import Meanings, names

_WORD = re.compile(r"[^\W_](?:[\w\xad]|'(?=\w))*")
_ONLY_BELARUSIAN = re.compile("[іў']")
_LONGEST_NAME = 8  # words behind the first
_ONLY_RUSSIAN = re.compile("[ищъ]")


def search_keys(text: str, language: str | None) -> str:
    """The keys of a text, joined by spaces, for a full-text column.

    Every word gives the stem of its lemma; a place (country, region, town) with its adjective and
    inhabitants gives one more key, the same in all three languages. Keys hold letters and digits
    only. The parts of a hyphenated word have a key each.
    """
    language = language or detect(text)
    words = _words(text)
    return " ".join([*(stem(word, language) for word in words), *filter(None, _place_keys(words))])


def query_keys(word: str) -> list[str]:
    """The alternatives (to be joined by OR) that one word of a query looks for, language unknown.

    A word with a hyphen is to be split by the caller's tokenizer as the text is: pass its parts.
    """
    found: dict[str, None] = {}
    for part in _words(word):
        found.update(dict.fromkeys(filter(None, _place_keys([part]))))
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


def _place_keys(words: list[str]) -> Iterator[str]:
    meanings = names().meanings
    folded = [fold(word) for word in words]
    past = 0
    for index, word in enumerate(folded):
        meaning = meanings(word) if index >= past else None
        if meaning is None:
            continue
        longer = _longer(meaning, folded[index + 1 :][:_LONGEST_NAME])
        single = meaning.adjective or meaning.noun
        if longer is not None:
            past = index + longer[0]
            yield longer[1]
        # «Мир», «того»: the search may not take every one of them for a place.
        elif single is not None and (single.form != "noun" or not is_common_word(word)):
            yield single.key


def _longer(meaning: Meanings, following: list[str]) -> tuple[int, str] | None:
    """The number of words and the key of the longest name that goes on so."""
    for rest, reading in meaning.longer:
        if len(following) >= len(rest) and all(map(fits, following, rest)):
            return len(rest) + 1, reading.key
    return None

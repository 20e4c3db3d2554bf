"""Which features a model may know: common ones, and none that holds a person's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from cooperation.reading import Document
from cooperation.russian import readings

FEWEST = 2  # texts in which a feature must occur
_NAMES = frozenset({"Name", "Patr", "Surn"})
_WITH_WORDS = frozenset("wbse")


class Vocabulary:
    """The features of these texts that a model may learn, in alphabetical order."""

    def __init__(self, texts: Sequence[Collection[str]], documents: Sequence[Document]) -> None:
        self._common = _written_small(documents)
        counts = Counter(name for found in texts for name in found)
        self.names = sorted(n for n, count in counts.items() if count >= FEWEST and self._may(n))

    def _may(self, name: str) -> bool:
        group, colon, rest = name.partition(":")
        if not colon or group not in _WITH_WORDS:
            return True
        if group == "e" and "~" not in rest:
            return True
        words = rest.split("@")[0].split("~")[0].split()
        return all(not w[0].isalpha() or (w in self._common and not is_name(w)) for w in words)


@lru_cache(maxsize=50_000)
def is_name(word: str) -> bool:
    """Whether a word is likeliest a given name, patronymic or family name."""
    likeliest = readings(word)[:1]
    return bool(likeliest) and likeliest[0].name in _NAMES


def is_dictionary_word(word: str) -> bool:
    """Whether the Russian dictionary has the word, and not as somebody's name."""
    found = readings(word)
    return bool(found) and found[0].known and not is_name(word)


def _written_small(documents: Sequence[Document]) -> set[str]:
    """The words that occur in lower case or are of a class: what is only ever capital is a name."""
    return {
        unit.key
        for document in documents
        for sentence in document.sentences
        for unit in sentence.units
        if unit.classes or not unit.capital
    }

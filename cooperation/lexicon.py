"""The classes of words that tell what a sentence reports, from ``data/acts.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from cooperation import language

Classes = frozenset[str]
_NONE: Classes = frozenset()


class Lexicon:
    """The word classes of one language, found by the keys of ``cooperation.language``."""

    def __init__(self, spoken: str) -> None:
        self.spoken = spoken
        words: dict[str, set[str]] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, lists in _data("acts.toml").items():
            for entry in lists[spoken].split():
                keys = tuple(language.key(word, spoken) for word in entry.split("_"))
                if len(keys) == 1:
                    words.setdefault(keys[0], set()).add(name)
                else:
                    phrases.setdefault(keys[0], []).append((keys, name))
        self._bridge = _bridge(spoken)
        self._words = {key: frozenset(names) for key, names in words.items()}
        self._phrases = phrases

    def word(self, key: str) -> Classes:
        """The classes of one word."""
        return self._words.get(key, _NONE)

    def counted(self, key: str) -> str:
        """The key that the model counts a word as: the Russian one of words that mean the same."""
        return self._bridge.get(key, key)

    def phrases(self, keys: Sequence[str]) -> list[tuple[int, int, str]]:
        """The phrases in a row of keys: first and last index (exclusive) and class of each."""
        found = []
        for start, key in enumerate(keys):
            for phrase, name in self._phrases.get(key, ()):
                end = start + len(phrase)
                if tuple(keys[start:end]) == phrase:
                    found.append((start, end, name))
        return found


@cache
def lexicon(spoken: str) -> Lexicon:
    """The lexicon of ``ru``, ``be`` or ``en``."""
    return Lexicon(spoken)


@cache
def class_names() -> tuple[str, ...]:
    """The names of all classes in alphabetical order."""
    return tuple(sorted(_data("acts.toml")))


def _bridge(spoken: str) -> dict[str, str]:
    pairs = (pair.split(":") for pair in _data("bridge.toml").get(spoken, "").split())
    return {language.key(word, spoken): language.key(other, "ru") for word, other in pairs}


def _data(name: str) -> dict[str, Any]:
    text = files("cooperation").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return tomllib.loads(text)

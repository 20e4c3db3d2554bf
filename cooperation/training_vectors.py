"""Word vectors for training: those of dictionary words, without the names of people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from navec import Navec

from cooperation import language
from cooperation.meaning import GROUPS, POWER, counted
from cooperation.reading import Document
from cooperation.vocabulary import is_dictionary_word

_WORD = re.compile(r"[а-яё-]{4,}")


@dataclass(frozen=True, slots=True)
class Vectors:
    """``all[places[word]]`` is the centred unit vector of a word's lemma."""

    places: dict[str, int]
    all: Any

    @classmethod
    def load(cls, path: Path) -> Vectors:
        """Read a navec file; a lemma has the vector of its own form, else of its first one."""
        stored = Navec.load(path)
        forms: dict[str, str] = {}
        for word in stored.vocab.words:
            if _WORD.fullmatch(word) and is_dictionary_word(word):
                lemma = language.key(word, "ru")
                if lemma == word.replace("ё", "е"):
                    forms[lemma] = word
                else:
                    forms.setdefault(lemma, word)
        vectors = np.array([stored[word] for word in forms.values()])
        vectors -= vectors.mean(axis=0)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return cls({lemma: place for place, lemma in enumerate(forms)}, vectors)

    def means(self, document: Document) -> Any:
        """The mean vectors of a document's groups of words, one behind the other."""
        sums = np.zeros((GROUPS, self.all.shape[1]))
        counts = np.zeros(GROUPS)
        for word, groups in counted(document):
            place = self.places.get(word)
            if place is not None:
                for group in groups:
                    sums[group] += self.all[place]
                    counts[group] += 1
        return (sums / np.maximum(1, counts)[:, None] ** POWER).ravel()

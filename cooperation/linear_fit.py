"""Fitting linear models over features that are present or absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cooperation.features import all_names
from cooperation.model import Linear
from cooperation.reading import Document
from cooperation.vocabulary import Vocabulary

_STRENGTH = 0.3  # inverse of the regularisation
_SMALLEST = 0.02  # weights nearer to zero are left out


class Fit:
    """The texts of one fit as rows of a sparse matrix; ``scale`` is the loudness of each group."""

    def __init__(self, documents: Sequence[Document], scale: Mapping[str, float]) -> None:
        texts = [all_names(document) for document in documents]
        vocabulary = Vocabulary(texts, documents)
        self.names = [name for name in vocabulary.names if _loudness(name, scale) > 0]
        self.loud = np.array([_loudness(name, scale) for name in self.names])
        known = {name: index for index, name in enumerate(self.names)}
        places = [sorted(known[name] for name in found if name in known) for found in texts]
        columns = np.array([place for row in places for place in row], dtype=int)
        ends = np.cumsum([0, *map(len, places)])
        shape = (len(places), len(self.names))
        self.matrix = sparse.csr_matrix((self.loud[columns], columns, ends), shape=shape)

    def linear(self, weights: Iterable[float], bias: float) -> Linear:
        """A fitted model with its weights for features that are present or absent."""
        found = {
            name: round(float(weight * loud), 3)
            for name, weight, loud in zip(self.names, weights, self.loud, strict=True)
        }
        kept = {name: weight for name, weight in sorted(found.items()) if abs(weight) >= _SMALLEST}
        return Linear(round(float(bias), 3), kept)


def regression() -> LogisticRegression:
    """The regression that all linear models are fitted with."""
    return LogisticRegression(C=_STRENGTH, max_iter=1000, tol=1e-4)


def _loudness(name: str, scale: Mapping[str, float]) -> float:
    return scale[name[0]] if name[1:2] == ":" else scale[""]

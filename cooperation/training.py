"""Build the model from labelled files: ``python -m cooperation.training FILE... --vectors PATH``.

Needs the extra ``train`` (numpy, scikit-learn, navec) and the vectors ``navec_news_v1_1B_250K_300d_100q.tar``
that the wheel of ``natasha`` holds; the program itself needs neither. The result is the same for the same
files in any order.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cooperation.features import Feature, features
from cooperation.labelled import Labelled, LabelledFileError, read_labelled
from cooperation.meaning import GROUPS, WORDS_FILE, pack
from cooperation.model import MODEL_FILE
from cooperation.reading import Document, read
from cooperation.training_vectors import Vectors
from cooperation.vocabulary import Vocabulary

KINDS = ("visit", "talks", "agreement", "project", "supply", "trade", "event", "body")

# How loud each group of features speaks before anything is learnt, chosen by cross-validation over the
# training files. Single words are quieter than the classes they belong to, so that these are heard first.
FLAG_SCALE = {"w": 0.6, "b": 0.5, "s": 0.3, "p": 0.0, "n": 0.3, "c": 0.7, "t": 0.7, "l": 0.5, "g": 0.4,
              "e": 0.4, "": 0.7}  # fmt: skip
KIND_SCALE = {"w": 0.5, "b": 0.3, "s": 0.3, "p": 0.3, "n": 0.3, "c": 0.7, "t": 0.7, "l": 0.5, "g": 0.2,
              "e": 1.0, "": 0.2}  # fmt: skip
STAGE_SCALE = {"w": 0.3, "b": 0.3, "s": 0.0, "p": 0.0, "n": 0.0, "c": 0.3, "t": 0.3, "l": 0.3, "g": 0.0,
               "e": 1.2, "": 0.0}  # fmt: skip
VECTOR_SCALE = 2.5
STRENGTH = 0.3  # inverse of the regularisation
THRESHOLD = 0.55
_SMALLEST = 0.02  # weights nearer to zero are left out; nothing changes in cross-validation
_LARGEST_NUMBER = 127  # of a signed byte

Texts = Sequence[Sequence[Feature]]
Plain = dict[str, Any]


class Fit:
    """Linear models on the features of one set of texts."""

    def __init__(self, texts: Texts, vocabulary: Vocabulary, scale: Mapping[str, float]) -> None:
        self.names = [name for name in vocabulary.names if loudness(name, scale) > 0]
        self.loud = np.array([loudness(name, scale) for name in self.names])
        self.place = {name: index for index, name in enumerate(self.names)}
        self.matrix = self.rows(texts)

    def rows(self, texts: Texts) -> Any:
        """The texts as rows of a sparse matrix."""
        places = [sorted({self.place[n] for n, _ in found if n in self.place}) for found in texts]
        ends = np.cumsum([0, *map(len, places)])
        columns = np.array([place for row in places for place in row], dtype=int)
        values = self.loud[columns] if len(columns) else np.array([])
        return sparse.csr_matrix((values, columns, ends), shape=(len(places), len(self.names)))

    def plain(self, weights: Iterable[float], bias: float) -> Plain:
        """A fitted model as JSON: weights of features that are present or absent."""
        found = {
            name: round(float(weight * loud), 4)
            for name, weight, loud in zip(self.names, weights, self.loud, strict=True)
        }
        kept = {name: weight for name, weight in sorted(found.items()) if abs(weight) >= _SMALLEST}
        return {"bias": round(float(bias), 4), "weights": kept}


def train(articles: Iterable[Labelled], vectors: Vectors) -> tuple[Plain, bytes]:
    """The model of these articles as JSON, and the packed word weights."""
    rows = sorted(articles, key=lambda article: (article.title, article.body, article.id))
    documents = [read(a.title, a.body, a.language) for a in rows]
    flag, words = fit_flag(documents, [a.cooperation for a in rows], vectors)
    items = [(a, d) for a, d in zip(rows, documents, strict=True) if a.cooperation]
    facts = fit_facts([d for _, d in items], [a for a, _ in items])
    return {"threshold": THRESHOLD, "flag": flag, **facts}, words


def fit_flag(
    documents: Sequence[Document], labels: Sequence[bool], vectors: Vectors
) -> tuple[Plain, bytes]:
    """The model of the flag: JSON for the features, packed word weights."""
    texts = [features(document) for document in documents]
    fit = Fit(texts, Vocabulary(texts, documents), FLAG_SCALE)
    means = np.array([vectors.means(document) for document in documents]) * VECTOR_SCALE
    fitted = _regression().fit(sparse.hstack([fit.matrix, sparse.csr_matrix(means)]), labels)
    weights = fitted.coef_[0]
    known = len(fit.names)
    by_group = weights[known:].reshape(GROUPS, -1) * VECTOR_SCALE
    numbers = vectors.all @ by_group.T
    unit = round(float(np.abs(numbers).max()) / _LARGEST_NUMBER, 6)
    whole = np.rint(numbers / unit).clip(-_LARGEST_NUMBER, _LARGEST_NUMBER).astype(int)
    words = {word: tuple(map(int, whole[place])) for word, place in vectors.places.items()}
    return fit.plain(weights[:known], fitted.intercept_[0]), pack(words, unit)


def fit_facts(documents: Sequence[Document], items: Sequence[Labelled]) -> Plain:
    """The models of kinds and stages, learnt from positives."""
    texts = [features(document) for document in documents]
    vocabulary = Vocabulary(texts, documents)
    fit = Fit(texts, vocabulary, KIND_SCALE)
    kinds = {}
    for kind in KINDS:
        fitted = _regression().fit(fit.matrix, [kind in item.kinds for item in items])
        kinds[kind] = fit.plain(fitted.coef_[0], fitted.intercept_[0])
    fit = Fit(texts, vocabulary, STAGE_SCALE)
    fitted = _regression().fit(fit.matrix, [item.stage for item in items])
    stages = {
        stage: fit.plain(weights, bias)
        for stage, weights, bias in zip(
            fitted.classes_, fitted.coef_, fitted.intercept_, strict=True
        )
    }
    return {"kinds": kinds, "stages": stages}


def loudness(name: str, scale: Mapping[str, float]) -> float:
    """The scale of the feature's group; "" is that of the features of the document."""
    return scale[name[0]] if name[1:2] == ":" else scale[""]


def _regression() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-4)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m cooperation.training", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="labelled files (JSON lines)")
    parser.add_argument("--vectors", type=Path, required=True, help="navec news vectors (.tar)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="package folder")
    options = parser.parse_args(arguments)
    try:
        articles = [article for path in options.files for article in read_labelled(path)]
    except LabelledFileError as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command's own message
        return 2
    plain, words = train(articles, Vectors.load(options.vectors))
    text = json.dumps(plain, ensure_ascii=False, indent=0, separators=(",", ":"))
    (options.out / MODEL_FILE).write_text(text + "\n", encoding="utf-8")
    (options.out / WORDS_FILE).write_bytes(words)
    return 0


if __name__ == "__main__":
    sys.exit(main())

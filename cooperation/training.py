"""Build the model from labelled files: ``python -m cooperation.training FILE... --vectors PATH``.

Needs the extra ``train`` (numpy, scipy, scikit-learn, navec) and the vectors
``navec_news_v1_1B_250K_300d_100q.tar`` that the wheel of ``natasha`` holds; the program itself
needs neither. The result is the same for the same files in any order.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from cooperation import parties
from cooperation.assessment import Assessment
from cooperation.kinds import kinds, stage
from cooperation.labelled import Labelled, LabelledFileError, read_labelled
from cooperation.linear_fit import Fit, regression
from cooperation.meaning import GROUPS, WORDS_FILE, Meaning, pack
from cooperation.model import MODEL_FILE, VERSION, Linear, Model, sigmoid
from cooperation.party_training import fit_parties
from cooperation.reading import Document, read
from cooperation.scoring import Scorer
from cooperation.shape import numbers
from cooperation.training_vectors import Vectors
from cooperation.trees import LEAF, Trees

KINDS = ("visit", "talks", "agreement", "project", "supply", "trade", "event", "body")

# How loud each group of features speaks before anything is learnt, chosen by cross-validation over
# the training files. Single words are quieter than their classes: these are heard first.
_FLAG = {"w": 0.6, "b": 0.5, "s": 0.3, "n": 0.3, "c": 0.7, "t": 0.7, "l": 0.5, "e": 0.4, "": 0.7}
_KIND = {"w": 0.5, "b": 0.3, "s": 0.3, "n": 0.3, "c": 0.7, "t": 0.7, "l": 0.5, "e": 1.0, "": 0.2}
_STAGE = {"w": 0.3, "b": 0.3, "s": 0.0, "n": 0.0, "c": 0.6, "t": 0.5, "l": 0.5, "e": 1.2, "": 0.0}
_VECTOR = 2.5
_THRESHOLD = 0.5
_FOLDS = 5
_ROUNDS = 4
_FORESTS = 3  # boosted on random thirds of the numbers; their mean is steadier than one
_LARGEST_NUMBER = 127  # of a signed byte
_NO_TREES = Trees(0.0, ())


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model and the word weights that go with it."""

    model: Model
    meaning: Meaning

    def assess(self, document: Document) -> Assessment:
        """Flag, score, parties, kinds and stage of a document; neither facts nor evidence."""
        scorer = Scorer(self.model.flag, self.meaning, self.model.trees)
        score = sigmoid(scorer.log_odds(document))
        if score < self.model.threshold:
            return Assessment(cooperation=False, score=score, version=VERSION)
        names = scorer.weigh(document).names
        return Assessment(
            cooperation=True,
            score=score,
            version=VERSION,
            kinds=kinds(names, self.model),
            stage=stage(names, self.model),
            parties=parties.find(document, self.model.parties),
        )


def train(articles: Sequence[Labelled], documents: Sequence[Document], vectors: Vectors) -> Learnt:
    """The model of these articles, which were read as ``documents``."""
    labels = np.array([article.cooperation for article in articles])
    flag, meaning = fit_linear(documents, labels, vectors)
    trees = _fit_trees(articles, documents, labels, vectors)
    by_kind, by_stage = _fit_facts(articles, documents)
    by_level = fit_parties(articles, documents)
    return Learnt(Model(_THRESHOLD, flag, trees, by_kind, by_stage, by_level), meaning)


def fit_linear(
    documents: Sequence[Document], labels: Any, vectors: Vectors
) -> tuple[Linear, Meaning]:
    """The linear model of the flag and the weights of words."""
    fit = Fit(documents, _FLAG)
    means = np.array([vectors.means(document) for document in documents]) * _VECTOR
    fitted = regression().fit(sparse.hstack([fit.matrix, sparse.csr_matrix(means)]), labels)
    weights = fitted.coef_[0]
    known = len(fit.names)
    found = vectors.all @ (weights[known:].reshape(GROUPS, -1) * _VECTOR).T
    unit = round(float(np.abs(found).max()) / _LARGEST_NUMBER, 6)
    whole = np.rint(found / unit).clip(-_LARGEST_NUMBER, _LARGEST_NUMBER).astype(int)
    places = {word: place * GROUPS for word, place in vectors.places.items()}
    meaning = Meaning(places, [int(number) for number in whole.ravel()], unit)
    return fit.linear(weights[:known], fitted.intercept_[0]), meaning


def _fit_trees(
    articles: Sequence[Labelled], documents: Sequence[Document], labels: Any, vectors: Vectors
) -> Trees:
    """Trees over what linear models say of articles that they have not seen.

    Each article is seen by several models, each fitted on another part of the others, so that the
    trees learn what such models say and not what one of them says.
    """
    rows, targets = [], []
    groups = [article.group for article in articles]
    shapes = [numbers(document) for document in documents]
    for seed in range(_ROUNDS):
        folds = GroupKFold(_FOLDS, shuffle=True, random_state=seed)
        for seen, unseen in folds.split(shapes, groups=groups):
            flag, meaning = fit_linear([documents[i] for i in seen], labels[seen], vectors)
            scorer = Scorer(flag, meaning, _NO_TREES)
            rows += [[*scorer.weigh(documents[i]).summary(), *shapes[i]] for i in unseen]
            targets += [labels[i] for i in unseen]
    found = [_boosted(np.array(rows), targets, seed) for seed in range(_FORESTS)]
    return Trees(
        bias=round(sum(one.bias for one in found) / _FORESTS, 4),
        trees=tuple(tree for one in found for tree in one.trees),
    )


def _boosted(rows: Any, targets: Sequence[bool], seed: int) -> Trees:
    """Trees whose leaves are divided by the number of forests that are added up."""
    fitted = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=4, min_samples_leaf=15 * _ROUNDS,
        l2_regularization=5 * _ROUNDS, max_features=0.3, early_stopping=False, random_state=seed,
    ).fit(rows, targets)  # fmt: skip
    trees = tuple(_plain_tree(stage[0].nodes) for stage in fitted._predictors)
    return Trees(float(fitted._baseline_prediction.item()), trees)


def _plain_tree(nodes: Any) -> tuple[tuple[int, float, int, int], ...]:
    return tuple(
        (LEAF, round(float(node["value"]) / _FORESTS, 5), 0, 0)
        if node["is_leaf"]
        else (
            int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]),
            int(node["right"]),
        )
        for node in nodes
    )  # fmt: skip


def _fit_facts(
    articles: Sequence[Labelled], documents: Sequence[Document]
) -> tuple[dict[str, Linear], dict[str, Linear]]:
    """The models of kinds and stages, learnt from positives."""
    items = [i for i, article in enumerate(articles) if article.cooperation]
    texts = [documents[i] for i in items]
    fit = Fit(texts, _KIND)
    by_kind = {}
    for kind in KINDS:
        fitted = regression().fit(fit.matrix, [kind in articles[i].kinds for i in items])
        by_kind[kind] = fit.linear(fitted.coef_[0], fitted.intercept_[0])
    fit = Fit(texts, _STAGE)
    fitted = regression().fit(fit.matrix, [articles[i].stage for i in items])
    by_stage = {
        str(label): fit.linear(weights, bias)
        for label, weights, bias in zip(
            fitted.classes_, fitted.coef_, fitted.intercept_, strict=True
        )
    }
    return by_kind, by_stage


def in_order(articles: Sequence[Labelled]) -> list[Labelled]:
    """The articles in an order of their own, whatever files they came from."""
    return sorted(articles, key=lambda article: (article.title, article.body, article.id))


def save(learnt: Learnt, folder: Path) -> None:
    """Write the two files of a model into the package folder."""
    model = learnt.model
    plain = {
        "threshold": model.threshold,
        "flag": _plain(model.flag),
        "trees": {"bias": model.trees.bias, "trees": model.trees.trees},
        "kinds": {name: _plain(part) for name, part in model.kinds.items()},
        "stages": {name: _plain(part) for name, part in model.stages.items()},
        "parties": {name: _plain(part) for name, part in model.parties.items()},
    }
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    (folder / MODEL_FILE).write_text(text.replace('"},"', '"},\n"') + "\n", encoding="utf-8")
    (folder / WORDS_FILE).write_bytes(pack(learnt.meaning))


def _plain(linear: Linear) -> dict[str, Any]:
    return {"bias": linear.bias, "weights": dict(linear.weights)}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m cooperation.training", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="labelled files (JSON lines)")
    parser.add_argument("--vectors", type=Path, required=True, help="navec news vectors (.tar)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="package folder")
    options = parser.parse_args(arguments)
    try:
        articles = in_order([row for path in options.files for row in read_labelled(path)])
    except LabelledFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    documents = [read(row.title, row.body, row.language) for row in articles]
    save(train(articles, documents, Vectors.load(options.vectors)), options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Learning which named places are parties."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from cooperation.labelled import Labelled
from cooperation.model import Linear
from cooperation.party_features import Level, candidates, names
from cooperation.reading import Document

# Strength of the fit and the probability that makes a party, chosen by cross-validation over the
# training files.
_CHOICES: dict[Level, tuple[float, float]] = {"region": (0.3, -0.5), "country": (0.1, 0.0)}
_FEWEST = 4  # candidates that must show a feature
_SMALLEST = 0.02


def fit_parties(articles: Sequence[Labelled], documents: Sequence[Document]) -> dict[str, Linear]:
    """The models of ``region`` and ``country``; above 0 a candidate is a party."""
    return {level: _fit(articles, documents, level) for level in _CHOICES}


def _fit(articles: Sequence[Labelled], documents: Sequence[Document], level: Level) -> Linear:
    strength, least = _CHOICES[level]
    rows: list[frozenset[str]] = []
    labels: list[bool] = []
    for article, document in zip(articles, documents, strict=True):
        if not article.cooperation:
            continue
        wanted = article.regions if level == "region" else article.countries
        for code, features in names(document, level, candidates(document, level)):
            rows.append(features)
            labels.append(code in wanted)
    counts: dict[str, int] = {}
    for features in rows:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    kept = [dict.fromkeys(sorted(n for n in row if counts[n] >= _FEWEST), 1) for row in rows]
    vectorizer = DictVectorizer()
    fitted = LogisticRegression(C=strength, max_iter=2000).fit(
        vectorizer.fit_transform(kept), labels
    )
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)
        if abs(weight) >= _SMALLEST
    }
    return Linear(round(float(fitted.intercept_[0]) - least, 3), weights)

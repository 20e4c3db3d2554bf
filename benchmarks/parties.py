"""How well parties are told from places that are only named.

``python -m benchmarks.parties FILE …``: FILE is a labelled file; only its positives count. Five
folds, a group is never split: each article is read with models that have not seen it. ``--shipped``
reads with the package's own models instead, for files that they were not trained on. Needs the
extra ``train`` without ``--shipped``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from cooperation import parties
from cooperation.assessment import Parties
from cooperation.evaluation import Counts, set_counts
from cooperation.labelled import Labelled, read_labelled
from cooperation.model import Linear, model
from cooperation.reading import Document, read

_FOLDS = 5


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--shipped", action="store_true")
    options = parser.parse_args()
    rows = [(p.stem, row) for p in options.files for row in read_labelled(p) if row.cooperation]
    articles = [row for _, row in rows]
    documents = [read(row.title, row.body) for row in articles]
    if options.shipped:
        found = _found(documents, model().parties)
    else:
        found = _cross_validated(articles, documents)
    for name in [*sorted({stem for stem, _ in rows}), "all"]:
        pairs = [
            (row, parties)
            for (stem, row), parties in zip(rows, found, strict=True)
            if name in (stem, "all")
        ]
        print(f"{name}: {len(pairs)} articles")
        _print("countries", set_counts((a.countries, b.countries) for a, b in pairs))
        _print("regions", set_counts((a.regions, b.regions) for a, b in pairs))
        sides = [place.side is not None for _, b in pairs for place in b.places]
        print(f"  side told for {sum(sides)} of {len(sides)} places")


def _found(documents: Sequence[Document], learnt: Mapping[str, Linear]) -> list[Parties]:
    return [parties.find(document, learnt) for document in documents]


def _cross_validated(articles: Sequence[Labelled], documents: Sequence[Document]) -> list[Parties]:
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415 - --shipped runs without it

    from cooperation.party_training import fit_parties  # noqa: PLC0415 - as above

    found = [Parties()] * len(articles)
    groups = [article.group for article in articles]
    for seen, unseen in GroupKFold(_FOLDS).split(documents, groups=groups):
        learnt = fit_parties([articles[i] for i in seen], [documents[i] for i in seen])
        for i in unseen:
            found[i] = parties.find(documents[i], learnt)
    return found


def _print(name: str, counts: Counts) -> None:
    print(f"  {name} P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}")


if __name__ == "__main__":
    main()

"""How well articles are flagged that the model has not seen, over all labelled sets.

``python -m benchmarks.cross_validation FILE... --own FILE --vectors PATH``: five folds, a group is
never split; the texts of ``--own`` are trained on in each fold and never counted. Needs the extra
``train`` and the vectors that ``cooperation.training`` names; takes about five minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from sklearn.model_selection import GroupKFold

from benchmarks.flagging import print_figures
from cooperation.evaluation import Pair
from cooperation.labelled import Labelled, read_labelled
from cooperation.reading import read
from cooperation.training import in_order, train
from cooperation.training_vectors import Vectors

_FOLDS = 5


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--own", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    options = parser.parse_args()
    rows = [(path.stem, row) for path in options.files for row in read_labelled(path)]
    found = _assessed([row for _, row in rows], read_labelled(options.own), options.vectors)
    print_figures("all", found)
    for name in sorted({name for name, _ in rows}):
        print_figures(
            name, [pair for (stem, _), pair in zip(rows, found, strict=True) if stem == name]
        )


def _assessed(rows: Sequence[Labelled], own: Sequence[Labelled], path: Path) -> list[Pair]:
    vectors = Vectors.load(path)
    found: dict[int, Pair] = {}
    groups = [row.group for row in rows]
    for seen, unseen in GroupKFold(_FOLDS).split(rows, groups=groups):
        known = in_order([*(rows[i] for i in seen), *own])
        learnt = train(known, [read(r.title, r.body, r.language) for r in known], vectors)
        for i in unseen:
            found[i] = (rows[i], learnt.assess(read(rows[i].title, rows[i].body)))
    return [found[i] for i in range(len(rows))]


if __name__ == "__main__":
    main()

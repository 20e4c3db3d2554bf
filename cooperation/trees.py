"""Boosted trees in plain Python: each asks a few numbers of a text and adds to its log odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# A node: number asked, threshold (at most: left), left node, right node; a leaf: -1 and its value.
Node = tuple[int, float, int, int]
LEAF = -1


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees; ``bias`` is what all texts begin with."""

    bias: float
    trees: tuple[tuple[Node, ...], ...]

    def log_odds(self, numbers: Sequence[float]) -> float:
        """The log odds of a text with these numbers."""
        total = self.bias
        for tree in self.trees:
            node = tree[0]
            while node[0] != LEAF:
                node = tree[node[2] if numbers[node[0]] <= node[1] else node[3]]
            total += node[1]
        return total


def parse(plain: dict[str, Any]) -> Trees:
    """Trees from the JSON that training wrote."""
    trees = tuple(
        tuple((int(a), float(b), int(c), int(d)) for a, b, c, d in tree) for tree in plain["trees"]
    )
    return Trees(float(plain["bias"]), trees)

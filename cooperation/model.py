"""The trained model: how much each feature speaks for a flag, for a kind, for a stage.

``data/model.json`` is built by ``python -m cooperation.training``; it holds numbers and feature
names only, no names of people, and is read once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cooperation import trees
from cooperation.trees import Trees

MODEL_FILE = "data/model.json"
VERSION = "3"  # of the detector: rises with each change that can change an assessment


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over features that are present or absent; its sum is a log odds."""

    bias: float
    weights: Mapping[str, float]

    def log_odds(self, features: Iterable[str]) -> float:
        """The log odds for a set of features; unknown ones count nothing."""
        weights = self.weights
        return self.bias + sum(weights[name] for name in features if name in weights)

    def probability(self, features: Iterable[str]) -> float:
        """The log odds as a probability."""
        return sigmoid(self.log_odds(features))


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt: flag (linear, then trees) with threshold; kinds, stages, parties."""

    threshold: float
    flag: Linear
    trees: Trees
    kinds: Mapping[str, Linear]
    stages: Mapping[str, Linear]
    parties: Mapping[str, Linear]


@cache
def model() -> Model:
    """The model that the package ships."""
    text = files("cooperation").joinpath(MODEL_FILE).read_text(encoding="utf-8")
    return parse(json.loads(text))


def parse(plain: Mapping[str, Any]) -> Model:
    """A model from the JSON that training wrote."""
    return Model(
        threshold=plain["threshold"],
        flag=Linear(**plain["flag"]),
        trees=trees.parse(plain["trees"]),
        kinds={name: Linear(**part) for name, part in plain["kinds"].items()},
        stages={name: Linear(**part) for name, part in plain["stages"].items()},
        parties={name: Linear(**part) for name, part in plain["parties"].items()},
    )


def sigmoid(log_odds: float) -> float:
    """The probability that belongs to a log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))

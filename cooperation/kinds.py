"""What kinds of act an item reports, and at which stage the act is."""

from __future__ import annotations

from collections.abc import Set

from cooperation.model import Model

_LIKELY = 0.33  # best micro-F1 in cross-validation: a kind too many costs less than one missed


def kinds(names: Set[str], learnt: Model) -> tuple[str, ...]:
    """The likely kinds of an item with these features; the likeliest where none is."""
    scores = {kind: part.probability(names) for kind, part in learnt.kinds.items()}
    likely = tuple(kind for kind, score in scores.items() if score >= _LIKELY)
    return likely or (max(scores, key=lambda kind: scores[kind]),)


def stage(names: Set[str], learnt: Model) -> str:
    """The likeliest stage: announced, ongoing, concluded or cancelled."""
    stages = learnt.stages
    return max(stages, key=lambda name: stages[name].log_odds(names))

"""How good the detector is: pure functions from labels and assessments to figures.

Nothing here reads a file or prints; the command line and the tests do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cooperation.assessment import Assessment
from cooperation.labelled import Labelled

PREVALENCES = (0.05, 0.10, 0.20)  # a stream holds far fewer items than the labelled sets do
_BINS = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong decisions; the ratios are 0 where nothing was there to count."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0
    true_negatives: int = 0

    @property
    def precision(self) -> float:
        return _ratio(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        return _ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        right = 2 * self.true_positives
        return _ratio(right, right + self.false_positives + self.false_negatives)

    @property
    def false_alarm_rate(self) -> float:
        """The share of the negatives that is flagged."""
        return _ratio(self.false_positives, self.false_positives + self.true_negatives)

    def precision_at(self, prevalence: float) -> float:
        """The precision to expect where this share (0 to 1) of all articles is positive."""
        right = prevalence * self.recall
        return _ratio(right, right + (1 - prevalence) * self.false_alarm_rate)


@dataclass(frozen=True, slots=True)
class Bin:
    """Articles whose score lies in [low, high): how many, their mean score, how many are items."""

    low: float
    high: float
    count: int
    mean_score: float
    positive_share: float


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one evaluation. ``languages``, ``kinds`` and ``rules`` slice the decisions.

    A kind's counts compare labelled and found kinds; a rule's say how often a flag with this rule
    among its evidence was right. ``missed`` and ``false_alarms`` are the ids of the errors.
    """

    flags: Counts
    brier: float
    reliability: tuple[Bin, ...]
    languages: dict[str, Counts]
    kinds: dict[str, Counts]
    rules: dict[str, Counts]
    kind_total: Counts
    stage_accuracy: float
    countries: Counts
    regions: Counts
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]


Pair = tuple[Labelled, Assessment]


def evaluate(articles: Iterable[Labelled], assess: Callable[[Labelled], Assessment]) -> Report:
    """Assess every article and compare with its label.

    Facts (kinds, stage, parties) are compared on the positives that were flagged; a missed one
    counts under ``flags`` only.
    """
    return report([(article, assess(article)) for article in articles])


def report(pairs: Sequence[Pair]) -> Report:
    """The figures of articles that were assessed already."""
    found = [(a, b) for a, b in pairs if a.cooperation and b.cooperation]
    kinds = sorted({kind for a, b in found for kind in (*a.kinds, *b.kinds)})
    rules = sorted({piece.rule for _, b in pairs for piece in b.evidence})
    languages = sorted({a.language or "" for a, _ in pairs})
    staged = [a.stage == b.stage for a, b in found if a.stage]
    return Report(
        flags=flag_counts(pairs),
        brier=brier([b.score for _, b in pairs], [a.cooperation for a, _ in pairs]),
        reliability=reliability([b.score for _, b in pairs], [a.cooperation for a, _ in pairs]),
        languages={
            name: flag_counts([p for p in pairs if (p[0].language or "") == name])
            for name in languages
        },
        kinds={
            kind: decision_counts((kind in a.kinds, kind in b.kinds) for a, b in found)
            for kind in kinds
        },
        rules={rule: flag_counts([p for p in pairs if _carries(p[1], rule)]) for rule in rules},
        kind_total=set_counts((a.kinds, b.kinds) for a, b in found),
        stage_accuracy=_ratio(sum(staged), len(staged)),
        countries=set_counts((a.countries, b.parties.countries) for a, b in found),
        regions=set_counts((a.regions, b.parties.regions) for a, b in found),
        missed=tuple(a.id for a, b in pairs if a.cooperation and not b.cooperation),
        false_alarms=tuple(a.id for a, b in pairs if b.cooperation and not a.cooperation),
    )


def flag_counts(pairs: Iterable[Pair]) -> Counts:
    """Right and wrong flags."""
    return decision_counts((a.cooperation, b.cooperation) for a, b in pairs)


def decision_counts(decisions: Iterable[tuple[bool, bool]]) -> Counts:
    """Counts of (expected, found) pairs."""
    table = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for decision in decisions:
        table[decision] += 1
    return Counts(*table.values())


def set_counts(pairs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Counts:
    """Counts over all members of (expected, found) sets: the micro average."""
    right = wrong = missing = 0
    for expected, found in ((set(a), set(b)) for a, b in pairs):
        right += len(expected & found)
        wrong += len(found - expected)
        missing += len(expected - found)
    return Counts(right, wrong, missing)


def brier(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean squared distance of score and label: 0 is perfect, 0.25 is a coin's."""
    return _ratio(sum((s - y) ** 2 for s, y in zip(scores, labels, strict=True)), len(scores))


def reliability(
    scores: Sequence[float], labels: Sequence[bool], bins: int = _BINS
) -> tuple[Bin, ...]:
    """Ten bins of equal width: a calibrated score has ``mean_score`` near ``positive_share``."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for pair in zip(scores, labels, strict=True):
        members[min(int(pair[0] * bins), bins - 1)].append(pair)
    return tuple(
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            count=len(rows),
            mean_score=_ratio(sum(score for score, _ in rows), len(rows)),
            positive_share=_ratio(sum(label for _, label in rows), len(rows)),
        )
        for number, rows in enumerate(members)
    )


def _carries(assessment: Assessment, rule: str) -> bool:
    return assessment.cooperation and any(piece.rule == rule for piece in assessment.evidence)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0

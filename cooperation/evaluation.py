"""How good the detector is: pure functions from labels and assessments to figures.

Nothing here reads a file or prints; the command line and the tests do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cooperation.assessment import Assessment
from cooperation.fact_scores import Right, rights, tallies
from cooperation.facts import Facts
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
    def positives(self) -> int:
        """How many were to be found."""
        return self.true_positives + self.false_negatives

    @property
    def negatives(self) -> int:
        """How many were not."""
        return self.false_positives + self.true_negatives

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
    """All figures of one evaluation.

    ``languages``, ``flagged_kinds`` and ``rules`` slice the flags. A kind's slice holds the
    positives of this kind and the false alarms that were taken for it; a rule's says how often a
    flag with this rule among its evidence was right. ``easy`` and ``hard`` are the negatives apart.
    ``kinds`` compares labelled and found kinds, ``facts`` and ``rights`` the other facts, see
    ``cooperation.fact_scores``. ``missed`` and ``false_alarms`` are the ids of the errors.
    """

    flags: Counts
    brier: float
    reliability: tuple[Bin, ...]
    easy: Counts
    hard: Counts
    languages: dict[str, Counts]
    flagged_kinds: dict[str, Counts]
    kinds: dict[str, Counts]
    rules: dict[str, Counts]
    kind_total: Counts
    stage_accuracy: float
    countries: Counts
    regions: Counts
    facts: dict[str, Counts]
    rights: dict[str, Right]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]


Pair = tuple[Labelled, Assessment]


def evaluate(articles: Iterable[Labelled], assess: Callable[[Labelled], Assessment]) -> Report:
    """Assess every article and compare with its label.

    Facts (kinds, stage, parties, people...) are compared on the positives that were flagged and
    whose facts somebody has labelled; a missed one counts under ``flags`` only.
    """
    return report([(article, assess(article)) for article in articles])


def report(pairs: Sequence[Pair]) -> Report:
    """The figures of articles that were assessed already."""
    found = [(a, b) for a, b in pairs if a.cooperation and b.cooperation and a.facts_labelled]
    scores, labels = [b.score for _, b in pairs], [a.cooperation for a, _ in pairs]
    negatives = [(a, b) for a, b in pairs if not a.cooperation]
    staged = [a.stage == b.stage for a, b in found if a.stage]
    return Report(
        flags=flag_counts(pairs),
        brier=brier(scores, labels),
        reliability=reliability(scores, labels),
        easy=flag_counts(pair for pair in negatives if not pair[0].hard),
        hard=flag_counts(pair for pair in negatives if pair[0].hard),
        languages=_slices(pairs, lambda a, _: [a.language or ""]),
        flagged_kinds=_slices(pairs, _kinds),
        kinds={
            kind: decision_counts((kind in a.kinds, kind in b.kinds) for a, b in found)
            for kind in sorted({kind for a, b in found for kind in (*a.kinds, *b.kinds)})
        },
        rules=_slices(
            [pair for pair in pairs if pair[1].cooperation],
            lambda _, b: [piece.rule for piece in b.evidence],
        ),
        kind_total=set_counts((a.kinds, b.kinds) for a, b in found),
        stage_accuracy=_ratio(sum(staged), len(staged)),
        countries=set_counts((a.countries, b.parties.countries) for a, b in found),
        regions=set_counts((a.regions, b.parties.regions) for a, b in found),
        facts=_fact_counts(found),
        rights=_rights(found),
        missed=tuple(a.id for a, b in pairs if a.cooperation and not b.cooperation),
        false_alarms=tuple(a.id for a, b in pairs if b.cooperation and not a.cooperation),
    )


def _slices(
    pairs: Iterable[Pair], names: Callable[[Labelled, Assessment], Iterable[str]]
) -> dict[str, Counts]:
    """The flags of the articles of each name; an article may have several."""
    slices: dict[str, list[Pair]] = {}
    for pair in pairs:
        for name in set(names(*pair)):
            slices.setdefault(name, []).append(pair)
    return {name: flag_counts(slices[name]) for name in sorted(slices)}


def _kinds(article: Labelled, found: Assessment) -> tuple[str, ...]:
    return article.kinds if article.cooperation else found.kinds


def _fact_counts(pairs: Sequence[Pair]) -> dict[str, Counts]:
    sums: dict[str, list[int]] = {}
    for article, found in pairs:
        for name, tally in tallies(_told(found), article.facts).items():
            kept = sums.setdefault(name, [0, 0, 0])
            kept[:] = [a + b for a, b in zip(kept, tally, strict=True)]
    return {
        name: Counts(hits, found - hits, wanted - hits)
        for name, (hits, found, wanted) in sums.items()
    }


def _rights(pairs: Sequence[Pair]) -> dict[str, Right]:
    sums: dict[str, Right] = {}
    for article, found in pairs:
        for name, (good, total) in rights(_told(found), article.facts).items():
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + good, before[1] + total)
    return sums


def _told(found: Assessment) -> Facts:
    return Facts(
        persons=found.persons,
        amounts=found.amounts,
        event_dates=found.event_dates,
        organizations=found.parties.named,
        sector=found.sector or "",
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


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0

"""How well and how fast articles are flagged.

``python -m benchmarks.flagging`` prints the figures of the check sets (nothing was fitted on them),
the share of flags that fall without their evidence, and the speed on one core, warm.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cooperation import Assessment, assess
from cooperation.evaluation import PREVALENCES, Counts, Pair, report
from cooperation.labelled import Labelled, read_labelled
from cooperation.meaning import meaning
from cooperation.model import model
from cooperation.reading import read
from cooperation.scoring import Scorer

LABELLED = Path(__file__).parent.parent / "tests" / "cooperation" / "labelled"
_WORDS = 300


def main() -> None:
    """The command."""
    start = time.perf_counter()
    assess("Тест", "Тест.")
    print(f"first assessment after {time.perf_counter() - start:.2f} s")
    for name in ("dev", "topics-dev", "general-news"):
        articles = read_labelled(LABELLED / f"{name}.jsonl", unlabelled=False)
        pairs = [(article, assess(article.title, article.body)) for article in articles]
        print_figures(name, pairs)
        print(f"  without its evidence: {_fallen(pairs):.0%} of flags fall")
    _speed()


def print_figures(name: str, pairs: Sequence[Pair]) -> None:
    """Print all figures of one set of assessed articles."""
    figures = report(pairs)
    easy = [b.cooperation for a, b in pairs if not a.cooperation and not a.hard]
    hard = [b.cooperation for a, b in pairs if not a.cooperation and a.hard]
    print(f"{name}: {len(pairs)} articles, flags {_counts(figures.flags)}")
    print(f"  easy negatives flagged {sum(easy)}/{len(easy)}, hard ones {sum(hard)}/{len(hard)}")
    restated = ", ".join(f"{p:.0%}: {figures.flags.precision_at(p):.2f}" for p in PREVALENCES)
    print(f"  Brier {figures.brier:.3f}; precision restated at positives of {restated}")
    print("  " + ", ".join(f"{k or '-'} {c.f1:.3f}" for k, c in figures.languages.items()))
    print(
        f"  kinds {figures.kind_total.f1:.3f}, stage {figures.stage_accuracy:.3f},"
        f" countries {figures.countries.f1:.3f}, regions {figures.regions.f1:.3f}"
    )
    for found in figures.reliability:
        if found.count:
            print(
                f"  score {found.low:.1f}-{found.high:.1f}: {found.count} articles,"
                f" mean {found.mean_score:.2f}, positive {found.positive_share:.2f}"
            )


def _counts(counts: Counts) -> str:
    return f"F1 {counts.f1:.3f} (P {counts.precision:.3f}, R {counts.recall:.3f})"


def _fallen(pairs: Sequence[Pair]) -> float:
    flagged = [(a, b) for a, b in pairs if b.cooperation]
    fallen = sum(not assess(*_without_evidence(a, b)).cooperation for a, b in flagged)
    return fallen / max(1, len(flagged))


def _without_evidence(article: Labelled, found: Assessment) -> tuple[str, str]:
    texts = {"title": article.title, "body": article.body}
    for piece in sorted(found.evidence, key=lambda piece: -piece.start):
        text = texts[piece.field]
        texts[piece.field] = text[: piece.start] + text[piece.end :]
    return texts["title"], texts["body"]


def _speed() -> None:
    texts = list(_long_texts())
    learnt = model()

    def flagging() -> None:
        for title, body in texts:
            Scorer(learnt.flag, meaning(), learnt.trees).log_odds(read(title, body))

    def everything() -> None:
        for title, body in texts:
            assess(title, body)

    for name, work in (("flagging", flagging), ("all facts", everything)):
        work()
        rates = []
        for _ in range(3):
            start = time.perf_counter()
            work()
            rates.append(len(texts) / (time.perf_counter() - start))
        print(f"{name}: {statistics.median(rates):.0f} articles/s of {_WORDS} words, warm")


def _long_texts() -> Iterator[tuple[str, str]]:
    for name in ("dev", "general-news"):
        for article in read_labelled(LABELLED / f"{name}.jsonl", unlabelled=False):
            words = article.body.split()
            yield article.title, " ".join((words * _WORDS)[:_WORDS])


if __name__ == "__main__":
    main()

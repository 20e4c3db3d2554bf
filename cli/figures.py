"""The figures of an evaluation, for people within a hundred columns and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.output import console
from cooperation.evaluation import PREVALENCES, Counts, Report

_LISTED_ERRORS = 20


def figures(report: Report) -> dict[str, Any]:
    """A report as plain values: counts with their ratios, a ratio of nothing is None."""
    return {
        "articles": report.flags.positives + report.flags.negatives,
        "flags": _ratios(report.flags),
        "easy_negatives": _ratios(report.easy),
        "hard_negatives": _ratios(report.hard),
        "precision_at": {str(p): _restated(report.flags, p) for p in PREVALENCES},
        "brier": report.brier,
        "reliability": [asdict(one) for one in report.reliability],
        "languages": {name: _ratios(counts) for name, counts in report.languages.items()},
        "kinds": {name: _ratios(counts) for name, counts in report.flagged_kinds.items()},
        "rules": {name: _ratios(counts) for name, counts in report.rules.items()},
        "facts": {name: _ratios(counts) for name, counts in _facts(report).items()},
        "stage_accuracy": report.stage_accuracy,
        "right": {name: {"right": a, "of": b} for name, (a, b) in report.rights.items()},
        "missed": list(report.missed),
        "false_alarms": list(report.false_alarms),
    }


def print_figures(report: Report) -> None:
    """Tables of all figures; a ratio of nothing is a dash."""
    out = console()
    flags = report.flags
    out.print(f"{flags.positives + flags.negatives} articles, {flags.positives} of them items\n")
    _print(
        out,
        "Flags",
        {
            "all": flags,
            **{f"language {name or '–'}": one for name, one in report.languages.items()},
            **{f"kind {name}": one for name, one in report.flagged_kinds.items()},
            "negatives, easy": report.easy,
            "negatives, hard": report.hard,
        },
    )
    restated = ", ".join(f"{p:.0%}: {_shown(_restated(flags, p))}" for p in PREVALENCES)
    out.print(f"Precision where so many of all articles are items: {restated}")
    out.print(f"Brier score {report.brier:.3f} (0 is perfect, 0.25 a coin's)\n")
    _print_calibration(out, report)
    _print_rules(out, report)
    _print_facts(out, report)
    for name, ids in (("Missed", report.missed), ("False alarms", report.false_alarms)):
        more = f" and {len(ids) - _LISTED_ERRORS} more" if len(ids) > _LISTED_ERRORS else ""
        listed = ", ".join(ids[:_LISTED_ERRORS]) or "none"
        out.print(Text(f"{name}: {listed}{more}".encode("utf-8", "replace").decode()))


def _print(out: Console, heading: str, rows: Mapping[str, Counts]) -> None:
    table = _table(heading, "items", "precision", "recall", "F1", "false alarms", "of negatives")
    for name, counts in rows.items():
        plain = _ratios(counts)
        table.add_row(
            name,
            str(counts.positives),
            *(_shown(plain[key]) for key in ("precision", "recall", "f1")),
            str(counts.false_positives),
            # Every negative of a kind is a false alarm: without the flag it would have no kind.
            "–"
            if not counts.negatives or name.startswith("kind")
            else f"{counts.false_alarm_rate:.1%}",
        )
    out.print(table)
    out.print()


def _print_calibration(out: Console, report: Report) -> None:
    table = _table("Calibration: score", "articles", "mean score", "items")
    for one in report.reliability:
        if one.count:
            table.add_row(
                f"{one.low:.1f} to {one.high:.1f}",
                str(one.count),
                f"{one.mean_score:.2f}",
                f"{one.positive_share:.0%}",
            )
    out.print(table)
    out.print()


def _print_rules(out: Console, report: Report) -> None:
    table = _table("Rule among the evidence", "flags", "right", "precision")
    for name, counts in report.rules.items():
        flags = counts.true_positives + counts.false_positives
        table.add_row(name, str(flags), str(counts.true_positives), _shown(counts.precision))
    out.print(table)
    out.print()


def _print_facts(out: Console, report: Report) -> None:
    facts = {name: one for name, one in _facts(report).items() if one.positives}
    if not facts:
        return
    table = _table("Facts of items that were flagged", "labelled", "precision", "recall", "F1")
    for name, counts in facts.items():
        shown = (_shown(counts.precision), _shown(counts.recall), _shown(counts.f1))
        table.add_row(name, str(counts.positives), *shown)
    out.print(table)
    rights = [f"{name} {a} of {b}" for name, (a, b) in report.rights.items() if b]
    out.print(f"Right: {', '.join([f'stage {report.stage_accuracy:.0%}', *rights])}\n")


def _table(first: str, *headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _facts(report: Report) -> dict[str, Counts]:
    return {
        "kinds": report.kind_total,
        **{f"kind {name}": counts for name, counts in report.kinds.items()},
        "countries": report.countries,
        "regions": report.regions,
        **report.facts,
    }


def _ratios(counts: Counts) -> dict[str, float | int | None]:
    found = counts.true_positives + counts.false_positives
    return {
        **asdict(counts),
        "precision": counts.precision if found else None,
        "recall": counts.recall if counts.positives else None,
        "f1": counts.f1 if found + counts.positives else None,
        "false_alarm_rate": counts.false_alarm_rate if counts.negatives else None,
    }


def _restated(counts: Counts, prevalence: float) -> float | None:
    return counts.precision_at(prevalence) if counts.positives and counts.negatives else None


def _shown(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.3f}"

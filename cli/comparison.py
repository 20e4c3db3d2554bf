"""Which items of the archive a changed detector would add and drop, before it is adopted."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from sqlalchemy import Engine

import cooperation
from cli.output import console, local
from cooperation.assessment import Assessment
from cooperation.detector import Detector
from storage.comparing import Kept, kept, total
from storage.database import reading

_EVIDENCE = 200  # characters; more of it is shown by `coopwatch show ID --why`


def compare(
    engine: Engine, detector: Detector, countries: Mapping[str, str], *, as_json: bool
) -> None:
    """Print each difference as it is found, then how many there are; writes nothing.

    ``countries``: the country of each source. ``as_json`` prints one object a line.
    """
    with reading(engine) as session:
        whole = total(session)
    out, counts = console(), Counter[str]()
    # A bar on the screen that shows the differences too would be torn by them.
    shown = out if out.is_terminal else Console(stderr=True)
    with Progress(console=shown, disable=not shown.is_terminal) as progress:
        task = progress.add_task("judging anew", total=whole)
        for article in kept(engine):
            found = _assess(article, detector, countries.get(article.source))
            counts[article.version or "none"] += 1
            change = _change(article, found, counts)
            if change and as_json:
                sys.stdout.write(json.dumps(_row(article, found), ensure_ascii=False) + "\n")
            elif change:
                for line in _lines(article, found):
                    out.print(line)
            progress.advance(task)
    _sum_up(counts, whole, detector)


def _assess(article: Kept, detector: Detector, country: str | None) -> Assessment:
    return cooperation.assess(
        article.title,
        article.text,
        language=article.language,
        published=article.published,
        site_country=country,
        detector=detector,
    )


def _change(article: Kept, found: Assessment, counts: Counter[str]) -> bool:
    """Whether the item list would change; what a reader has labelled stays as he said."""
    if article.flagged == found.cooperation:
        return False
    if article.relevant is not None:
        counts["right" if article.relevant == found.cooperation else "wrong"] += 1
        return False
    counts["added" if found.cooperation else "dropped"] += 1
    return True


def _row(article: Kept, found: Assessment) -> dict[str, Any]:
    published = article.published
    return {
        "change": "added" if found.cooperation else "dropped",
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "published": None if published is None else published.isoformat(),
        "score_before": round(article.score, 4),
        "score_after": found.score,
        "version_before": article.version,
        "evidence": list(_evidence(article, found)),
    }


def _lines(article: Kept, found: Assessment) -> Iterator[str]:
    sign = "[bold green]+[/]" if found.cooperation else "[bold red]–[/]"
    moved = f"{article.score:.2f} → {found.score:.2f}"
    yield f"{sign} {article.id}  {local(article.published)[:10]}  {moved}"
    yield f"    {escape(article.title)}"
    quoted = " … ".join(_evidence(article, found))
    if quoted:
        cut = f"{quoted[:_EVIDENCE]}…" if len(quoted) > _EVIDENCE else quoted
        yield f"    [dim]«{escape(' '.join(cut.split()))}»[/]"


def _evidence(article: Kept, found: Assessment) -> tuple[str, ...]:
    """The words that the flag rests on: of an added item the new ones, of a dropped one the old."""
    if found.cooperation:
        return tuple(dict.fromkeys(piece.text for piece in found.evidence))
    return article.evidence


def _sum_up(counts: Counter[str], whole: int, detector: Detector) -> None:
    """On stderr, so that differences can be piped."""
    versions = [f"{n} by version {name}" for name, n in counts.items() if name not in _WORDS]
    judged = f"{whole} articles, {', '.join(versions) or 'none assessed'}"
    now = f"now version {cooperation.VERSION}, threshold {detector.model.threshold}"
    lines = [
        f"{judged}; {now}",
        f"{counts['added']} items would be added, {counts['dropped']} dropped",
    ]
    if counts["right"] + counts["wrong"]:
        lines.append(
            f"of articles with a label, which holds, {counts['right']} would be judged right "
            f"that are not now, {counts['wrong']} the other way round"
        )
    sys.stderr.write("\n".join(lines) + "\n")


_WORDS = frozenset({"added", "dropped", "right", "wrong"})

"""Deriving everything anew from what is stored: reextract, reassess."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated, Any

import typer

from cli.edge import configuration, database, day
from cli.output import Column, Format, local, print_rows
from cli.progress import watched
from crawler import rebuilding
from crawler.rebuilding import Difference, Rebuilt
from crawler.source import Source, find, shipped_and_own
from storage import rereading
from storage.database import reading
from storage.rereading import Selection

SourceOption = Annotated[str | None, typer.Option(metavar="KEY", help="Only of this source.")]
SinceOption = Annotated[
    date | None, typer.Option(parser=day, metavar="DAY", help="Only published then or later.")
]
ArticleOption = Annotated[
    int | None, typer.Option("--article", metavar="ID", help="Only this article.")
]
WriteOption = Annotated[
    bool, typer.Option("--write", help="Replace what is stored. Without it, only show.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")]

COLUMNS = [
    Column("ID", lambda row: str(row["article"] or "new"), justify="right", wrap=False),
    Column("Field", lambda row: row["field"], wrap=False),
    Column("Before", lambda row: row["before"]),
    Column("After", lambda row: row["after"]),
]
_LEAD, _SHOWN = 12, 70  # characters of a long text before and from its first difference


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (reextract, reassess):
        app.command(rich_help_panel="Keeping")(command)


def reextract(
    context: typer.Context,
    source: SourceOption = None,
    since: SinceOption = None,
    article_id: ArticleOption = None,
    write: WriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read every archived page anew, as after a change of a source's rules or of the program.

    Shows what would change. --write replaces it, assesses those articles anew and announces
    nothing; the history keeps its revisions and their times.
    """
    known = _sources(context, source)
    wanted = Selection(source, since, article_id)
    engine = database(context)
    with reading(engine) as session:
        total = rereading.total(session, wanted)
    found = rebuilding.reextract(engine, known, wanted, write=write)
    counts = _print(watched(found, total, "reading pages again"), as_json=as_json)
    _sum_up(counts, "revision", write=write)


def reassess(
    context: typer.Context,
    source: SourceOption = None,
    since: SinceOption = None,
    article_id: ArticleOption = None,
    write: WriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Ask the detector anew about every article, as after a change of the detector.

    Shows what would change. --write replaces it and announces nothing: what becomes an item by
    it was found late. Your labels hold.
    """
    known = _sources(context, source)
    wanted = Selection(source, since, article_id)
    engine = database(context)
    with reading(engine) as session:
        total = len(rereading.article_ids(session, wanted))
    found = rebuilding.reassess(engine, known, wanted, write=write)
    counts = _print(watched(found, total, "judging anew"), as_json=as_json)
    _sum_up(counts, "article", write=write)


def _sources(context: typer.Context, wanted: str | None) -> dict[str, Source]:
    own = configuration(context).sources_dir
    return {wanted: find(wanted, own)} if wanted else shipped_and_own(own)


def _print(found: Iterable[Rebuilt], *, as_json: bool) -> Counter[str]:
    counts = Counter[str]()
    if as_json:
        for one in _counted(found, counts):
            sys.stdout.write(json.dumps(_object(one), ensure_ascii=False, default=_plain) + "\n")
    else:
        rows = (row for one in _counted(found, counts) for row in _rows(one))
        print_rows(rows, COLUMNS, Format.TABLE)
    return counts


def _counted(found: Iterable[Rebuilt], counts: Counter[str]) -> Iterator[Rebuilt]:
    """Count everything; pass on what is worth a line."""
    for one in found:
        counts[one.became] += 1
        counts.update(f"field {difference.field}" for difference in one.differences)
        if one.became not in {"same", "no page"}:
            yield one


def _object(one: Rebuilt) -> dict[str, Any]:
    return {
        "article": one.article_id,
        "revision": one.revision,
        "title": one.title,
        "url": one.url,
        "became": one.became,
        "reason": one.reason,
        "changes": [
            {"field": each.field, "before": each.before, "after": each.after}
            for each in one.differences
        ],
    }


def _rows(one: Rebuilt) -> Iterator[dict[str, Any]]:
    name = {"article": one.article_id}
    if one.became == "kept":
        yield {**name, "field": "not read", "before": one.title, "after": one.reason}
    if one.became == "found":
        yield {**name, "field": "article", "before": "–", "after": one.title}
    for each in one.differences:
        before, after = _shown(each)
        yield {**name, "field": each.field, "before": before, "after": after}


def _shown(each: Difference) -> tuple[str, str]:
    """Both sides short enough for a table: of lists what goes and comes, of texts the place."""
    before, after = each.before, each.after
    if isinstance(after, list):
        old = before or []
        gone = [one for one in old if one not in after]
        come = [one for one in after if one not in old]
        return _cut("; ".join(gone)) or "–", _cut("; ".join(come)) or "–"
    if isinstance(before, str) and isinstance(after, str):
        start = next(
            (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
            min(len(before), len(after)),
        )
        start = max(0, start - _LEAD)
        return _cut(before[start:], start), _cut(after[start:], start)
    return _word(before), _word(after)


def _cut(text: str, start: int = 0) -> str:
    shown = " ".join(text[:_SHOWN].split())
    return ("…" if start else "") + shown + ("…" if len(text) > _SHOWN else "")


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return local(value)
    return "–" if value is None else str(value)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a value that can be printed as JSON")


def _sum_up(counts: Counter[str], unit: str, *, write: bool) -> None:
    """On stderr, so that rows can be piped."""
    total = sum(number for name, number in counts.items() if name in _BECAME)
    told = [f"{counts[name]} {words}" for name, words in _BECAME.items() if counts[name]]
    looked_at = total - counts["found"]
    plural = "" if looked_at == 1 else "s"
    typer.echo(f"{looked_at} {unit}{plural}: {', '.join(told) or 'none'}", err=True)
    fields = [
        f"{name.removeprefix('field ')} {number}"
        for name, number in counts.most_common()
        if name.startswith("field ")
    ]
    if fields:
        typer.echo(f"fields: {', '.join(fields)}", err=True)
    if counts["changed"] + counts["found"]:
        typer.echo(
            "written; nothing is announced" if write else "nothing was written; --write does it",
            err=True,
        )


_BECAME = {
    "same": "as stored",
    "changed": "changed",
    "kept": "not read as the same article any more and kept as stored",
    "no page": "without an archived page",
    "found": "found on pages that had led to no article",
}

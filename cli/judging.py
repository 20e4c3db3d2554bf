"""What readers say of items, and how good the detector is by it: label, evaluate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

import cooperation
from cli.comparison import compare
from cli.edge import configuration, database
from cli.figures import figures, print_figures
from cli.output import Column, Format, local, print_json, print_rows
from cli.reading import FormatOption
from cooperation.detector import Detector, load, shipped
from cooperation.evaluation import evaluate as evaluated
from cooperation.labelled import Labelled, parse_labelled, read_labelled
from crawler.source import shipped_and_own
from storage import labels
from storage.database import reading, writing
from storage.labelled import labelled_articles
from storage.labels import Judged, Verdict


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (label, evaluate):
        app.command(rich_help_panel="Judging")(command)


LABEL_COLUMNS = [
    Column("ID", lambda row: str(row["article"]), justify="right", wrap=False),
    Column("Labelled", lambda row: local(row["labelled_at"]), wrap=False),
    Column("Label", lambda row: row["label"] or "taken back", wrap=False),
    Column("Title", lambda row: row["title"]),
    Column("Note", lambda row: row["note"]),
    Column("", lambda row: "" if row["holds"] else "replaced", wrap=False),
]


def label(
    context: typer.Context,
    article_id: Annotated[
        int | None, typer.Argument(metavar="ID", help="Number from items or search.")
    ] = None,
    verdict: Annotated[
        Verdict | None, typer.Argument(metavar="relevant|irrelevant", help="What it is.")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Take your label back: the detector's flag holds again.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Show all labels, the newest first.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write them as a labelled file (- for stdout)."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say that an article is relevant or irrelevant; that overrides the flag everywhere.

    coopwatch label 17 irrelevant --note "a ranking, no joint act"

    A later label replaces an earlier one; all are kept for ever.
    """
    one = article_id is not None and (verdict is None) == undo
    if one + listed + (export is not None) != 1 or (article_id is not None and not one):
        raise typer.BadParameter(
            "expected `label ID relevant`, `label ID irrelevant`, `label ID --undo`, "
            "`label --list` or `label --export FILE`"
        )
    if article_id is not None:
        with writing(database(context)) as session:
            item = labels.label(session, article_id, verdict, datetime.now(UTC), note)
        said = "label taken back" if verdict is None else verdict
        typer.echo(f"{article_id}: {said}; it is {'an item' if item else 'no item'}", err=True)
    elif export is not None:
        _export(context, export)
    else:
        with reading(database(context)) as session:
            count = print_rows(map(_row, labels.judged(session)), LABEL_COLUMNS, form)
        if not count:
            typer.echo("no labels yet; `coopwatch label --help` tells how", err=True)


def evaluate(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A labelled file. Default: your own labels."),
    ] = None,
    comparing: Annotated[
        bool,
        typer.Option(
            "--compare",
            help="Show which items of the archive the detector would add and drop now.",
        ),
    ] = False,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Try the model.json of another training."),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(metavar="P", help="Try another threshold, such as 0.6.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how good the detector is on labelled articles, or what a change of it would do.

    Changes nothing: what --compare shows is adopted by nobody but you.
    """
    if comparing and file is not None:
        raise typer.BadParameter("--compare reads the archive, it takes no FILE")
    detector = _detector(model, threshold)
    countries = _countries(context)
    if comparing:
        compare(database(context), detector, countries, as_json=as_json)
        return
    articles = read_labelled(file) if file is not None else _own(context, countries)
    if not articles:
        where = f"{file} is empty" if file is not None else "no labels yet"
        typer.echo(f"{where}; `coopwatch label ID relevant` or `irrelevant` makes one", err=True)
        return
    report = evaluated(
        articles,
        lambda one: cooperation.assess(
            one.title,
            one.body,
            language=one.language,
            published=one.published,
            site_country=one.site_country,
            detector=detector,
        ),
    )
    if as_json:
        print_json(figures(report))
        return
    print_figures(report)
    if file is None:
        typer.echo(
            "These are the articles that somebody happened to judge, no sample of the stream: "
            "recall knows only the misses that were found.",
            err=True,
        )


def _row(judged: Judged) -> dict[str, Any]:
    said = asdict(judged.label)
    return {
        "article": said["article_id"],
        "revision": said["revision"],
        "label": said["verdict"],
        "note": said["note"],
        "labelled_at": said["labelled_at"],
        "title": judged.title,
        "score": round(judged.score, 4),
        "item": judged.item,
        "holds": judged.holds,
    }


def _export(context: typer.Context, path: Path) -> None:
    countries, count = _countries(context), 0
    try:
        with (
            nullcontext(sys.stdout) if str(path) == "-" else path.open("w", encoding="utf-8") as out
        ):
            for line in _lines(context, countries):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
    except BrokenPipeError:
        raise
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from error
    typer.echo(f"{count} labelled articles", err=True)


def _lines(context: typer.Context, countries: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The labels with what `assess` was told of the site when the article was read."""
    with reading(database(context)) as session:
        for line in labelled_articles(session):
            yield line | {"site_country": countries.get(line["source"])}


def _own(context: typer.Context, countries: dict[str, str]) -> list[Labelled]:
    return [parse_labelled(line, line["id"]) for line in _lines(context, countries)]


def _countries(context: typer.Context) -> dict[str, str]:
    known = shipped_and_own(configuration(context).sources_dir)
    return {key: source.country for key, source in known.items()}


def _detector(model: Path | None, threshold: float | None) -> Detector:
    if threshold is not None and not 0 < threshold < 1:
        raise typer.BadParameter(f"--threshold: expected a number between 0 and 1, got {threshold}")
    detector = shipped() if model is None else load(model)
    return detector if threshold is None else detector.with_threshold(threshold)

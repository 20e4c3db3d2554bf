"""Single texts and pages, without the database: assess, extract."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any, Literal

import typer

import cooperation
from cli.edge import configuration, day
from cli.output import Column, Format, console, print_json, print_rows
from cli.reading import FormatOption, Language
from crawler.extraction import Explanation, explain
from crawler.extraction import extract as read_article
from crawler.fetching import fetch
from crawler.source import Source, find, shipped_and_own

_SHOWN = 70

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for stdin.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (assess, extract):
        app.command(rich_help_panel="Trying out")(command)


ASSESSMENT_COLUMNS = [
    Column("Item", lambda row: "yes" if row["cooperation"] else "no", wrap=False),
    Column("Score", lambda row: f"{row['score']:.2f}", justify="right", wrap=False),
    Column("Title", lambda row: row["title"]),
    Column("Kinds", lambda row: ", ".join(row["kinds"])),
    Column(
        "Parties", lambda row: ", ".join(row["parties"]["countries"] + row["parties"]["regions"])
    ),
    Column("Evidence", lambda row: " … ".join(one["text"] for one in row["evidence"])),
]


def assess(
    file: FileArgument,
    language: Annotated[Language | None, typer.Option(help="Default: as the text looks.")] = None,
    published: Annotated[
        date | None, typer.Option(parser=day, metavar="DAY", help="For dates without a year.")
    ] = None,
    site_country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Country of the site, such as BY.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say whether a text is a cooperation item, and why.

    FILE is plain text, its first line the title; or JSON lines with "title" and "body".
    """
    rows = [
        {
            "title": record["title"],
            **cooperation.assess(
                record["title"],
                record["body"],
                language=language or record.get("lang") or record.get("language"),
                published=published or record.get("published"),
                site_country=site_country,
            ).to_dict(),
        }
        for record in _records(file)
    ]
    print_rows(rows, ASSESSMENT_COLUMNS, form)


def extract(
    context: typer.Context,
    place: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="A page, - for stdin, or a URL.")
    ],
    url: Annotated[
        str | None, typer.Option(help="Address of the page in FILE; decides about relative links.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="KEY|FILE", help="Its source. Default: the one with the URL's host."),
    ] = None,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Show what every rule gave for each field, and the choice."),
    ] = False,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="How it is printed.")
    ] = "text",
) -> None:
    """Read the article of a page: title, date, text, and the rule that gave each field."""
    settings = configuration(context)
    own = settings.sources_dir
    is_url = place.startswith(("http://", "https://"))
    address = place if is_url else url or "about:blank"
    chosen = find(source, own) if source else _owner(address, own)
    page, headers = _read(place) if not is_url else b"", dict[str, str]()
    if is_url:
        address, page, headers = fetch(place, settings, chosen)
    if explained:
        _print_explanation(explain(page, address, source=chosen, headers=headers), address, form)
        return
    article = read_article(page, address, source=chosen, headers=headers)
    if form == "json":
        print_json(article.to_dict())
        return
    out = console()
    for key, value in article.to_dict().items():
        if key not in ("text", "html", "provenance"):
            shown = ", ".join(value) if isinstance(value, list) else value
            rule = article.provenance.get(key, "")
            out.print(f"{key + ':':20}{shown if shown is not None else '–'}", end="", markup=False)
            out.print(f"  ({rule})" if rule else "", style="dim", markup=False)
    out.print(f"\n{article.text}", markup=False)


EXPLANATION_COLUMNS = [
    Column("", lambda row: "✓" if row["taken"] else "", wrap=False),
    Column("Field", lambda row: row["field"], wrap=False),
    Column("Rule", lambda row: row["rule"] or "–"),
    Column("Found", lambda row: shorten(row["found"], _SHOWN, placeholder=" …")),
    Column("Why", lambda row: row["why"]),
]


def _print_explanation(told: Explanation, address: str, form: str) -> None:
    """All candidates and the choice; a page that is refused ends the command as it does without."""
    rows = [
        {"field": w.field, "rule": w.rule, "found": w.shown, "taken": w.taken, "why": w.why}
        for w in told.weighed
    ]
    if form == "json":
        article = told.article.to_dict() if told.article else None
        refusal = str(told.refusal) if told.refusal else None
        print_json({"url": address, "article": article, "refusal": refusal, "candidates": rows})
    else:
        print_rows(rows, EXPLANATION_COLUMNS, Format.TABLE)
    if told.refusal is not None:
        raise told.refusal


def _records(file: str) -> list[dict[str, Any]]:
    """The texts of a file: JSON lines, or one plain text."""
    try:
        text = _read(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file}: expected text in UTF-8 ({error})") from error
    if not text.strip():
        raise typer.BadParameter(f"{file}: the file is empty")
    if not text.lstrip().startswith("{"):
        title, _, body = text.strip().partition("\n")
        return [{"title": title.strip(), "body": body.strip()}]
    return [_record(file, number, line) for number, line in enumerate(text.splitlines(), 1) if line]


def _record(file: str, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise typer.BadParameter(f"{file}, line {number}: no JSON ({error})") from error
    if not isinstance(record, dict) or not {"title", "body"} <= record.keys():
        raise typer.BadParameter(f'{file}, line {number}: expected "title" and "body"')
    return record


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from error


def _owner(url: str, sources_dir: Path | None) -> Source | None:
    known = shipped_and_own(sources_dir).values()
    return next((source for source in known if source.owns(url)), None)

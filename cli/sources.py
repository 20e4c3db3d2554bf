"""The sources: listed, added from a look at their site, checked against its pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from cli.edge import configuration, database
from cli.output import Column, Format, Row, console, local, print_rows
from cli.reading import FormatOption
from cli.rows import SOURCE_COLUMNS, source_row
from configuration import Configuration
from crawler.checking import Check, Evidence, archived, checks, look
from crawler.draft import drafted, provisional, refined
from crawler.fetching import Answer, Guest, Plan, visit, visit_all
from crawler.source import Source, SourceError, find, shipped_and_own
from crawler.source_text import written
from crawler.survey import Sample, Survey, SurveyError, Surveyor, again, warnings
from storage import archive
from storage import sources as stored_sources
from storage.database import reading

app = typer.Typer(help="List the sources, add one, check their rules.", invoke_without_command=True)


def register(main: typer.Typer) -> None:
    """Add the commands of this module."""
    main.add_typer(app, name="sources", rich_help_panel="Collecting")


@app.callback()
def sources(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """List the sources: when each was visited, how it went, when it is visited next."""
    if context.invoked_subcommand is not None:
        return
    known = shipped_and_own(configuration(context).sources_dir)
    with reading(database(context)) as session:
        states = {state.key: state for state in stored_sources.states(session)}
    rows = (source_row(one, states.get(key)) for key, one in known.items())
    print_rows(rows, SOURCE_COLUMNS, form)


SAMPLE_COLUMNS = [
    Column("Title", lambda row: row["title"] or row["url"]),
    Column("Date", lambda row: local(row["published"]), wrap=False),
    Column("Words", lambda row: str(row["words"]), justify="right", wrap=False),
    Column("Lang", lambda row: row["language"] or "–", wrap=False),
    Column("Rules", lambda row: row["rules"]),
    Column("Warnings", lambda row: "; ".join(row["warnings"])),
]


@app.command()
def add(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The site, or better its list of news.")
    ],
    delay: Annotated[
        float, typer.Option(min=0.01, help="Seconds between two requests, if robots.txt asks less.")
    ] = 5.0,
    output: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Where the file goes. Default: your sources folder."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The site is on your own network.")
    ] = False,
) -> None:
    """Look at a site, draft its source file, show five articles read with it, and write it.

    It asks for some twenty pages, each after the delay, and obeys robots.txt.
    """
    settings = configuration(context)
    if not url.startswith(("http://", "https://")):
        raise typer.BadParameter(f"expected an http(s) address, got {url!r}")
    folder = _folder(settings, output)
    if not (yes or output or sys.stdin.isatty()):
        raise SourceError("nobody to ask: give --yes to write the file, or --output - to see it")
    known = shipped_and_own(settings.sources_dir)
    start = provisional(url, delay=delay, allow_private=allow_private, taken=known)
    _refuse_known(start, known)
    survey, found, samples, shared = _look(url, start, known, settings)
    seen = [sample for sample in samples if sample.told and sample.told.article]
    print_samples(samples, found, to_stderr=output == "-")
    if not seen:
        raise SurveyError(
            f"{url}: none of the pages that its routes lead to was read as an article"
        )
    approved = not yes and output is None and _approved(found)
    found = found.model_copy(update={"verified": approved})
    text = written(found, survey, shared, datetime.now(UTC).date())
    if output == "-":
        sys.stdout.write(text)
        return
    target = Path(output) if output else folder / f"{found.key}.toml"
    _write(target, text)
    typer.echo(f"{target} is written; try it: coopwatch crawl {target}", err=True)


def _look(
    url: str, start: Source, known: dict[str, Source], settings: Configuration
) -> tuple[Survey, Source, list[Sample], str]:
    """The survey, the source it led to, its articles read with it, and whose layout it shares."""

    async def task(guest: Guest) -> tuple[Survey, Source, list[Sample]]:
        surveyor = Surveyor(
            guest, start, lambda place, said: typer.echo(f"{place}: {said}", err=True)
        )
        survey = await surveyor.look(url)
        source = drafted(survey)
        return survey, source, await surveyor.samples(survey, source)

    survey, source, samples = visit(Plan(task, start.hosts, start), settings)
    found, shared = refined(source, samples, known)
    return survey, found, again(samples, found), shared


def print_samples(samples: list[Sample], source: Source, *, to_stderr: bool) -> None:
    """The articles side by side, each with what is doubtful about it."""
    rows = [_sample_row(sample, source) for sample in samples]
    print_rows(rows, SAMPLE_COLUMNS, Format.TABLE, stderr=to_stderr)


def _sample_row(sample: Sample, source: Source) -> dict[str, Any]:
    article = sample.told.article if sample.told else None
    rules = article.provenance if article else {}
    by_layout = article is not None and article.layout != "generic"
    fields = {"title": "title", "published": "date", "body": "text"}
    return {
        "url": sample.url,
        "title": article.title if article else "",
        "published": article.published if article else None,
        "words": len(article.text.split()) if article else 0,
        "language": article.language if article else None,
        "rules": f"layout {article.layout}" if article and by_layout else "; ".join(
            f"{name} by {rules[key]}" for key, name in fields.items() if key in rules
        ),
        "warnings": warnings(sample, source),
    }  # fmt: skip


def _fits(row: Row) -> str:
    return str(row["found"]) if row["of"] is None else f"{row['found']} of {row['of']}"


CHECK_COLUMNS = [
    Column("Source", lambda row: row["source"], wrap=False),
    Column("Part", lambda row: row["part"]),
    Column("Rule", lambda row: row["rule"]),
    Column("Fits", _fits, justify="right", wrap=False),
    Column("", lambda row: f"BROKEN: {row['broken']}" if row["broken"] else row["note"] or "ok"),
]


@app.command()
def check(
    context: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Keys or source files; default: all enabled."),
    ] = None,
    from_archive: Annotated[
        bool, typer.Option("--archive", help="Against archived pages; the site is not asked.")
    ] = False,
    pages: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Articles to read: 5 live ones, 50 archived ones."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Try every rule of a source: routes, each selector, ids, dates. Exit 1 when one is broken.

    Live it asks for each route and some articles, at the source's pace.
    """
    settings = configuration(context)
    chosen = _wanted(name, settings)
    found = (
        _in_archive(context, chosen, pages or 50)
        if from_archive
        else _on_site(chosen, settings, pages or 5)
    )
    today = datetime.now(UTC).date()
    rows = [
        {"source": source.key, **asdict(one)}
        for source, evidence in zip(chosen, found, strict=True)
        for one in (
            [Check("site", source.site, 0, None, broken=str(evidence))]
            if isinstance(evidence, Exception)
            else checks(source, evidence, today)
        )
    ]
    print_rows(rows, CHECK_COLUMNS, form)
    broken = sum(bool(row["broken"]) for row in rows)
    typer.echo(f"{len(rows)} rules, {broken} broken", err=True)
    if broken:
        raise typer.Exit(1)


def _wanted(names: list[str] | None, settings: Configuration) -> list[Source]:
    if names:
        return [find(one, settings.sources_dir) for one in names]
    return [one for one in shipped_and_own(settings.sources_dir).values() if one.enabled]


def _on_site(
    chosen: list[Source], settings: Configuration, pages: int
) -> list[Evidence | Exception]:
    def plan(source: Source) -> Plan[Evidence]:
        return Plan(lambda guest: look(guest, source, pages), source.hosts, source)

    return visit_all([plan(source) for source in chosen], settings)


def _in_archive(
    context: typer.Context, chosen: list[Source], pages: int
) -> list[Evidence | Exception]:
    with reading(database(context)) as session:
        return [archived(source, _kept(session, source.key), pages) for source in chosen]


def _kept(session: Session, key: str) -> Iterator[Answer]:
    for one in archive.responses(session, key, newest_only=True):
        failure = "" if one.status == 200 else f"answered {one.status}"
        headers = {name.lower(): value for name, value in one.headers}
        yield Answer(one.url, one.status, one.body or b"", headers, failure)


def _folder(settings: Configuration, output: str | None) -> Path:
    if output is None and settings.sources_dir is None:
        raise SourceError(
            "no folder for your sources: give --sources-dir FOLDER, set COOPWATCH_SOURCES_DIR, or "
            "say where the file goes with --output FILE (or - for stdout)"
        )
    return settings.sources_dir or Path()


def _refuse_known(start: Source, known: dict[str, Source]) -> None:
    for key, source in known.items():
        if set(start.hosts) & set(source.hosts):
            raise SourceError(
                f"{start.hosts[0]} is the site of the source {key!r} already; "
                f"coopwatch sources check {key} tries its rules"
            )


def _approved(source: Source) -> bool:
    routes = [*source.feeds, *source.listings, *source.sitemaps]
    console(stderr=True).print(f"\nRoutes: {', '.join(routes)}", markup=False)
    if not typer.confirm(f"Are these articles read well? Write {source.key}.toml?", err=True):
        raise typer.Abort
    return True


def _write(target: Path, text: str) -> None:
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise SourceError(f"{target} exists already; remove it or give another --output") from error
    except OSError as error:
        raise SourceError(f"{target}: cannot be written: {error.strerror or error}") from error

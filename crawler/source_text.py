"""A drafted source as a TOML file, its comments saying what was seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from crawler.extraction.text import squeeze
from crawler.source import Source, SourceError, parse
from crawler.survey import Survey

_LONGEST_LINE = 80


def written(source: Source, survey: Survey, shared: str, day: date) -> str:
    """The file as TOML, its comments saying what was seen; it loads as the same source."""
    said = ("".join(c for c in line if c.isprintable()) for line in _comments(survey, shared, day))
    text = "\n".join([*said, *_lines(source)]) + "\n"
    if parse(text, "draft") != source:
        raise SourceError(f"{source.site}: the draft does not load as it was meant")
    return text


def _comments(survey: Survey, shared: str, day: date) -> Iterator[str]:
    yield f"# Drafted on {day.isoformat()} from a look at {survey.start.url}"
    yield f"# engine: {squeeze(survey.engine) or 'not told'}"
    rules = survey.rules
    delay = "none" if rules is None or rules.crawl_delay is None else f"{rules.crawl_delay:g} s"
    yield f"# robots.txt: Crawl-delay {delay}, sitemaps {len(rules.sitemaps) if rules else 0}"
    if shared:
        yield f"# layout: that of the source {shared!r}; it read every article that was looked at"
    else:
        yield "# layout: none; structured data and the generic extractor read the articles"
    yield "# names: as the site gives it, in one language; translate the others"
    yield "# What was asked for:"
    for place, result in survey.tried:
        yield f"#   {squeeze(place)}: {squeeze(result)}"


def _lines(source: Source) -> Iterator[str]:
    tables = {"name", "politeness", "site_id", "layouts"}
    for key, value in source.model_dump(exclude_defaults=True, exclude=tables).items():
        yield f"{key} = {_toml(value)}"
    for table in ("name", "politeness", "site_id"):
        values = getattr(source, table).model_dump(exclude_defaults=True)
        if values:
            yield from ("", f"[{table}]", *(f"{key} = {_toml(v)}" for key, v in values.items()))
    for layout in source.layouts:
        yield from ("", "[[layouts]]")
        for key, value in layout.model_dump(exclude_defaults=True).items():
            yield f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    """A value as TOML; JSON's strings are TOML's, and a pattern reads better without escapes."""
    if isinstance(value, str):
        plain = "\\" in value and "'" not in value and value.isprintable()
        quoted = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        return f"'{value}'" if plain else quoted
    if isinstance(value, list):
        items = [_toml(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) < _LONGEST_LINE else "[\n  " + ",\n  ".join(items) + ",\n]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)

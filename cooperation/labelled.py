"""Articles with the label that a reader gave them: one JSON object a line.

The format is that of the labelled sets (``id, lang, title, body, published, cooperation, hard,
kinds, stage, parties, persons, amounts, event_dates, sector, group``); a reader's corrections are
exported in it too. Only ``title``, ``body`` and ``cooperation`` must be there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Facts = dict[str, Any]


class LabelledFileError(Exception):
    """A labelled file cannot be used; the message says which line and what was expected."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article and its label; ``facts`` holds the label's other fields as they stand."""

    id: str
    title: str
    body: str
    cooperation: bool
    language: str | None = None
    published: str | None = None
    hard: bool = False
    kinds: tuple[str, ...] = ()
    stage: str | None = None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    group: str = ""
    facts: Facts = field(default_factory=dict)


def read_labelled(path: Path, *, unlabelled: bool | None = None) -> list[Labelled]:
    """The articles of a labelled file, in its order.

    ``unlabelled`` is the label of lines that have none; without it such a line is an error.
    Raises LabelledFileError with the file, the line and what was expected.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelledFileError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return [
        _parse(line, f"{path}, line {number}", unlabelled)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]


def _parse(line: str, where: str, unlabelled: bool | None) -> Labelled:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LabelledFileError(f"{where}: expected one JSON object a line: {error}") from error
    if not isinstance(row, dict):
        raise LabelledFileError(f"{where}: expected a JSON object, found {type(row).__name__}")
    for name in ("title", "body"):
        if not isinstance(row.get(name), str):
            raise LabelledFileError(f"{where}: expected a text in {name!r}")
    label = row.get("cooperation", unlabelled)
    if not isinstance(label, bool):
        raise LabelledFileError(f"{where}: expected true or false in 'cooperation'")
    parties = row.get("parties") or {}
    return Labelled(
        id=str(row.get("id", "")),
        title=row["title"],
        body=row["body"],
        cooperation=label,
        language=row.get("lang"),
        published=row.get("published"),
        hard=bool(row.get("hard")),
        kinds=tuple(row.get("kinds") or ()),
        stage=row.get("stage"),
        countries=tuple(parties.get("countries") or ()),
        regions=tuple(parties.get("regions") or ()),
        group=str(row.get("group") or row.get("id") or where),
        facts=row,
    )

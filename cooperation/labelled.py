"""Articles with the label that a reader gave them: one JSON object a line.

The format is that of the labelled sets (``id, lang, title, body, published, cooperation, hard,
kinds, stage, parties, persons, amounts, event_dates, sector, group``); a reader's corrections are
exported in it too. Only ``title``, ``body`` and ``cooperation`` must be there.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Facts = dict[str, Any]


class LabelledFileError(Exception):
    """A labelled file cannot be used; the message says which line and what was expected."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article and its label; ``facts`` holds the label's other fields as they stand.

    ``facts_labelled`` is false where a detector wrote the facts, as in a reader's exported labels:
    to compare a detector with them would be to ask it about itself.
    """

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
    site_country: str | None = None
    facts_labelled: bool = True
    facts: Facts = field(default_factory=dict)


def read_labelled(path: Path, *, unlabelled: bool | None = None) -> list[Labelled]:
    """The articles of a labelled file, in its order.

    ``unlabelled`` is the label of lines that have none; without it such a line is an error.
    Raises LabelledFileError with the file, the line and what was expected.
    """
    try:
        lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    except OSError as error:
        raise LabelledFileError(f"{path}: cannot be read: {error.strerror}") from error
    return [
        parse_labelled(_json(line, where := f"{path}, line {number}"), where, unlabelled)
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def parse_labelled(row: object, where: str, unlabelled: bool | None = None) -> Labelled:
    """One article from its JSON object; ``where`` it stands is named by a LabelledFileError."""
    if not isinstance(row, dict):
        raise LabelledFileError(f"{where}: expected a JSON object, found {type(row).__name__}")
    for name in ("title", "body"):
        if not isinstance(row.get(name), str):
            raise LabelledFileError(f"{where}: expected a text in {name!r}")
    label = row.get("cooperation", unlabelled)
    if not isinstance(label, bool):
        raise LabelledFileError(f"{where}: expected true or false in 'cooperation'")
    _check(row, _SHAPES, where)
    parties = row.get("parties") or {}
    _check(parties, _PARTY_SHAPES, f"{where}, parties")
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
        site_country=row.get("site_country"),
        facts_labelled=row.get("facts_by") != "detector",
        facts=row,
    )


def _json(line: bytes, where: str) -> object:
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LabelledFileError(f"{where}: expected UTF-8 text: {error}") from error
    except (ValueError, RecursionError) as error:
        raise LabelledFileError(f"{where}: expected one JSON object a line: {error}") from error


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_persons(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and isinstance(one.get("name"), str) for one in value
    )


def _are_amounts(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("value"), int | float)
        and _are_texts([one.get("currency"), one.get("qualifier")])
        for one in value
    )


_TEXTS = (_are_texts, "a list of texts")
_TEXT = (_is_text, "a text")
_SHAPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "lang": _TEXT,
    "published": _TEXT,
    "stage": _TEXT,
    "sector": _TEXT,
    "site_country": _TEXT,
    "kinds": _TEXTS,
    "event_dates": _TEXTS,
    "parties": (lambda value: isinstance(value, dict), "an object"),
    "persons": (_are_persons, "a list of objects with 'name'"),
    "amounts": (_are_amounts, "a list of objects with 'value', 'currency' and 'qualifier'"),
}
_PARTY_SHAPES = dict.fromkeys(("countries", "regions", "organizations"), _TEXTS)


def _check(
    row: Mapping[str, Any], shapes: Mapping[str, tuple[Callable[[object], bool], str]], where: str
) -> None:
    """Raise LabelledFileError for a field that is there and has another shape."""
    for name, (fits, expected) in shapes.items():
        if row.get(name) is not None and not fits(row[name]):
            raise LabelledFileError(f"{where}: expected {expected} in {name!r}")

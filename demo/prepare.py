"""Makes ``data/labelled.jsonl``: chosen texts of the labelled sets, people's names changed.

    python -m demo.prepare FOLDER_OF_THE_LABELLED_SETS

Which texts, and which name in each becomes which, stands in ``data/chosen.json``. Names are given
as stems: what follows the stem in a text is an ending, and is kept, so that all case forms are
changed. A name is changed in its own text only: elsewhere «Герман» begins «Германия». A person of
a chosen text without a new name, or a trace of an old name, is an error.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

from demo.addresses import slug
from demo.articles import FIRST_NODE, MINSK

DATA = Path(__file__).parent / "data"
SETS = ("a", "b", "c", "d")
LONGEST_ENDING = 3
FIRST_DAY = datetime(2019, 1, 1, tzinfo=MINSK)
SLUGS_FROM = 2025
_WORD = re.compile(r"[^\W\d_]{3,}")


class NameLeftError(Exception):
    """A real name would have been published; the message says which and where."""


def renamed(text: str, names: dict[str, str]) -> str:
    """The text with each word that begins with an old stem beginning with the new one."""
    for old, new in names.items():
        text = re.sub(rf"\b{old}(?=[^\W\d_]{{0,{LONGEST_ENDING}}}\b)", new, text)
    return text


def checked(identifier: str, record: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The record with changed names. Raises NameLeftError."""
    for person in record["persons"]:
        for word in _WORD.findall(person["name"]):
            if not any(word.startswith(old) for old in names):
                raise NameLeftError(f"{identifier}: no new name for {word}")
    result = {key: renamed(record[key], names) for key in ("title", "body")}
    for old in names:
        for key, text in result.items():
            if re.search(rf"\b{old}\w{{0,{LONGEST_ENDING}}}\b", text):
                raise NameLeftError(f"{identifier}: {old} is still in the {key}")
    return record | result


def article(identifier: str, record: dict[str, Any], taken: set[int]) -> dict[str, Any]:
    """A record of the data files. Number and time of day follow from date and title."""
    digest = md5(record["title"].encode(), usedforsecurity=False).digest()
    created = datetime.fromisoformat(record["published"]).replace(tzinfo=MINSK)
    created += timedelta(hours=9 + digest[0] % 9, minutes=digest[1] % 60, seconds=digest[2] % 60)
    nid = FIRST_NODE + (created - FIRST_DAY).days
    while nid in taken:
        nid += 1
    taken.add(nid)
    result = {
        "nid": nid,
        "origin": f"train-{identifier}",
        "language": record["lang"],
        "title": record["title"],
        "created": created.replace(tzinfo=None).isoformat(),
        "text": re.sub(r"\n+", "\n", record["body"]),
    }
    if created.year >= SLUGS_FROM or digest[3] % 6 == 0:
        result["alias"] = slug(record["title"], created.year)
    if digest[4] % 9 == 0:
        result["promoted"] = False
    if digest[5] % 4 == 0:
        result["images"] = [f"{created:%Y-%m}/foto-{nid}.png"]
    return result


def labelled(folder: Path, wanted: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The wanted records of the sets, by their short identifiers (``a-118``)."""
    records: dict[str, dict[str, Any]] = {}
    for name in SETS:
        for line in (folder / f"train-{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            records[record["id"].removeprefix("train-")] = record
    for identifier in wanted:
        yield identifier, records[identifier]


def main(folder: str) -> None:
    """Read the sets, write the data file."""
    chosen = json.loads((DATA / "chosen.json").read_text(encoding="utf-8"))
    own = (DATA / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    taken = {json.loads(line)["nid"] for line in own}
    texts = [
        (identifier, checked(identifier, record, chosen[identifier]))
        for identifier, record in labelled(Path(folder), chosen)
    ]
    texts.sort(key=lambda pair: (pair[1]["published"], pair[1]["title"]))
    lines = (json.dumps(article(*pair, taken), ensure_ascii=False) for pair in texts)
    (DATA / "labelled.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

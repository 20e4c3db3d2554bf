"""Nobody who is named in the labelled sets appears on the stand-in under his own name."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest

from demo.prepare import NameLeftError, checked, renamed

DATA = files("demo").joinpath("data")
CHOSEN: dict[str, dict[str, str]] = json.loads(DATA.joinpath("chosen.json").read_text())
NAMES = {"Никифорович": "Ясюкевич", "Шалаев": "Журилов"}


def test_no_old_name_is_left_in_the_articles() -> None:
    lines = DATA.joinpath("labelled.jsonl").read_text().splitlines()
    assert len(lines) > 80
    for line in lines:
        record = json.loads(line)
        for old in CHOSEN[record["origin"].removeprefix("train-")]:
            left = re.search(rf"\b{old}\w{{0,3}}\b", f"{record['title']} {record['text']}")
            assert left is None, (record["nid"], left)


def test_all_case_forms_are_changed() -> None:
    text = "С Никифоровичем, у Никифоровича, о Никифоровиче; Шалаева, Шалаевой. Шалаш цел."
    assert renamed(text, NAMES) == (
        "С Ясюкевичем, у Ясюкевича, о Ясюкевиче; Журилова, Журиловой. Шалаш цел."
    )


def test_a_person_without_a_new_name_is_an_error() -> None:
    record: dict[str, Any] = {"title": "", "body": "Сказал Борис Незнакомый.", "persons": []}
    assert checked("x-1", record, NAMES)["body"] == record["body"]
    record["persons"] = [{"name": "Незнакомый Борис", "post": ""}]
    with pytest.raises(NameLeftError, match="x-1: no new name for Незнакомый"):
        checked("x-1", record, NAMES)

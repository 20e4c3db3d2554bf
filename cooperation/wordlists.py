"""The word lists of ``cooperation/data``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """The words of one list, in its order: ``words("posts", "belarusian_men")``."""
    return tuple(table(name)[key].split())


@cache
def table(name: str) -> dict[str, Any]:
    """One data file as it stands."""
    text = (files("cooperation") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

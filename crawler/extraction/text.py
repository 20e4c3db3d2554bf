"""White space."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\ufeff]")


def squeeze(text: str) -> str:
    """``text`` with each run of white space as one blank, without zero-width blanks."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()

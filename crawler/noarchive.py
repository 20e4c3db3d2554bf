"""Whether a site asks that no copy of a page be kept: robots meta tags and X-Robots-Tag.

Neither is a standard; the header's form (rules with commas, a robot's name before the rules that
are for it alone, several headers add up) is that of MDN's page on X-Robots-Tag. ``none`` is taken
in its widest sense, with ``noarchive``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapy.http import Response
from w3lib.html import replace_entities

_OURS = frozenset({"robots", "coopwatch"})
_FORBIDDING = frozenset({"noarchive", "none"})
# Rules with a value; any other word before a colon is a robot's name.
_WITH_VALUE = frozenset(
    {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(r"<meta\s[^<>]{1,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def is_asked(response: Response) -> bool:
    """Whether the page or its headers say ``noarchive`` or ``none`` to every robot or to this."""
    lines = [line.decode("latin-1") for line in response.headers.getlist("X-Robots-Tag")]
    return any(_forbids(line) for line in lines) or _in_page(response.body)


def _forbids(line: str) -> bool:
    robot = "robots"
    for part in line.lower().split(","):
        name, colon, rest = part.strip().partition(":")
        if colon and name.strip() in _WITH_VALUE:
            continue
        if colon:
            robot, part = name.strip(), rest  # noqa: PLW2901 - what follows the name is the rule
        if robot in _OURS and part.strip() in _FORBIDDING:
            return True
    return False


def _in_page(body: bytes) -> bool:
    # The words looked for are ASCII, and so are they in every charset that sites use.
    page = _COMMENT.sub(" ", body.replace(b"\x00", b"").decode("latin-1"))
    return any(_is_rule(tag) for tag in _META.findall(page))


def _is_rule(tag: str) -> bool:
    found = {name.lower(): _text(values) for name, *values in _ATTRIBUTE.findall(tag)}
    words = {word.strip() for word in found.get("content", "").split(",")}
    return found.get("name", "").strip() in _OURS and bool(words & _FORBIDDING)


def _text(values: Iterable[str]) -> str:
    return replace_entities("".join(values)).lower()

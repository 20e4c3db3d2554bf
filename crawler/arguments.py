"""What ``scrapy crawl SOURCE -a NAME=VALUE`` understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from crawler.source import Source, SourceError, load
from storage.walks import WalkKind

_NAMES = ("url", "since", "source", "backfill", "sweep", "limit", "budget")


class ArgumentMistake(Exception):  # noqa: N818 - says what it is
    """An argument cannot be used; the message says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """``url``: visit this page only. ``since``: leave out what was published before.
    ``source``: a source file to use instead of the spider's. ``walk``: go through the whole
    archive, as a backfill or a sweep; ``limit``: read so many articles of it at most;
    ``budget``: stop when so many requests were made to the source today, by whatever crawls.
    """

    url: str | None = None
    since: date | None = None
    source: Source | None = None
    walk: WalkKind | None = None
    limit: int | None = None
    budget: int | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Arguments:
        """The arguments as written on a command line; raises ArgumentMistake."""
        for name in given:
            if name not in _NAMES:
                raise ArgumentMistake(f"unknown argument {name!r}; known: {', '.join(_NAMES)}")
        url = given.get("url")
        if url is not None and not url.startswith(("http://", "https://")):
            raise ArgumentMistake(f"url: expected an http(s) address, got {url!r}")
        walks: list[WalkKind] = [
            kind for kind in get_args(WalkKind) if _yes(kind, given.get(kind, "0"))
        ]
        if len(walks) > 1 or (walks and url is not None):
            raise ArgumentMistake("expected one of url, backfill and sweep")
        for name in ("limit", "budget"):
            if name in given and not walks:
                raise ArgumentMistake(f"{name}: only for a backfill or a sweep")
        return cls(
            url=url,
            since=_day(given.get("since")),
            source=_source(given.get("source")),
            walk=walks[0] if walks else None,
            limit=_count("limit", given.get("limit")),
            budget=_count("budget", given.get("budget")),
        )


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentMistake(f"since: expected a day such as 2023-07-10, got {text!r}") from error


def _source(path: str | None) -> Source | None:
    try:
        return None if path is None else load(path)
    except SourceError as error:
        raise ArgumentMistake(str(error)) from error


def _yes(name: str, text: str) -> bool:
    if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
        raise ArgumentMistake(f"{name}: expected 1 or 0, got {text!r}")
    return text.lower() in {"1", "true", "yes"}


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentMistake(f"{name}: expected a number from 1, got {text!r}")
    return int(text)

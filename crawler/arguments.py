"""What ``scrapy crawl SOURCE -a NAME=VALUE`` understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crawler.source import Source, SourceError, load

_NAMES = ("url", "since", "source", "backfill")


class ArgumentMistake(Exception):  # noqa: N818 - says what it is
    """An argument cannot be used; the message says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """``url``: visit this page only. ``since``: leave out what was published before.
    ``source``: a source file to use instead of the spider's. ``backfill``: the whole archive.
    """

    url: str | None = None
    since: date | None = None
    source: Source | None = None
    backfill: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left out: only then can a crawl be a source's first complete pass."""
        return self.url is None and self.since is None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Arguments:
        """The arguments as written on a command line; raises ArgumentMistake."""
        for name in given:
            if name not in _NAMES:
                raise ArgumentMistake(f"unknown argument {name!r}; known: {', '.join(_NAMES)}")
        url = given.get("url")
        if url is not None and not url.startswith(("http://", "https://")):
            raise ArgumentMistake(f"url: expected an http(s) address, got {url!r}")
        return cls(
            url=url,
            since=_day(given.get("since")),
            source=_source(given.get("source")),
            backfill=_yes(given.get("backfill", "0")),
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


def _yes(text: str) -> bool:
    if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
        raise ArgumentMistake(f"backfill: expected 1 or 0, got {text!r}")
    return text.lower() in {"1", "true", "yes"}

"""Where the next page begins, as one word in an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Query

from storage.finding import Cursor

# Every word of this shape can be read, so that the shape is all that a description has to tell.
_PLACE = "[0-9]{1,17}-[0-9]{1,9}"
_OFFSET = "[0-9]{1,9}"

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST = 10**17 - 1  # microseconds of seventeen digits: the year 3169

After = Annotated[
    str,
    Query(
        pattern=f"^({_PLACE})?$",
        description="`next` of the page before; empty for the first page",
        examples=["63898970400000000-17"],
    ),
]
AfterAny = Annotated[str, Query(pattern=f"^({_PLACE}|{_OFFSET})?$")]


def written(cursor: Cursor | int | None) -> str | None:
    """The word for this place; None where there is no further page."""
    if cursor is None or isinstance(cursor, int):
        return None if cursor is None else str(cursor)
    at, row = cursor
    return f"{min((at - _EPOCH) // _MICROSECOND, _LAST)}-{row}"


def read(word: str) -> Cursor | int | None:
    """The place that a word of the shape of `AfterAny` stands for; None for an empty one."""
    if not word:
        return None
    first, dash, row = word.partition("-")
    return (_EPOCH + int(first) * _MICROSECOND, int(row)) if dash else int(first)

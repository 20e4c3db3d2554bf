"""Where the next page begins, as one opaque word in an address."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta

from storage.finding import Cursor

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FARTHEST = 250_000_000_000_000_000  # microseconds: the year 9892
_HIGHEST = 2**31 - 1


class BadCursor(ValueError):  # noqa: N818 - says what is the matter
    """A word that is no cursor of ours."""


def written(cursor: Cursor | int | None) -> str | None:
    """The word for this place; None where there is no further page."""
    if cursor is None:
        return None
    plain: list[int] = (
        [cursor] if isinstance(cursor, int) else [(cursor[0] - _EPOCH) // _MICROSECOND, cursor[1]]
    )
    return (
        base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
    )


def read(word: str | None) -> Cursor | int | None:
    """The place that the word stands for; raises BadCursor."""
    if not word:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        match plain:
            case [int(offset)] if 0 <= offset <= _HIGHEST:
                return offset
            case [int(at), int(row)] if abs(at) <= _FARTHEST and abs(row) <= _HIGHEST:
                return _EPOCH + at * _MICROSECOND, row
    except (ValueError, binascii.Error, OverflowError):
        pass
    raise BadCursor("this cursor was not given out here: begin without one")

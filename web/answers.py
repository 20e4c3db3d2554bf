"""Conditional answers: the same content is sent once."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response


def conditional(
    request: Request, body: bytes, media_type: str, modified: str | None = None
) -> Response:
    """The body with its ETag, or 304 where the client has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Vary": "Cookie, Accept-Language"}
    if modified:
        headers["Last-Modified"] = modified
    given = [
        one.strip().removeprefix("W/")
        for one in request.headers.get("if-none-match", "").split(",")
    ]
    if etag in given or "*" in given:
        return Response(status_code=304, headers=headers)
    if modified and given == [""] and request.headers.get("if-modified-since") == modified:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


T = TypeVar("T")


class Memo:
    """Remembers what is dear to count for some seconds."""

    def __init__(self, seconds: float, most: int = 200) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Any, tuple[float, Any]] = {}
        self._lock = threading.Lock()

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """The value under the key, made anew when it is too old."""
        now = time.monotonic()
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept[0] > now:
            return kept[1]  # type: ignore[no-any-return] # what make() gave before
        value = make()
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = (now + self._seconds, value)
        return value

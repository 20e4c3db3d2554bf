"""What visitors did: every request, how many at once, how close together."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict, dataclass
from email.message import Message
from typing import Any


@dataclass(slots=True)
class Visit:
    """One request. Times are Unix times in seconds; ``status`` is 0 while it is being answered."""

    url: str
    method: str
    time: float
    user_agent: str | None
    if_none_match: str | None
    if_modified_since: str | None
    accept_encoding: str | None
    status: int = 0
    seconds: float = 0.0


class Visitors:
    """The counter at the door.

    A request counts from its last header line until its answer is about to be complete: what
    comes after that moment may already be the visitor's next one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._visits: list[Visit] = []
        self._present: set[int] = set()
        self._most = 0

    def come(self, method: str, url: str, headers: Message[str, str]) -> Visit:
        """Somebody asks for a URL (path with query)."""
        visit = Visit(
            url,
            method,
            time.time(),
            headers.get("User-Agent"),
            headers.get("If-None-Match"),
            headers.get("If-Modified-Since"),
            headers.get("Accept-Encoding"),
        )
        with self._lock:
            self._visits.append(visit)
            self._present.add(id(visit))
            self._most = max(self._most, len(self._present))
        return visit

    def leave(self, visit: Visit) -> None:
        """The answer is as good as out; saying it again does nothing."""
        with self._lock:
            if id(visit) in self._present:
                self._present.remove(id(visit))
                visit.seconds = time.time() - visit.time

    def stats(self) -> dict[str, Any]:
        """Everything since the last reset, as plain values."""
        with self._lock:
            visits = [asdict(visit) for visit in self._visits]
            return {"visits": visits, "max_simultaneous": self._most}

    def reset(self) -> None:
        """Forget what was; requests being answered stay counted as present."""
        with self._lock:
            self._visits = []
            self._most = len(self._present)

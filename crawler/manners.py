"""How a source wants to be visited: its file's ``politeness``."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, PositiveFloat, PositiveInt

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
NEVER = "never"


def _interval(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d*[smhd]", text):
        raise ValueError(f"expected a number with s, m, h or d such as '1h', got {text!r}")
    return text


def _rhythm(text: str) -> str:
    return text if text == NEVER else _interval(text)


def _window(text: str) -> str:
    hour = r"(?:[01]\d|2[0-3]):[0-5]\d"
    if not re.fullmatch(f"{hour}-{hour}", text) or text[:5] == text[6:]:
        raise ValueError(f"expected hours such as '22:00-06:00', got {text!r}")
    return text


Window = Annotated[str, AfterValidator(_window)]


class Politeness(BaseModel):
    """``delay``: seconds between two requests at least; ``every``: interval between two polls, the
    measure of the pace; ``windows``: hours (of the source's zone) outside of which nobody comes by
    himself, none: always welcome.

    ``sweep``: interval between two passes over the whole archive, or "never"; it goes on in the
    ``nights`` and stops for the day at ``budget`` requests, those of polls included. A month: late
    finds are rare, and at ten entries a page a pass costs a tenth of the archive in requests.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    delay: PositiveFloat
    every: Annotated[str, AfterValidator(_interval)]
    windows: list[Window] = []
    sweep: Annotated[str, AfterValidator(_rhythm)] = "30d"
    nights: list[Window] = ["22:00-06:00"]
    budget: PositiveInt = 600

    @property
    def interval(self) -> timedelta:
        """``every`` as a duration."""
        return _duration(self.every)

    @property
    def sweep_interval(self) -> timedelta | None:
        """``sweep`` as a duration; None for a source that is never swept."""
        return None if self.sweep == NEVER else _duration(self.sweep)


def _duration(text: str) -> timedelta:
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


def closing(windows: list[str], zone: ZoneInfo, moment: datetime) -> datetime | None:
    """When the window closes that is open at ``moment``; None where none is open.

    No windows at all are always open (a day from now is far enough). A window may go past
    midnight.
    """
    if not windows:
        return moment + timedelta(days=1)
    ends = [end for begin, end in _around(windows, zone, moment) if begin <= moment < end]
    return max(ends, default=None)


def opening(windows: list[str], zone: ZoneInfo, moment: datetime) -> datetime:
    """``moment`` itself if a window is open then, else when the next one opens."""
    if closing(windows, zone, moment) is not None:
        return moment
    return min(begin for begin, _ in _around(windows, zone, moment) if begin > moment)


def _around(
    windows: list[str], zone: ZoneInfo, moment: datetime
) -> list[tuple[datetime, datetime]]:
    """Begin and end of each window yesterday, today and tomorrow."""
    spans = []
    for window in windows:
        first, last = (time.fromisoformat(part) for part in window.split("-"))
        for days in (-1, 0, 1):
            day = moment.astimezone(zone).date() + timedelta(days=days)
            end_day = day if first < last else day + timedelta(days=1)
            spans.append(
                (datetime.combine(day, first, zone), datetime.combine(end_day, last, zone))
            )
    return spans

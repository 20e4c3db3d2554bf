"""The article as extracted from one response: what the crawler hands to the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, Literal


@dataclass(slots=True)
class Article:
    """One published piece as it was seen at one time.

    ``published`` is a date where the page gives no time, else an aware datetime in UTC; a missing
    date stays None. ``site_id`` is the site's own number or name for the piece, ``canonical_url``
    the normalised address. ``html`` is a safe subset of the body's markup. ``provenance`` names,
    for each field, the rule that gave it.
    """

    url: str
    canonical_url: str
    title: str
    text: str
    html: str = ""
    site_id: str | None = None
    language: str | None = None
    published: date | datetime | None = None
    modified: date | datetime | None = None
    images: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    layout: str = ""
    provenance: dict[str, str] = field(default_factory=dict)

    @property
    def published_precision(self) -> Literal["day", "minute"] | None:
        """How exactly the page tells its date."""
        if self.published is None:
            return None
        return "minute" if isinstance(self.published, datetime) else "day"

    def to_dict(self) -> dict[str, Any]:
        """Plain values, dates as ISO strings; ready for JSON."""
        plain = asdict(self)
        plain["published_precision"] = self.published_precision
        for key in ("published", "modified"):
            plain[key] = plain[key].isoformat() if plain[key] else None
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Article:
        """The article that `to_dict` gave."""
        values: dict[str, Any] = {one.name: plain[one.name] for one in fields(cls)}
        for key in ("published", "modified"):
            values[key] = _moment(values[key])
        return cls(**values)


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)

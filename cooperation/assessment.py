"""What the detector says of one text: the flag, its reasons and its facts.

The field names are those of the labelled sets, so that an assessment can be compared with a label.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Field = Literal["title", "body"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: ``text == source[start:end]`` of the field it lies in."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that carry the flag: what they are, which rule read them and how much they weigh."""

    start: int
    end: int
    field: Field
    text: str
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Place:
    """A party that is a country or a first-level region, under the name that the text uses."""

    code: str
    name: str
    side: Literal["host", "guest"] | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """A named organisation taking part: nominative, without quotes and legal form."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who takes part: ISO 3166-1 alpha-2, ISO 3166-2 and names; details lie in ``places``."""

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    named: tuple[Organization, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A named person: ``Фамилия Имя`` in the nominative, and the post as the text gives it."""

    name: str
    post: str
    span: Span


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money; ``value`` is the full number in units of ``currency`` (ISO 4217)."""

    value: float
    currency: str
    qualifier: Literal["exact", "approx", "over", "under"]
    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class Assessment:
    """The detector's answer for one text.

    ``score`` is the probability (0 to 1) that the text is a cooperation item; facts are empty
    unless ``cooperation`` is true. ``event_dates`` are ISO days or ``start/end``.
    """

    cooperation: bool
    score: float
    version: str
    kinds: tuple[str, ...] = ()
    stage: str | None = None
    sector: str | None = None
    parties: Parties = field(default_factory=Parties)
    persons: tuple[Person, ...] = ()
    amounts: tuple[Amount, ...] = ()
    event_dates: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dicts, ready for JSON."""
        plain: dict[str, Any] = asdict(self, dict_factory=_with_lists)
        return plain


def _with_lists(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in pairs}

"""What a query is made of, and what is said when one cannot be read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["item", "new", "unseen", "seen", "withdrawn", "edited", "relevant", "irrelevant"]
Comparison = Literal["<", "<=", "=", ">=", ">"]


@dataclass(frozen=True, slots=True)
class Nothing:
    """No condition: everything fits."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """A code (RU-KRS; RU covers its regions too) or a part of a party's name."""

    value: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A part of the name of an organization that takes part."""

    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """A part of a person's name."""

    value: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cooperation."""

    value: str


@dataclass(frozen=True, slots=True)
class Stage:
    """How far it has come."""

    value: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source's key."""

    value: str


@dataclass(frozen=True, slots=True)
class Language:
    """The language of the article."""

    value: str


@dataclass(frozen=True, slots=True)
class Story:
    """All articles of one story."""

    value: int


@dataclass(frozen=True, slots=True)
class Is:
    """A state of the article."""

    value: State


@dataclass(frozen=True, slots=True)
class Since:
    """Published on this day or later."""

    day: date


@dataclass(frozen=True, slots=True)
class Before:
    """Published before this day began."""

    day: date


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum, compared in units of its own currency; any currency where none is named."""

    comparison: Comparison
    value: float
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds."""

    parts: tuple[Node, ...]


Fact = (
    Party
    | Organization
    | Person
    | Kind
    | Stage
    | Source
    | Language
    | Story
    | Is
    | Since
    | Before
    | Amount
)
Node = Nothing | Word | Phrase | Fact | Not | And | Or

MESSAGES = {
    "too_long": "a query has at most {limit} characters",
    "too_many": "a query has at most {limit} words and fields",
    "too_deep": "too many brackets within brackets",
    "unclosed_quote": "this quotation mark is never closed",
    "unclosed_bracket": "this bracket is never closed",
    "unopened_bracket": "this bracket was never opened",
    "empty_brackets": "there is nothing to look for here",
    "empty_phrase": "there are no words between these quotation marks",
    "nothing_beside_or": "OR stands between two words or fields",
    "nothing_after_not": "after a minus a word or a field is expected",
    "unknown_field": "there is no field {field}",
    "no_value": "{field}: expects a value, such as {field}:…",
    "bad_value": "{value} is none of the values: {expected}",
    "bad_date": "expected a year, month or day such as 2022, 2023-06, 2023-06-15 or 15.06.2023",
    "bad_amount": "expected a number such as >1000000, 5млн or 1000..5000 (USD may follow)",
    "bad_number": "expected a number",
    "no_comparison": "<, > and .. only go with amounts",
}


class QueryError(ValueError):
    """A query that cannot be read.

    ``code`` names the mistake (a key of MESSAGES) and ``details`` fill its words, so that a page
    can say it in its reader's language; ``start`` and ``end`` are its place in ``query``;
    ``suggestion`` is what was probably meant.
    """

    def __init__(
        self,
        code: str,
        query: str,
        start: int,
        end: int,
        details: Mapping[str, str] | None = None,
        suggestion: str | None = None,
    ) -> None:
        self.code = code
        self.query = query
        self.start = start
        self.end = max(end, start + 1)
        self.details = dict(details or {})
        self.suggestion = suggestion
        super().__init__(self._words())

    @property
    def message(self) -> str:
        """What is wrong, in English, in one line."""
        said = MESSAGES[self.code].format_map(self.details)
        return f"{said}; did you mean {self.suggestion}?" if self.suggestion else said

    def _words(self) -> str:
        shown = " ".join(self.query[: self.end + 40].split("\n"))
        return f"{self.message}\n  {shown}\n  {' ' * self.start}{'^' * (self.end - self.start)}"

    @classmethod
    def unknown_field(
        cls, query: str, start: int, end: int, field: str, known: Iterable[str]
    ) -> QueryError:
        """No field of this name; the most similar one is suggested."""
        near = difflib.get_close_matches(field.lower(), list(known), n=1, cutoff=0.6)
        suggestion = f"{near[0]}:" if near else None
        return cls("unknown_field", query, start, end, {"field": field}, suggestion)

    @classmethod
    def bad_value(
        cls,
        query: str,
        start: int,
        end: int,
        value: str,
        expected: Iterable[str],
        names: Iterable[str],
    ) -> QueryError:
        """The value is none of ``expected``; a similar one of its ``names`` is suggested."""
        near = difflib.get_close_matches(value.lower(), list(names), n=1, cutoff=0.5)
        details = {"value": value, "expected": ", ".join(expected)}
        return cls("bad_value", query, start, end, details, near[0] if near else None)

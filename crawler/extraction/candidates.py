"""What the rules of a field give on a page, and which of them is taken.

A crawl asks the rules in order until one gives something. Where somebody wants to know why, all
are asked, and what each gave is written down; the choice is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

NOTHING = "matches nothing"
_FIRST = "the first to give something"
_LATER = "later in order"


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """What one rule gives for a field: None where that is nothing usable.

    ``shown`` is what stands on the page, ``why`` the reason for or against it where it is not
    simply the rule's place in the order.
    """

    rule: str
    value: T | None
    shown: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate of ``field`` after the choice, in words; ``usable``: it gave something."""

    field: str
    rule: str
    shown: str
    usable: bool
    taken: bool
    why: str


@dataclass(slots=True)
class Choices:
    """Chooses among candidates; with ``all`` asks every rule and keeps what it gave."""

    all: bool = False
    weighed: list[Weighed] = field(default_factory=list)

    def first(self, name: str, candidates: Iterable[Candidate[T]]) -> Candidate[T] | None:
        """The first usable candidate for the field ``name``."""
        taken: Candidate[T] | None = None
        for one in candidates:
            wins = taken is None and one.value is not None
            if wins:
                taken = one
            if self.all:
                self._weigh(name, one, wins, _FIRST if wins else _LATER)
            elif wins:
                break
        return taken

    def every(self, name: str, candidates: Iterable[Candidate[str]]) -> list[str]:
        """All usable candidates for a field of many values, each value once."""
        found: dict[str, None] = {}
        for one in candidates:
            new = one.value is not None and one.value not in found
            if one.value is not None:
                found[one.value] = None
            if self.all:
                self._weigh(name, one, new, "" if new else "already there")
        return list(found)

    def _weigh(self, name: str, one: Candidate[T], taken: bool, usual: str) -> None:
        why = one.why or (usual if one.value is not None else NOTHING)
        self.weighed.append(Weighed(name, one.rule, one.shown, one.value is not None, taken, why))

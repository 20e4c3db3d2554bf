"""Text with marks: what carries the flag, who takes part, which sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cooperation.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and what it is marked as (class names; none for plain text)."""

    text: str
    classes: str = ""


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """The text cut where marks begin and end; marks may overlap."""
    inside = [(s, e, name) for s, e, name in marks if 0 <= s < e <= len(text)]
    edges = sorted({0, len(text), *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    found = []
    for start, end in pairwise(edges):
        names = sorted({name for s, e, name in inside if s <= start and end <= e})
        found.append(Piece(text[start:end], " ".join(names)))
    return found


def paragraphs(text: str, assessment: Assessment | None) -> list[list[Piece]]:
    """The body by paragraphs, with evidence, people, parties and sums marked."""
    marked = [] if assessment is None else list(_spans(assessment))
    found = []
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        if text[start:end].strip():
            here = [
                (max(s, start) - start, min(e, end) - start, name)
                for s, e, name in marked
                if s < end and e > start
            ]
            found.append(pieces(text[start:end], here))
    return found


def _spans(assessment: Assessment) -> Iterator[tuple[int, int, str]]:
    for evidence in assessment.evidence:
        if evidence.field == "body":
            yield evidence.start, evidence.end, "evidence"
    spans = [("person", person.span) for person in assessment.persons]
    spans += [("sum", amount.span) for amount in assessment.amounts]
    spans += [("party", span) for place in assessment.parties.places for span in place.spans]
    spans += [("party", span) for named in assessment.parties.named for span in named.spans]
    for name, span in spans:
        if span.field == "body":
            yield span.start, span.end, name

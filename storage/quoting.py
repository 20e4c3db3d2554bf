"""The sentence that carries a flag, with the words that do so marked in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cooperation.assessment import Evidence
from cooperation.language import sentences

_AROUND = 600  # characters before and after the evidence in which its sentence is looked for
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article; ``marks`` are (start, end) in it."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def quote(text: str, evidence: Sequence[Evidence]) -> Quote:
    """The sentence of the text with most weight of evidence; none where it lies in the title."""
    within = [one for one in evidence if one.field == "body" and one.end <= len(text)]
    if not within:
        return Quote()
    heaviest = max(within, key=lambda one: (one.weight, -one.start))
    first = max(0, heaviest.start - _AROUND)
    window = text[first : heaviest.end + _AROUND]
    start, end = first, first + len(window)
    for sentence in sentences(window):
        if sentence.start + first <= heaviest.start < sentence.end + first:
            start, end = sentence.start + first, sentence.end + first
    end = max(heaviest.end, min(end, start + _LONGEST))
    if end - start > _LONGEST:
        start = max(start, heaviest.start - _LONGEST // 2)
    return cut(text, start, end, [(one.start, one.end) for one in within])


def cut(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Quote:
    """text[start:end] on one line, with the marks that lie in it, overlapping ones joined."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    passage = re.sub(r"\s", " ", text[start:end])
    inside = sorted((s - start, e - start) for s, e in marks if start <= s < e <= end)
    return Quote(passage, joined(inside))


def joined(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks in order without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)

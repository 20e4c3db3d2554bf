"""The words that a flag rests on.

From the most telling sentence on, the names of parties and the words of the act are quoted, until
the text without them would not be flagged: what is shown is what counted, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cooperation.assessment import Evidence
from cooperation.features import place
from cooperation.model import Linear
from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, Unit, without_units
from cooperation.scoring import Scorer

_MOST_SENTENCES = 8  # more are not read by anybody
_BETWEEN = 2  # units between two quoted ones that are quoted with them
_LEAST = 0.05  # log odds that a word must add to be quoted
_PARTY_RULES = {BELARUS: "party:BY", FOREIGN: "party:abroad", JOINT: "party:joint"}


@dataclass(frozen=True, slots=True)
class _Quoted:
    unit: Unit
    rule: str
    weight: float


def evidence(
    document: Document, texts: Mapping[str, str], scorer: Scorer, least: float
) -> tuple[Evidence, ...]:
    """The evidence of a flagged document, in reading order.

    ``texts`` are title and body as given; ``least`` is the log odds below which nothing is flagged.
    """
    left = document
    found: dict[int, list[_Quoted]] = {}
    for number in _most_telling_first(document, scorer.weigh(document).gains):
        quoted = list(_quoted(document.sentences[number], number, scorer.flag))
        if not quoted:
            continue
        found[number] = quoted
        left = without_units(left, number, {piece.unit.start for piece in quoted})
        if len(found) == _MOST_SENTENCES or scorer.log_odds(left) < least:
            break
    return tuple(
        piece
        for number in sorted(found)
        for piece in _phrases(document.sentences[number], found[number], texts)
    )


def _most_telling_first(document: Document, gains: Sequence[float]) -> list[int]:
    crossing = [sentence.context in "XR" for sentence in document.sentences]
    return sorted(range(len(gains)), key=lambda n: (-(gains[n] + crossing[n]), n))


def _quoted(sentence: ReadSentence, number: int, flag: Linear) -> Iterator[_Quoted]:
    where = place(number)
    for unit in sentence.units:
        rule = _PARTY_RULES.get(unit.key)
        if rule:
            yield _Quoted(unit, rule, 1.0)
            continue
        weighed = [(_gain(flag, name, sentence.context, where), name) for name in unit.classes]
        best = max(weighed, default=(0.0, ""))
        if best[0] >= _LEAST:
            yield _Quoted(unit, f"act:{best[1]}", best[0])


def _gain(flag: Linear, name: str, context: str, where: str) -> float:
    weights = flag.weights
    gain = weights.get(f"c:{name}", 0.0) + weights.get(f"c:{name}@{context}", 0.0)
    if where:
        gain += weights.get(f"{where}:{name}", 0.0)
        gain += weights.get(f"{where}:{name}@{context}", 0.0)
    return gain


def _phrases(
    sentence: ReadSentence, quoted: list[_Quoted], texts: Mapping[str, str]
) -> Iterator[Evidence]:
    order = {unit.start: index for index, unit in enumerate(sentence.units)}
    groups: list[list[_Quoted]] = []
    for piece in quoted:
        here = order[piece.unit.start]
        if groups and here - order[groups[-1][-1].unit.start] <= _BETWEEN + 1:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    text = texts[sentence.field]
    for group in groups:
        start, end = group[0].unit.start, group[-1].unit.end
        acts = [piece for piece in group if piece.rule.startswith("act:")] or group
        best = max(acts, key=lambda piece: piece.weight)
        weight = round(sum(piece.weight for piece in group), 3)
        yield Evidence(start, end, sentence.field, text[start:end], best.rule, weight)

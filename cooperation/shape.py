"""The shape of a text in numbers: how sides, acts and signs against an act lie in its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cooperation.lexicon import class_names
from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, side
from cooperation.wordlists import words

CONTEXTS = "XRYHBFAN"
_ACTS = frozenset(words("shape", "acts"))
_AGAINST = frozenset(words("shape", "against"))
_KINDS = ("country", "region", "district", "city", "enterprise")  # a town's name may be a surname
_PREPOSITIONS = ("с", "в", "из", "для", "между", "на")
_NOWHERE = 9.0  # the place of what does not occur; later places count as this one
_FAR = 10  # units between two sides from which on they are not together


def numbers(document: Document) -> list[float]:
    """The numbers that the trees decide by, always in the same order and of the same length."""
    sentences = document.sentences
    near = [s for s in sentences if s.context in "XRYH"]
    return [
        float(value)
        for part in (
            _sides(document),
            _classes(sentences),
            _most(sentences, near),
            _times(sentences, near),
            _places(sentences),
            _units(sentences),
        )
        for value in part
    ]


def _sides(document: Document) -> Iterator[float]:
    contexts = [sentence.context for sentence in document.sentences]
    total = max(1, len(contexts))
    yield len(contexts)
    yield from (contexts.count(context) for context in CONTEXTS)
    yield from (contexts.count(context) / total for context in CONTEXTS)
    sides = [side(mention) for mention in document.mentions()]
    here, abroad = sides.count(BELARUS), sides.count(FOREIGN)
    yield from (here, abroad, sides.count(JOINT), here / (here + abroad + 1))
    yield len({m.country for m in document.mentions() if not m.belarusian})
    yield len({m.region for m in document.mentions() if m.belarusian})
    for home in (True, False):
        kinds = [m.kind for m in document.mentions() if m.belarusian == home]
        yield from (sum(one == kind for one in kinds) for kind in _KINDS)
    for index in range(2):
        yield CONTEXTS.index(contexts[index]) if index < len(contexts) else len(CONTEXTS)


def _classes(sentences: Sequence[ReadSentence]) -> Iterator[float]:
    total = max(1, len(sentences))
    title = sentences[0].classes if sentences else frozenset()
    for name in class_names():
        holding = [s.context for s in sentences if name in s.classes]
        yield sum(context in "XR" for context in holding)
        yield sum(context in "YH" for context in holding)
        yield name in title
        yield len(holding) / total


def _most(sentences: Sequence[ReadSentence], near: Sequence[ReadSentence]) -> Iterator[float]:
    crossing = [s for s in near if s.context in "XR"]
    for part, classes in (
        (crossing, _ACTS),
        (near, _ACTS),
        (crossing, _AGAINST),
        (sentences, _AGAINST),
        (sentences[:1], _AGAINST),
        (sentences[:1], _ACTS),
    ):
        yield max((len(s.classes & classes) for s in part), default=0)
    yield sum(bool(s.classes & _ACTS) for s in near)
    yield sum(bool(s.classes & _AGAINST) for s in sentences) / max(1, len(sentences))


def _times(sentences: Sequence[ReadSentence], near: Sequence[ReadSentence]) -> Iterator[float]:
    for tense in ("past", "futr", "pres"):
        for part in (near, sentences[:2]):
            yield sum(unit.tense == tense for s in part for unit in s.units)


def _places(sentences: Sequence[ReadSentence]) -> Iterator[float]:
    for wanted in ("X", "XY"):
        yield _first(s.context in wanted for s in sentences)
    for home in (True, False):
        yield _first(any(m.belarusian == home for m in s.mentions) for s in sentences)


def _first(found: Iterator[bool]) -> float:
    return next((min(float(n), _NOWHERE) for n, there in enumerate(found) if there), _NOWHERE)


def _units(sentences: Sequence[ReadSentence]) -> Iterator[float]:
    keys = [unit.key for s in sentences for unit in s.units]
    yield len(keys)
    yield from (keys.count(key) for key in ('"', "_D_", "_N_"))
    closest = together = 0
    before: dict[tuple[str, str], int] = {}
    for sentence in sentences:
        row = [unit.key for unit in sentence.units]
        named = [index for index, key in enumerate(row) if key in (BELARUS, FOREIGN)]
        for first, second in pairwise(named):
            if row[first] != row[second]:
                closest = max(closest, _FAR - min(_FAR, second - first))
                together += 1
        for index in named:
            pair = (row[index - 1] if index else "", row[index])
            before[pair] = before.get(pair, 0) + 1
    yield from (closest, together)
    for mask in (FOREIGN, BELARUS):
        yield from (before.get((word, mask), 0) for word in _PREPOSITIONS)

"""What the model counts in a text: who is named where, and what is said beside the names.

A feature is present or absent. Those of the document say which sides of the border are named, how early
and how often; those of a sentence are its word classes, words and word pairs together with the
sentence's context, so that «signed» beside two parties is another thing than «signed» at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, Unit, side

DOCUMENT = -1  # in place of a sentence's number

Feature = tuple[str, int]
_MASKS = (BELARUS, FOREIGN, JOINT)
_REACH = {"X": "X", "R": "X", "Y": "Y", "H": "Y"}  # contexts whose words are counted together
_NEAR = 4  # units on each side of a mention that count as beside it
_MARKS = frozenset(".,;:!?()[]\"'–-%…/№$€+*&")


def features(document: Document) -> list[Feature]:
    """All features with the number of the sentence they come from, in reading order."""
    found = [(name, DOCUMENT) for name in _document(document)]
    sides = _sides(document)
    sentences = document.sentences
    for number, sentence in enumerate(sentences):
        if _is_read(sentences, number):
            place = "t" if number == 0 else "l" if number == 1 else ""
            found += [(name, number) for name in _sentence(sentence, place, sides)]
    return found


def _is_read(sentences: Sequence[ReadSentence], number: int) -> bool:
    """Title, lead, sentences with a party, and those beside one that names both sides."""
    return number < 2 or sentences[number].context != "N"


def _sides(document: Document) -> str:
    found = {side(mention) for mention in document.mentions()}
    return "".join(mask[1] for mask in _MASKS if mask in found)


def _document(document: Document) -> Iterator[str]:
    contexts = [sentence.context for sentence in document.sentences]
    sides = [side(mention) for mention in document.mentions()]
    gate = _sides(document)
    yield f"sides={gate}"
    yield f"title={contexts[0] if contexts else 'N'}"
    yield f"sides={gate}&title={contexts[0] if contexts else 'N'}"
    for context in "XRYHBF":
        yield f"first{context}={_bin(contexts.index(context) if context in contexts else 99)}"
        yield f"count{context}={_bin(contexts.count(context))}"
    for mask in _MASKS:
        yield f"count{mask}={_bin(sides.count(mask))}"
    here, abroad = sides.count(BELARUS), sides.count(FOREIGN)
    if here and abroad:
        yield f"share={round(4 * here / (here + abroad))}"
    countries = {m.country for m in document.mentions() if side(m) == FOREIGN}
    yield f"countries={_bin(len(countries))}"
    regions = {m.region for m in document.mentions() if m.belarusian and m.region}
    yield f"regions={_bin(len(regions))}&{gate}"
    yield f"language={document.language}&{gate}"


def _sentence(sentence: ReadSentence, place: str, sides: str) -> Iterator[str]:
    context = sentence.context
    names = sorted(sentence.classes)
    for name in names:
        yield f"c:{name}@{context}"
        yield f"g:{name}&{sides}"
        yield f"c:{name}"
        if place:
            yield f"{place}:{name}"
            yield f"{place}:{name}@{context}"
    if context in "XRY":
        for first, second in combinations(names, 2):
            yield f"p:{first}+{second}"
    units = sentence.units
    yield from _tenses(units, place or _REACH.get(context, "o"))
    yield from _words(units, _REACH.get(context, "o"))
    yield from _beside(units)


def _words(units: Sequence[Unit], context: str) -> Iterator[str]:
    before = two_before = "^"
    for unit in units:
        key = unit.key
        if key in _MARKS:
            continue
        yield f"w:{key}"
        yield f"w:{key}@{context}"
        yield f"b:{before} {key}"
        if key in _MASKS or two_before in _MASKS:
            yield f"s:{two_before} {key}"
        two_before, before = before, key


def _tenses(units: Sequence[Unit], place: str) -> Iterator[str]:
    for unit in units:
        if not unit.tense:
            continue
        yield f"e:{unit.tense}@{place}"
        yield f"e:{unit.key}~{unit.tense}"
        for name in unit.classes:
            yield f"e:{name}~{unit.tense}"
            yield f"e:{name}~{unit.tense}@{place}"


def _beside(units: Sequence[Unit]) -> Iterator[str]:
    for index, unit in enumerate(units):
        if unit.key in _MASKS:
            for other in units[max(0, index - _NEAR) : index + _NEAR + 1]:
                for name in other.classes:
                    yield f"n:{unit.key}{name}"


def _bin(count: int) -> str:
    return str(count) if count < 4 else "4-7" if count < 8 else "8+"

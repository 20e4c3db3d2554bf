"""What the linear model counts in a text: who is named where, and what is said beside the names.

A feature is present or absent. Those of the document say which sides of the border are named, how
early and how often; those of a sentence are its word classes, words and word pairs together with
the sentence's context, so that «signed» beside two parties is another thing than «signed» at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, Unit, side

MASKS = (BELARUS, FOREIGN, JOINT)
_REACH = {"X": "X", "R": "X", "Y": "Y", "H": "Y"}  # contexts whose words are counted together
_NEAR = 4  # units on each side of a mention that count as beside it
_MARKS = frozenset(".,;:!?()[]\"'–-%…/№$€+*&")


def place(number: int) -> str:
    """``t`` for the title, ``l`` for the lead, "" for the rest."""
    return "t" if number == 0 else "l" if number == 1 else ""


def counts(sentence: ReadSentence, number: int) -> bool:
    """Whether a sentence is counted: title, lead, and those with a party or beside both sides."""
    return number < 2 or sentence.context != "N"


def all_names(document: Document) -> set[str]:
    """All features of a document."""
    names = set(document_names(document))
    for number, sentence in enumerate(document.sentences):
        if counts(sentence, number):
            names.update(sentence_names(sentence, place(number)))
    return names


def document_names(document: Document) -> Iterator[str]:
    """The features of the whole document."""
    contexts = [sentence.context for sentence in document.sentences]
    sides = [side(mention) for mention in document.mentions()]
    gate = "".join(mask[1] for mask in MASKS if mask in sides)
    first = contexts[0] if contexts else "N"
    yield f"sides={gate}"
    yield f"title={first}"
    yield f"sides={gate}&title={first}"
    for context in "XRYHBF":
        yield f"first{context}={_bin(contexts.index(context) if context in contexts else 99)}"
        yield f"count{context}={_bin(contexts.count(context))}"
    for mask in MASKS:
        yield f"count{mask}={_bin(sides.count(mask))}"
    here, abroad = sides.count(BELARUS), sides.count(FOREIGN)
    if here and abroad:
        yield f"share={round(4 * here / (here + abroad))}"
    countries = {m.country for m in document.mentions() if side(m) == FOREIGN}
    yield f"countries={_bin(len(countries))}"
    regions = {m.region for m in document.mentions() if m.belarusian and m.region}
    yield f"regions={_bin(len(regions))}&{gate}"
    yield f"language={document.language}&{gate}"


def sentence_names(sentence: ReadSentence, where: str) -> Iterator[str]:
    """The features of one sentence; ``where`` is that of ``place``. Some may come twice."""
    context = sentence.context
    for name in sorted(sentence.classes):
        yield f"c:{name}@{context}"
        yield f"c:{name}"
        if where:
            yield f"{where}:{name}"
            yield f"{where}:{name}@{context}"
    reach = _REACH.get(context, "o")
    yield from _tenses(sentence.units, where or reach)
    yield from _words(sentence.units, reach)
    yield from _beside(sentence.units)


def _words(units: Sequence[Unit], reach: str) -> Iterator[str]:
    before = two_before = "^"
    for unit in units:
        key = unit.key
        if key in _MARKS:
            continue
        yield f"w:{key}"
        yield f"w:{key}@{reach}"
        yield f"b:{before} {key}"
        if key in MASKS or two_before in MASKS:
            yield f"s:{two_before} {key}"
        two_before, before = before, key


def _tenses(units: Sequence[Unit], where: str) -> Iterator[str]:
    for unit in units:
        if not unit.tense:
            continue
        yield f"e:{unit.tense}@{where}"
        yield f"e:{unit.key}~{unit.tense}"
        for name in unit.classes:
            yield f"e:{name}~{unit.tense}"
            yield f"e:{name}~{unit.tense}@{where}"


def _beside(units: Sequence[Unit]) -> Iterator[str]:
    for index, unit in enumerate(units):
        if unit.key in MASKS:
            for other in units[max(0, index - _NEAR) : index + _NEAR + 1]:
                for name in other.classes:
                    yield f"n:{unit.key}{name}"


def _bin(count: int) -> str:
    return str(count) if count < 4 else "4-7" if count < 8 else "8+"

"""What every word of a wide vocabulary adds to a flag, also words that no training text has.

The weights come from word vectors (navec, trained on news; NOTICE has the licence): a linear model
was fitted on the mean vectors of a text's title, of its sentences that name both sides and of all
sentences that count. A linear model of a mean is a mean of numbers, so each word needs three
numbers and no vector.
"""

from __future__ import annotations

import gzip
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cooperation.reading import Document

WORDS_FILE = "data/words.tsv.gz"
GROUPS = 3
POWER = 0.75  # of the number of words: between a sum, which grows with the text, and a mean
_SHORTEST = 4  # letters; shorter words carry grammar
_CROSSING = frozenset("XYRH")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Three numbers for each word, in units of ``unit`` log odds."""

    places: Mapping[str, int]
    numbers: Sequence[int]
    unit: float

    def parts(self, document: Document) -> tuple[float, ...]:
        """What the words of a document add to its log odds, group by group."""
        sums = [0] * GROUPS
        counts = [0] * GROUPS
        for word, groups in counted(document):
            place = self.places.get(word)
            if place is not None:
                for group in groups:
                    sums[group] += self.numbers[place + group]
                    counts[group] += 1
        return tuple(
            self.unit * added / max(1, count) ** POWER
            for added, count in zip(sums, counts, strict=True)
        )


def counted(document: Document) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The words that count, each with its groups: 0 title, 1 crossing sentences, 2 all."""
    for number, sentence in enumerate(document.sentences):
        crossing = sentence.context in _CROSSING
        if number > 1 and sentence.context == "N":
            continue
        groups = (*((0,) if number == 0 else ()), *((1,) if crossing else ()), 2)
        for unit in sentence.units:
            if len(unit.key) >= _SHORTEST:
                yield unit.key, groups


@cache
def meaning() -> Meaning:
    """The word weights that the package ships."""
    return unpack(files("cooperation").joinpath(WORDS_FILE).read_bytes())


def unpack(packed: bytes) -> Meaning:
    """The word weights from the bytes of their file."""
    head, *lines = gzip.decompress(packed).decode("utf-8").split("\n")
    places: dict[str, int] = {}
    numbers = array("b")
    for line in lines:
        if line:
            word, *written = line.split("\t")
            places[word] = len(numbers)
            numbers.extend(map(int, written))
    return Meaning(places, numbers, float(head))


def pack(found: Meaning) -> bytes:
    """The file that ``unpack`` reads; the same bytes for the same words."""
    lines = [repr(found.unit)]
    for word, place in sorted(found.places.items()):
        lines.append("\t".join([word, *map(str, found.numbers[place : place + GROUPS])]))
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)

"""The score of a document, step by step.

A linear model weighs features and word meanings; trees then look at what it found, in the whole and
sentence by sentence, and at the shape of the text. Without a Belarusian party nothing is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from cooperation.features import counts, document_names, place, sentence_names
from cooperation.language import key
from cooperation.meaning import Meaning
from cooperation.model import Linear
from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, side
from cooperation.shape import numbers
from cooperation.trees import Trees
from cooperation.wordlists import words

NEVER = -30.0  # log odds where a condition of the definition is not met
_PARTIES = frozenset({"office", "joint_body"})  # classes of words that name a party
_REFUTED = 3.0  # log odds that a denial takes; a text with a strong act beside it keeps its flag
_REFUTING, _NOT_DONE = (
    frozenset(key(word, spoken) for word in words("shape", name) for spoken in ("ru", "be", "en"))
    for name in ("refuting", "not_done")
)
_TELLING = 0.3  # log odds from which on a sentence speaks for a flag


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the linear model says: the features, the gain of each sentence, the sum."""

    names: frozenset[str]
    gains: tuple[float, ...]
    meanings: tuple[float, ...]
    linear: float

    def summary(self) -> list[float]:
        """The numbers that the trees see of it."""
        counted = [gain for gain in self.gains if gain]
        best = sorted(counted, reverse=True)
        return [
            self.linear,
            *self.meanings,
            best[0] if best else 0.0,
            best[1] if len(best) > 1 else 0.0,
            self.gains[0] if self.gains else 0.0,
            best[-1] if best else 0.0,
            float(sum(gain > _TELLING for gain in counted)),
        ]


@dataclass(slots=True)
class Scorer:
    """Scores one document and variants of it; what does not change between them is kept."""

    flag: Linear
    meaning: Meaning
    trees: Trees
    at_home: bool = False
    _known: dict[tuple[int, str, str], tuple[ReadSentence, frozenset[str], float]] = field(
        default_factory=dict
    )

    def log_odds(self, document: Document) -> float:
        """The log odds that the document is a cooperation item."""
        if not self.at_home and not has_belarusian_party(document):
            return NEVER
        if not crosses_a_border(document):
            return NEVER
        found = self.trees.log_odds([*self.weigh(document).summary(), *numbers(document)])
        return found - _REFUTED if is_refuted(document) else found

    def weigh(self, document: Document) -> Weighed:
        """What the linear model says."""
        names = set(document_names(document))
        gains = []
        for number, sentence in enumerate(document.sentences):
            if not counts(sentence, number):
                gains.append(0.0)
                continue
            found, gain = self._sentence(sentence, place(number))
            names |= found
            gains.append(gain)
        meanings = self.meaning.parts(document)
        linear = self.flag.log_odds(names) + sum(meanings)
        return Weighed(frozenset(names), tuple(gains), meanings, linear)

    def _sentence(self, sentence: ReadSentence, where: str) -> tuple[frozenset[str], float]:
        """Features and gain; the sentence is kept beside them, so that its id stays its own."""
        key = (id(sentence.units), sentence.context, where)
        if key not in self._known:
            found = frozenset(sentence_names(sentence, where))
            self._known[key] = (sentence, found, self.flag.log_odds(found) - self.flag.bias)
        _, found, gain = self._known[key]
        return found, gain


def is_refuted(document: Document) -> bool:
    """Whether headline or lead denies the act: «denied», «no agreement was signed»."""
    for sentence in document.sentences[:2]:
        keys = [unit.key for unit in sentence.units]
        if not _REFUTING.isdisjoint(keys):
            return True
        if any(one == "не" and other in _NOT_DONE for one, other in pairwise(keys)):
            return True
    return False


def crosses_a_border(document: Document) -> bool:
    """Whether somebody abroad, an international body or two Belarusian regions are mentioned.

    The third condition of the definition: what one region's own bodies agree on is domestic, and
    the mere seat of an enterprise makes its region no party.
    """
    mentions = list(document.mentions())
    if any(side(mention) in (FOREIGN, JOINT) for mention in mentions):
        return True
    if any("joint_body" in sentence.classes for sentence in document.sentences):
        return True
    acting = {m.region for m in mentions if m.belarusian and m.kind != "enterprise" and m.region}
    return len(acting) > 1


def has_belarusian_party(document: Document) -> bool:
    """Whether a Belarusian name or office, or a joint body is mentioned."""
    return any(
        not _PARTIES.isdisjoint(sentence.classes)
        or any(side(mention) in (BELARUS, JOINT) for mention in sentence.mentions)
        for sentence in document.sentences
    )

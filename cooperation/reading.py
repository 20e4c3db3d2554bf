"""A text as the detector reads it: sentences of units in which places are replaced by their side.

«Делегация Курской области прибыла в Минск» is read as ``делегация _F_ прибыть в _B_``: what is
learnt from one pair of parties holds for every other.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from cooperation import gazetteer, language
from cooperation.assessment import Field
from cooperation.gazetteer import Mention
from cooperation.language import Token
from cooperation.lexicon import Lexicon, lexicon
from cooperation.tense import tense

# Characters of title and body that are read; the rest of a longer text is not. The longest article
# of the labelled sets has 2,500, a ministry's yearly report 40,000.
MAX_TITLE = 1_000
MAX_BODY = 60_000

BELARUS, FOREIGN, JOINT, NAME = "_B_", "_F_", "_J_", "_N_"
HOME = "_H_"
_NONE: frozenset[str] = frozenset()
_SIDES = frozenset({BELARUS, FOREIGN, JOINT})
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, number, mark or whole mention: ``key`` as the detector counts it, and where it lies.

    ``tense`` is that of ``cooperation.tense``; ``capital`` says how the word is written.
    """

    key: str
    tense: str
    start: int
    end: int
    classes: frozenset[str]
    capital: bool


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence (the title is the first). ``context`` says which sides it names:

    ``X`` both sides of the border, or a joint body; ``R`` two Belarusian regions; ``Y`` one side,
    and a sentence beside it the other; ``H`` the foreign side, and here or beside it words for home
    («our», «the ministry»); ``B``, ``F`` one side only; ``A`` none, beside one that names both;
    ``N`` none.
    """

    field: Field
    start: int
    end: int
    units: tuple[Unit, ...]
    mentions: tuple[Mention, ...]
    context: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole article as read."""

    language: str
    sentences: tuple[ReadSentence, ...]

    def mentions(self) -> Iterable[Mention]:
        """All mentions in order."""
        return (mention for sentence in self.sentences for mention in sentence.mentions)


def read(title: str, body: str, spoken: str | None = None) -> Document:
    """Read an article; ``spoken`` is its language (``ru``, ``be``, ``en``) where it is known."""
    title, body = title[:MAX_TITLE], body[:MAX_BODY]
    spoken = spoken if spoken in ("ru", "be", "en") else language.detect(f"{title}\n{body}")
    words = lexicon(spoken)
    read_title = _read_field("title", title, spoken, words)
    return with_contexts(spoken, [*read_title, *_read_field("body", body, spoken, words)])


def side(mention: Mention) -> str:
    """The mask of a mention: Belarus, foreign, or a body that Belarus is a member of."""
    if not mention.belarusian:
        return FOREIGN
    return JOINT if mention.kind == "body" and mention.country != "BY" else BELARUS


def _read_field(field: Field, text: str, spoken: str, words: Lexicon) -> list[ReadSentence]:
    tokens = language.tokens(text, spoken)
    mentions = _settled(gazetteer.find(tokens), tokens, words)
    found = []
    token = mention = 0
    for start, end in language.sentences(text):
        first, first_mention = token, mention
        while token < len(tokens) and tokens[token].start < end:
            token += 1
        while mention < len(mentions) and mentions[mention].start < end:
            mention += 1
        here = mentions[first_mention:mention]
        units = _units(tokens[first:token], here, words)
        found.append(_sentence(field, start, end, units, here))
    return found


def with_contexts(spoken: str, sentences: Sequence[ReadSentence]) -> Document:
    """The document of these sentences, each with its context."""
    sides = [_sides(sentence) for sentence in sentences]
    near = [frozenset[str]().union(*sides[max(0, n - 1) : n + 2]) for n in range(len(sides))]
    return Document(
        spoken,
        tuple(
            replace(sentence, context=_context(sentence, sides[number], near[number]))
            for number, sentence in enumerate(sentences)
        ),
    )


def _settled(mentions: Sequence[Mention], tokens: Sequence[Token], words: Lexicon) -> list[Mention]:
    """The mentions that can be parties.

    Not «Minsk» of the Minsk agreements; not the first name of «Дзержинск Нижегородской области»,
    where a town stands with the region of another country that it lies in.
    """
    held = [
        (tokens[first].start, tokens[last - 1].end)
        for first, last, name in words.phrases([token.key for token in tokens])
        if name == "no_party"
    ]
    found = []
    for mention, following in zip(mentions, [*mentions[1:], None], strict=False):
        elsewhere = (
            following is not None
            and mention.kind == "city"
            and following.kind == "region"
            and following.start == mention.end + 1
            and " " in following.text
            and following.country != mention.country
        )
        if not elsewhere and not any(a <= mention.start < b for a, b in held):
            found.append(mention)
    return found


def without_units(document: Document, number: int, starts: Set[int]) -> Document:
    """The document as it reads without the units of one sentence that begin at ``starts``."""
    sentences = list(document.sentences)
    old = sentences[number]
    sentences[number] = _sentence(
        old.field,
        old.start,
        old.end,
        [unit for unit in old.units if unit.start not in starts],
        [mention for mention in old.mentions if mention.start not in starts],
    )
    return with_contexts(document.language, sentences)


def _sides(sentence: ReadSentence) -> frozenset[str]:
    found = {unit.key for unit in sentence.units if unit.key in _SIDES}
    if "home" in sentence.classes:
        found.add(HOME)
    if "joint_body" in sentence.classes:
        found.add(JOINT)
    if JOINT in found or {BELARUS, FOREIGN} <= found:
        found.add("X")
    return frozenset(found)


def _context(sentence: ReadSentence, here: frozenset[str], near: frozenset[str]) -> str:
    if "X" in here:
        return "X"
    if BELARUS in here:
        regions = {m.region for m in sentence.mentions if m.belarusian and m.region}
        return "R" if len(regions) > 1 else "Y" if FOREIGN in near else "B"
    if FOREIGN in here:
        return "Y" if BELARUS in near else "H" if HOME in near else "F"
    return "A" if "X" in near else "N"


def _sentence(
    field: Field, start: int, end: int, units: Sequence[Unit], mentions: Sequence[Mention]
) -> ReadSentence:
    classes = frozenset[str]().union(*(unit.classes for unit in units))
    return ReadSentence(field, start, end, tuple(units), tuple(mentions), "N", classes)


def _units(tokens: Sequence[Token], mentions: Sequence[Mention], words: Lexicon) -> list[Unit]:
    extra: dict[int, set[str]] = {}
    for start, end, name in words.phrases([token.key for token in tokens]):
        for index in range(start, end):
            extra.setdefault(index, set()).add(name)
    units: list[Unit] = []
    waiting = deque(mentions)
    covered = 0
    for index, token in enumerate(tokens):
        while waiting and waiting[0].start < token.end:
            named = waiting.popleft()
            units.append(Unit(side(named), "", named.start, named.end, _NONE, True))
            covered = named.end
        if token.start < covered:
            continue
        classes = words.word(token.key)
        if index in extra:
            classes = classes | extra[index]
        key = words.counted(token.key) if classes else _key(token, units, words)
        when = tense(token.text, words.spoken)
        units.append(Unit(key, when, token.start, token.end, classes, token.text[0].isupper()))
    return units


def _key(token: Token, before: list[Unit], words: Lexicon) -> str:
    first = token.text[0]
    if first.isdigit():
        return "_Y_" if _YEAR.match(token.text) else "_D_"
    if first.isupper() and before and before[-1].key not in ".!?:":
        return NAME
    return words.counted(token.key)

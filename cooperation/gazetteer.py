"""Places, peoples, joint bodies and known enterprises that a text mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cooperation.inflection import fits, fold
from cooperation.language import Token, clean, normalise
from cooperation.name_guards import Guards
from cooperation.place_names import Form, Kind, Meanings, Reading, names


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: ``text == source[start:end]``.

    ``code`` is ISO 3166-2 for a region and all within it where that is known, else ISO 3166-1
    alpha-2; for a body its own id («EAEU»). ``belarusian`` is true also of bodies that Belarus is a
    member of and that act for their members (EAEU, CIS, Union State); other bodies are foreign.
    """

    start: int
    end: int
    text: str
    code: str
    kind: Kind
    form: Form
    country: str | None
    region: str | None
    belarusian: bool


def find(tokens: Sequence[Token], text: str | None = None) -> list[Mention]:
    """The mentions of a text in order, the longest where several begin together; none overlap.

    ``tokens`` are those of a whole ``text`` (title or body): what stands around a name decides.
    Without the text, the words of a name are joined by as many blanks as lie between them.
    """
    words = [_spelling(token.text) for token in tokens]
    meanings = names().meanings
    guards = Guards(tokens, words)
    found: list[Mention] = []
    past = 0
    for index, word in enumerate(words):
        meaning = meanings(word)
        if index < past:
            continue
        if meaning is not None:
            past = index + _read(tokens, words, index, meaning, guards, found)
        elif "-" in word:
            found.extend(_compound(tokens[index], word))
    if text is None:
        return found
    return [replace(mention, text=text[mention.start : mention.end]) for mention in found]


def _read(
    tokens: Sequence[Token],
    words: list[str],
    index: int,
    meaning: Meanings,
    guards: Guards,
    found: list[Mention],
) -> int:
    """Add what begins at ``index``; the number of tokens that it takes."""
    for rest, reading in meaning.longer:
        end = index + 1 + len(rest)
        if (
            end <= len(words)
            and all(map(fits, words[index + 1 : end], rest))
            and _shaped(tokens[index].text, reading)
            and guards.admit_long(index, end, reading)
        ):
            found.append(_mention(tokens, index, end, reading))
            return end - index
    order = (meaning.noun, meaning.adjective)
    for single in filter(None, order[::-1] if guards.governs(index) else order):
        if _shaped(tokens[index].text, single) and guards.admit(index, single):
            found.append(_mention(tokens, index, index + 1, guards.resolved(index, single)))
            return 1
    return 1


def _compound(token: Token, word: str) -> list[Mention]:
    """The parts of «белорусско-китайский», «Минск-Москва»; each has to be known."""
    known = names()
    parts = word.split("-")
    start = token.start
    found = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        meaning = known.meanings(part)
        reading: Reading | None = None if meaning is None else meaning.noun or meaning.adjective
        if not last:
            reading = known.half(part) or reading
        piece = token.text[start - token.start :][: len(part)]
        if reading is None or not _shaped(piece, reading) or fold(piece) != part:
            return []
        found.append(_made(start, start + len(part), piece, reading))
        start += len(part) + 1
    return found


def _mention(tokens: Sequence[Token], first: int, end: int, reading: Reading) -> Mention:
    start, stop = tokens[first].start, tokens[end - 1].end
    if end - first == 1:
        return _made(start, stop, tokens[first].text, reading)
    pieces = []
    at = start
    for token in tokens[first:end]:
        pieces.append(" " * (token.start - at) + token.text)
        at = token.end
    return _made(start, stop, "".join(pieces), reading)


def _made(start: int, end: int, text: str, reading: Reading) -> Mention:
    return Mention(
        start,
        end,
        text,
        reading.code,
        reading.kind,
        reading.form,
        reading.country,
        reading.region,
        reading.belarusian,
    )


def _shaped(text: str, reading: Reading) -> bool:
    if reading.shape == "any":
        return True
    return text.isupper() if reading.shape == "upper" else text[0].isupper()


@lru_cache(maxsize=50_000)
def _spelling(text: str) -> str:
    return fold(clean(normalise(text)))

"""What identifies the act that an article reports, whatever its language, length and wording.

Names, numbers and places survive translation; they are compared as sounds (consonants in Latin
letters), values and codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cooperation.features import all_names
from cooperation.kinds import stage
from cooperation.model import model
from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, Unit, read
from cooperation.wordlists import words
from cooperation.written_dates import month_number, parse_written


def _pairs(key: str) -> Iterator[tuple[str, str]]:
    for pair in words("stories", key):
        written, _, sound = pair.partition(":")
        yield written, sound


_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ \u00a0,]\d{3})+(?![\d])|(?<![\w.,])\d+(?:[.,]\d+)?")
_SCALE = re.compile(
    r"\s*(?:(тыс|thousand)|(млн|мільён|миллион|million|m\b)|(млрд|мільярд|миллиард|billion|bn\b))"
)
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:\s*(?:–|-|и|і|and|to)\s*(\d{1,2}))?\s+([^\W\d_]{3,10})")
_DAY_AFTER = re.compile(r"\b([A-Z][a-z]{2,8})\s+(\d{1,2})\b")
_ORDINAL = re.compile(r"(?<!\w)(?:(\d{1,3})-?(?:[а-яі]{1,3}|st|nd|rd|th)|([IVX]{1,6}))(?!\w)")
_ORDINALS = tuple(
    re.compile(f"^(?:{stems})", re.IGNORECASE) for stems in words("stories", "ordinals")
)
_COUNTED = frozenset({"body", "event", "meet"})  # «tenth session»: the ordinal names the act
_SMALLEST_TELLING = 10  # smaller whole numbers say nothing of an act

_LETTERS = str.maketrans({letter: sound.strip("-") for letter, sound in _pairs("letters")})
_DIGRAPHS = tuple(_pairs("digraphs"))


@dataclass(frozen=True, slots=True)
class Profile:
    """The traits of one article that two reports of one act share."""

    language: str
    published: date | None
    places: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[float]
    days: frozenset[tuple[int, int]]
    ordinals: frozenset[int]
    stage: str


def profile(article: Mapping[str, object]) -> Profile:
    """The profile of an article given by ``title``, ``body``, ``language`` and ``published``."""
    title, body = str(article.get("title") or ""), str(article.get("body") or "")
    spoken = article.get("language")
    document = read(title, body, spoken if isinstance(spoken, str) else None)
    texts = {"title": title, "body": body}
    text = f"{title}\n{body}"
    return Profile(
        language=document.language,
        published=_day(article.get("published")),
        places=frozenset(mention.code for mention in document.mentions()),
        names=frozenset(_names(document, texts)),
        words=frozenset(_words(document)),
        numbers=frozenset(_numbers(text)),
        days=frozenset(_days(text)),
        ordinals=frozenset(_ordinals(document, texts)),
        stage=stage(all_names(document), model()),
    )


def sound(word: str) -> str:
    """The consonants of a word in Latin letters, alike for Вовк, Воўк and Vovk."""
    lower = word.lower()
    for pair, single in _DIGRAPHS:
        lower = lower.replace(pair, single)
    letters = lower.translate(_LETTERS)
    return re.sub(r"(.)\1+", r"\1", letters)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        found = parse_written(value)
        return found.date() if isinstance(found, datetime) else found
    return None


def _names(document: Document, texts: Mapping[str, str]) -> Iterator[str]:
    for sentence in document.sentences:
        for unit in sentence.units:
            word = texts[sentence.field][unit.start : unit.end]
            if unit.key not in (BELARUS, FOREIGN, JOINT) and word[:1].isupper():
                heard = sound(word)[:5]
                if len(heard) > 1:
                    yield heard


def _words(document: Document) -> Iterator[str]:
    for sentence in document.sentences:
        for unit in sentence.units:
            if unit.key.isalpha():
                heard = sound(unit.key)[:5]
                if len(heard) > 2:
                    yield heard


def _numbers(text: str) -> Iterator[float]:
    for match in _NUMBER.finditer(text):
        written = match[0].replace(" ", "").replace("\u00a0", "")
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+", written):
            written = written.replace(",", "")
        value = float(written.replace(",", "."))
        scale = _SCALE.match(text, match.end())
        if scale:
            value *= 1000.0 ** (scale.lastindex or 1)
        if not value.is_integer() or (value >= _SMALLEST_TELLING and not 1900 < value < 2100):
            yield round(value, 3)


def _days(text: str) -> Iterator[tuple[int, int]]:
    for first, last, word in _DAY.findall(text):
        month = month_number(word)
        if month:
            yield month, int(first)
            if last:
                yield month, int(last)
    for word, first in _DAY_AFTER.findall(text):
        month = month_number(word)
        if month:
            yield month, int(first)


def _ordinals(document: Document, texts: Mapping[str, str]) -> Iterator[int]:
    for sentence in document.sentences:
        units = sentence.units
        for index, unit in enumerate(units):
            near: tuple[Unit, ...] = units[index + 1 : index + 4]
            if any(_COUNTED & other.classes for other in near):
                yield from _ordinal(texts[sentence.field][unit.start : unit.end], sentence)


def _ordinal(word: str, _: ReadSentence) -> Iterator[int]:
    match = _ORDINAL.fullmatch(word)
    if match and match[1]:
        yield int(match[1])
    elif match:
        yield _roman(match[2])
    else:
        yield from (n for n, shape in enumerate(_ORDINALS, 1) if shape.match(word))


def _roman(written: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in written]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))

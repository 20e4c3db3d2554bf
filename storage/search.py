"""Keys of our own under which words are found, and passages that show where they stand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sqlalchemy.orm import Session

from cooperation import language as languages
from storage.tables import SearchRow

# PostgreSQL holds a megabyte of keys for a text, and a key of two thousand bytes.
_KEY_CHARACTERS = 60
_ALL_CHARACTERS = 200_000

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_BEFORE, _AFTER = 60, 180  # characters of a snippet before and after its first mark
_LOOKED_THROUGH = 50_000  # characters of a text in which a snippet is looked for

# Adjectives of places and those without a soft sign: «Курская», «гомельскому».
_ADJECTIVE = re.compile("ск(?:ий|ая|ое|ие|ого|ой|их|ому|им|ими|ом|ую|ою|ем)$", re.IGNORECASE)
_RUSSIAN = re.compile("[а-яё]+", re.IGNORECASE)
_SHORTEST_PLACE = 4

Term = tuple[str, ...]


def terms(words: str, *, kin: bool = True) -> list[Term]:
    """For each word of a query the keys of which one must be there.

    ``kin``: a place also finds its adjective, «Воронеж» the «Воронежская область», and back.
    """
    found = []
    for word in _WORD.findall(languages.normalise(words)):
        forms = [word, *(_kin(word) if kin else ())]
        keys = (
            key
            for form in forms
            for part in languages.query_keys(form)
            for key in _column(part).split()
        )
        if distinct := tuple(dict.fromkeys(keys)):
            found.append(distinct)
    return found


def _kin(word: str) -> list[str]:
    if len(word) < _SHORTEST_PLACE or not _RUSSIAN.fullmatch(word):
        return []
    place = _ADJECTIVE.sub("", word)
    return [place] if place != word else [f"{word}ский"]


def index(session: Session, article_id: int, title: str, text: str, language: str | None) -> None:
    """Make an article findable by the words of its present title and text."""
    session.merge(
        SearchRow(
            article_id=article_id,
            title_keys=_column(languages.search_keys(title, language)),
            text_keys=_column(languages.search_keys(text[:_ALL_CHARACTERS], language)),
        )
    )


def _column(keys: str) -> str:
    """Keys that both indexes cut into the same words: letters and digits between spaces."""
    bare = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in keys.casefold())
    return " ".join(key[:_KEY_CHARACTERS] for key in bare.split())[:_ALL_CHARACTERS]


def snippet(
    text: str, language: str, wanted: list[Term], keys: str
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage with the most different terms in it, the first of these; else the beginning.

    ``keys`` are those that the index has of the text: a word is found in the text by them.
    """
    there = set(keys.split())
    inside = [term for term in wanted if not there.isdisjoint(term)]
    found: list[tuple[int, int, int]] = []
    if inside:
        # Forms of a word mostly begin alike; computing the keys of each word costs much more.
        # Where none does («люди» for «человек»), all are computed.
        begin = {key[:2] for term in inside for key in term}
        found = _occurrences(text, language, inside, begin) or _occurrences(
            text, language, inside, None
        )
    if not found:
        return _cut(text, 0, _BEFORE + _AFTER, ())
    start = max(
        (one[0] for one in found),
        key=lambda at: (len({n for s, _, n in found if at <= s < at + _AFTER}), -at),
    )
    marks = tuple(dict.fromkeys((s, e) for s, e, _ in found if start <= s and e <= start + _AFTER))
    return _cut(text, max(0, start - _BEFORE), start + _AFTER, marks)


def _occurrences(
    text: str, language: str, wanted: list[Term], begin: set[str] | None
) -> list[tuple[int, int, int]]:
    """Start, end and number of the term for each word of the text that is looked for."""
    found = []
    for word in _WORD.finditer(text[:_LOOKED_THROUGH]):
        if begin is None or word[0][:2].lower().replace("ё", "е") in begin:
            keys = _keys(word[0], language)
            found += [
                (word.start(), word.end(), number)
                for number, term in enumerate(wanted)
                if not keys.isdisjoint(term)
            ]
    return found


@lru_cache(maxsize=50_000)
def _keys(word: str, language: str) -> frozenset[str]:
    return frozenset(_column(languages.search_keys(word, language)).split())


def _cut(
    text: str, start: int, end: int, marks: tuple[tuple[int, int], ...]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """text[start:end] widened to whole words, on one line, with an ellipsis where it is cut."""
    for _ in range(_KEY_CHARACTERS):  # a word, not a line of a megabyte without spaces
        start -= start > 0 and text[start - 1].isalnum()
        end += end < len(text) and text[end].isalnum()
    head = "… " if start else ""
    tail = " …" if end < len(text) else ""
    # One space for each, so that the marks stay where they are.
    passage = re.sub(r"\s", " ", text[start:end])
    shift = len(head) - start
    return f"{head}{passage}{tail}", tuple((s + shift, e + shift) for s, e in marks)

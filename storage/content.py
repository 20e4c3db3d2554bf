"""Comparing what two readings of a page say: the same, a cosmetic change, a change, another piece.

Only extracted content is compared, never the page: a page differs at each rendering (counters,
clocks, tokens), the extracted fields do not.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from cooperation.language import clean as clean_word
from cooperation.language import normalise
from storage.article import Article
from storage.times import day_of

# Below this the same few words may stand under many addresses («Приём граждан перенесён»).
RECOGNISABLE_CHARACTERS = 200

_SAID = re.compile(r"[^\W\d_]+|\d+|[%‰$€£¥₽]")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def clean(article: Article) -> Article:
    """The same article without what a database cannot hold, see `storable`."""
    return replace(
        article,
        **{
            field.name: storable(getattr(article, field.name))
            for field in fields(article)
            if field.name not in ("published", "modified")
        },
    )


def storable(value: Any) -> Any:
    """Strings, also in lists and dicts, without NUL and halves of surrogate pairs.

    Each is replaced by one character, so that offsets into a text stay right.
    """
    if isinstance(value, str):
        return value.replace("\x00", " ").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    return value


def digest(article: Article) -> str:
    """The digest of title, text, day of publication and files: another one is a revision.

    The day, not the minute: a layout that tells the time as well is no edit. Spaces within a
    line and empty lines do not count.
    """
    return _sha256(
        _squeezed(article.title), _squeezed(article.text), _day(article), *_files(article)
    )


def fingerprint(article: Article) -> str | None:
    """The digest of words and day alone, by which a piece is known again at another address.

    None for a piece that is undated or too short to be known by its words.
    """
    if article.published is None or len(article.text) < RECOGNISABLE_CHARACTERS:
        return None
    return _sha256(spoken(article.title), spoken(article.text), _day(article))


def is_cosmetic(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Whether two (title, text) differ only in what `words` leaves out or folds."""
    return all(words(a) == words(b) for a, b in zip(old, new, strict=True))


def is_same_reading(old: str, new: str) -> bool:
    """Whether two extractors may have read these texts off one page.

    Two extractors agree in all but captions and link lists: nine words of ten are a low demand.
    """
    a, b = set(words(old)), set(words(new))
    return _overlap(a, b) >= 0.9


def is_another_title(old: str, new: str) -> bool:
    """Whether the titles have fewer than half of their words in common."""
    return _overlap(set(words(old)), set(words(new))) < 0.5


def is_another_text(old: str, new: str) -> bool:
    """Whether the texts share less than a fifth of their pairs of words; an edit shares most."""
    return _overlap(_pairs(old), _pairs(new)) < 0.2


def spoken(text: str) -> str:
    """What a text says, as `words` gives it, with one space between the words."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """What a text says, without its typography: words and numbers, folded.

    Punctuation, spacing, case, stress marks, soft hyphens and look-alike letters do not count, nor
    does ё for е (both are correct Russian), nor a space between thousands. Digits count, and so do
    the signs that give them their meaning: another sum or date is another statement.
    """
    spelt = clean_word(normalise(unicodedata.normalize("NFKC", text)))
    return _SAID.findall(_THOUSANDS.sub("", spelt.casefold().replace("ё", "е")))


def _overlap(a: set[object] | set[str], b: set[object] | set[str]) -> float:
    """The common share of two sets, 0 to 1 (Jaccard)."""
    union = len(a | b)
    return len(a & b) / union if union else 1.0


def _pairs(text: str) -> set[object]:
    return set(pairwise(words(text)))


def _squeezed(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _day(article: Article) -> str:
    return "" if article.published is None else day_of(article.published).isoformat()


def _files(article: Article) -> Iterable[str]:
    return sorted(set(article.files))


def _sha256(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()

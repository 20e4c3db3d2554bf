"""Words of a post, one by one: the noun of the post, its adjectives, what may hang on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cooperation.persons import belarusian_posts
from cooperation.russian import Reading, nominative, readings
from cooperation.wordlists import words

_EXTRA: Final = frozenset(words("posts", "russian_extra"))
_NOT_POSTS: Final = frozenset(words("posts", "russian_not_posts"))
_NOT_NOMINAL: Final = frozenset(
    {"VERB", "INFN", "GRND", "ADVB", "CONJ", "PREP", "PRCL", "NPRO", "PRED", "INTJ"}
)
_GENITIVE_BELARUSIAN: Final = re.compile(r"(?:[аяыіую]|аў|оў|ей|яў|ых|іх|ага|ый|ій|ь)$")

_MEN_IN_A: Final = frozenset({"старшыня", "суддзя", "галава", "глава"})


@dataclass(frozen=True, slots=True)
class Head:
    """The noun of a post: nominative singular; case (n, g, d, a, i, l), gender, number as found.

    ``may_be_plural``: read as a singular, it can be a nominative plural too («директора»).
    """

    nominative: str
    case: str
    gender: str
    plural: bool
    may_be_plural: bool = False


@lru_cache(maxsize=20_000)
def head_of_post(word: str, language: str) -> Head | None:
    """The word as a post noun, or None."""
    if not word[:1].isalpha() or len(word) < 3 or word.endswith("."):
        return None
    if language == "be":
        form = belarusian_posts.heads().get(word.lower().replace("\xad", ""))
        if form is None:
            return None
        masculine = form.nominative[-1] not in "ая" or form.nominative in _MEN_IN_A
        return Head(form.nominative, form.case, "m" if masculine else "f", form.plural)
    return _russian_head(word)


def _russian_head(word: str) -> Head | None:
    for r in readings(word):
        if r.part not in {"NOUN", "PRTF", "ADJF"} or not r.case or r.name:
            continue
        if r.part == "NOUN" and not r.animate:
            # «глава» and «премьера» are things first, posts second.
            if r.known and not word.lower().startswith(("глав", "премьер")):
                return None
            continue
        base = _base(word, r)
        if r.part != "NOUN" and base not in _EXTRA:
            continue
        is_post = base not in _NOT_POSTS and (r.known or "-" in word)
        double = any(other.plural and other.case == "n" for other in readings(word))
        return Head(base, r.case, r.gender or "m", r.plural, double) if is_post else None
    return None


def _base(word: str, r: Reading) -> str:
    if r.case == "n" and not r.plural:
        return word.lower()
    return nominative(word, r.case, part=r.part, gender=r.gender, plural=r.plural).lower()


@lru_cache(maxsize=20_000)
def is_nominal(word: str, language: str) -> bool:
    """Whether the word can be a noun or adjective that hangs on a post."""
    if language == "be":
        return belarusian_posts.may_complement(word)
    found = readings(word)
    if not found:
        return False
    nominal = any(r.part in {"NOUN", "ADJF", "PRTF"} and r.case for r in found)
    return nominal and found[0].part not in _NOT_NOMINAL


@lru_cache(maxsize=20_000)
def is_genitive(word: str, language: str) -> bool:
    """Whether the word can be a noun or adjective in the genitive."""
    if language == "be":
        return _GENITIVE_BELARUSIAN.search(word) is not None
    return any(r.case == "g" for r in readings(word) if r.part in {"NOUN", "ADJF", "PRTF"})


@lru_cache(maxsize=20_000)
def agrees(word: str, head: Head, language: str) -> bool:
    """Whether the word is an adjective in the case and number of the post's noun."""
    if not word[:1].isalpha():
        return bool(re.fullmatch(r"1-[а-я]{1,3}", word))
    if language == "be":
        return belarusian_posts.agrees(word, head.case, feminine=head.gender == "f")
    return any(
        r.part in {"ADJF"}
        and (r.case == head.case or {r.case, head.case} == {"a", "g"})
        and r.plural == head.plural
        for r in readings(word)
    )


def adjective_in_nominative(word: str, head: Head, language: str) -> str:
    """The adjective of a post as it stands in the nominative singular."""
    if head.case == "n" and not head.plural:
        return word
    if language == "be":
        return belarusian_posts.adjective_nominative(word, feminine=head.gender == "f")
    for case in (head.case, "a" if head.case == "g" else "g"):
        changed = nominative(word, case, gender=head.gender, part="ADJF", plural=head.plural)
        if changed != word:
            return changed
    return word


def is_adjective(word: str, language: str) -> bool:
    """Whether the word can be an adjective in any case."""
    if language == "be":
        return belarusian_posts.is_adjective(word)
    return any(r.part == "ADJF" for r in readings(word))

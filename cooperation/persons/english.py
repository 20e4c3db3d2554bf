"""The people an English text names, with their posts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.assessment import Field, Person, Span
from cooperation.persons.given_names import ENGLISH, FAMILY_NAME_FIRST
from cooperation.wordlists import words

_WORD: Final = r"[A-ZÀ-Ž][\w'\xad]*[^\W\dA-Z_](?:-[A-ZÀ-Ž][\w']+)*"
_RUN: Final = re.compile(
    rf"(?<![\w-]){_WORD}"
    rf"(?:[ ](?:(?:al|bin|ibn|van|von|de|da|dos|di|der|el)[ -])?(?:{_WORD}|[A-Z]\.)){{0,8}}"
)
_INITIALS: Final = re.compile(rf"(?<!\w)(?P<initials>(?:[A-Z]\.[ ]?){{1,2}})(?P<family>{_WORD})")
_HEADS: Final = "|".join(words("posts", "english")).replace("_", " ")
_HEAD: Final = re.compile(rf"(?<![\w-])(?:{_HEADS})s?(?![\w-])", re.IGNORECASE)
_KEPT: Final = frozenset(words("posts", "english_before"))
_TITLE_WORDS: Final = frozenset(words("posts", "english_titles"))
_NOT_NAMES: Final = frozenset(words("posts", "english_not_names"))
_SAYS: Final = re.compile(
    r",?\s+(?:\([^)]*\)\s*)?(?:said|says|told|noted|explained|explains|added|adds|stressed|believes|called|answered"
    r"|expects|confirmed|thanked|signed|met|received|arrived|visited|led|will|has|is|was|came|opened|announced)\b"
)
_SAID_BEFORE: Final = re.compile(
    r"\b(?:said|says|explained|explains|added|adds|noted|told|by|and)\s+$"
)
_COMPLEMENT: Final = r"(?:\s(?:of|for|to|at|in|on)\s(?:the\s)?[^,.;:()\"\n]{2,90}?)?"
_BEFORE: Final = re.compile(
    rf"(?P<post>(?:(?:[A-Za-z][\w'-]*|the)\s){{0,3}}?(?<![\w-])(?:{_HEADS})s?(?:\s(?:{_HEADS}))?{_COMPLEMENT}),?\s+$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf",\s(?P<post>(?:(?:a|an|the)\s)?(?:[\w'-]+\s){{0,4}}?(?:{_HEADS})(?![\w-]){_COMPLEMENT})(?=[,.;:)\"\n]|\s(?:and|said|says|who"
    r"|has|is|was|told|noted|explained|added)\b|$)",
    re.IGNORECASE,
)
_DANGLING: Final = re.compile(r"\b(?:of|for|to|at|in|on|the|and|from|with|by)$")
_LAST_OF_SEVERAL: Final = re.compile(
    rf"\band\s(?=(?:[\w'-]+\s){{0,3}}?(?:{_HEADS})\b)", re.IGNORECASE
)


def find(plain: str, field: Field) -> list[Person]:
    """The people of a normalised English text, see ``persons.find``."""
    found: list[Person] = []
    for match in _INITIALS.finditer(plain):
        initials = match["initials"].replace(" ", "")
        found.append(
            _person(plain, field, match.start(), match.end(), f"{match['family']} {initials}")
        )
    for match in _RUN.finditer(plain):
        located = _name_in(match, plain)
        if located:
            start, parts = located
            end = start + len(" ".join(parts))
            found.append(_person(plain, field, start, end, _ordered(parts)))
    return sorted(found, key=lambda person: person.span.start)


def _ordered(parts: list[str]) -> str:
    if parts[0] in FAMILY_NAME_FIRST and parts[-1] not in ENGLISH:
        return " ".join(parts)
    particle = 2 if len(parts) > 2 and parts[-2].islower() else 1
    return " ".join([*parts[-particle:], *parts[:-particle]])


def _name_in(match: re.Match[str], plain: str) -> tuple[int, list[str]] | None:
    parts = match.group().split(" ")
    starts = [match.start() + sum(len(w) + 1 for w in parts[:i]) for i in range(len(parts))]
    first = next((i for i, w in enumerate(parts) if w in ENGLISH), None)
    if first is not None and first + 1 < len(parts) and not _excluded(parts[first + 1]):
        rest = parts[first : first + 3]
        while len(rest) > 2 and _excluded(rest[-1]):
            rest.pop()
        return starts[first], rest
    asian = next(
        (
            i
            for i, w in enumerate(parts[:-1])
            if w in FAMILY_NAME_FIRST and not _excluded(parts[i + 1])
        ),
        None,
    )
    if asian is not None and len(parts) - asian <= 3:
        return starts[asian], parts[asian:]
    return _by_context(parts, starts, match, plain)


def _by_context(
    parts: list[str], starts: list[int], match: re.Match[str], plain: str
) -> tuple[int, list[str]] | None:
    first = 0
    while first < len(parts) and parts[first] in _TITLE_WORDS:
        first += 1
    rest = parts[first:]
    if len(rest) > 3:
        first, rest = len(parts) - 2, parts[-2:]
    if len(rest) < 2 or any(_excluded(word) for word in rest):
        return None
    before = plain[max(0, starts[first] - 120) : starts[first]]
    titled = _BEFORE.search(before[before.rfind("\n") + 1 :])
    if titled and _DANGLING.search(titled["post"]):
        titled = None
    if (
        titled
        or _AFTER.match(plain, match.end())
        or (_SAID_BEFORE.search(before) and _SAYS.match(plain, match.end()))
    ):
        return starts[first], rest
    if re.search(r"\b(?:said|says|explained|explains|added|adds)\s+$", before) or re.search(
        r"\b(?:Mr|Ms|Mrs|Dr)\.?\s+$", before
    ):
        return starts[first], rest
    if re.match(
        r",?\s+(?:said|says|told|noted|explained|explains|added|stressed|believes)\b",
        plain[match.end() : match.end() + 20],
    ):
        return starts[first], rest
    return None


@lru_cache(maxsize=10_000)
def _excluded(word: str) -> bool:
    return word in _NOT_NAMES or word in _TITLE_WORDS


def _person(plain: str, field: Field, start: int, end: int, name: str) -> Person:
    return Person(name.replace("\xad", ""), _post(plain, start, end), Span(field, start, end))


def _post(plain: str, start: int, end: int) -> str:
    before = plain[max(0, start - 160) : start]
    before = re.split(r"[.;:\n\"](?:\s|$)", before)[-1]
    before = _LAST_OF_SEVERAL.split(before)[-1]
    match = _BEFORE.search(before)
    if match and not _DANGLING.search(match["post"]):
        return _trimmed(match["post"])
    if match := _AFTER.match(plain, end):
        return re.sub(r"^(?:the|an?)\s", "", match["post"]).strip()
    return ""


def _trimmed(post: str) -> str:
    """Without the parts before the post that only lead up to it: "a delegation led by director"."""
    head = _HEAD.search(post)
    if head is None:
        return post
    parts = post[: head.start()].split()
    kept: list[str] = []
    for word in reversed(parts):
        possessor = not kept and word[0].isupper() and word not in _TITLE_WORDS
        if word.lower() not in _KEPT and not word.endswith("'s") and not possessor:
            break
        kept.insert(0, word)
    rest = head.group().removesuffix("s") + post[head.end() :].rstrip()
    return " ".join([*kept, rest])

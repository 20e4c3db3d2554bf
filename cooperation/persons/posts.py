"""The post of a named person, from the words before and after the name (Russian, Belarusian)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cooperation.persons.post_words import (
    Head,
    adjective_in_nominative,
    agrees,
    head_of_post,
    is_adjective,
    is_genitive,
    is_nominal,
)
from cooperation.russian import like
from cooperation.wordlists import words


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the nominative singular; ``case`` and ``plural`` are those of the text."""

    text: str
    case: str
    plural: bool
    start: int
    may_be_plural: bool = False


_TOKEN: Final = re.compile(r"\"[^\"\n]{1,80}\"|\([^()\n]{1,40}\)|[^\W_][\w\xad'-]*\.?|[^\s\w]")
_FARTHEST: Final = 240  # characters before a name in which its post may begin
_MOST_TOKENS: Final = 24
_AND: Final = frozenset({"и", "і", "й", "ды"})
_FOR: Final = frozenset({"по", "па", "при", "пры"})
_PREPOSITIONS: Final = frozenset(["по", "в", "во", "при", "на", "у", "ў", "ва"])
_PLAIN_ADJECTIVE: Final = re.compile(
    r"(?:городск|детск|сельск|морск|медицинск|хозяйск|женск|мужск|ическ|гарадск|дзіцяч)"
)
_IDLE: Final = frozenset(words("posts", "idle_adjectives"))


def post_before(plain: str, start: int, language: str) -> Post | None:
    """The post that ends right before ``start``, or None.

    Read backwards from the name: what may hang on a post (nouns, adjectives, names of bodies in
    quotes, places), then the post noun itself, then the nouns it hangs on («заместитель министра»)
    and its adjectives.
    """
    left = plain[max(0, start - _FARTHEST) : start]
    offset = start - len(left)
    left = left[left.rfind("\n") + 1 :]
    offset = start - len(left)
    if not left.endswith((" ", "(")):
        return None
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(left)]
    if tokens and tokens[-1][1] in {"–", ":", ","}:
        # «эксперты союза – Н. и Ж.», «ректоры, Н. и Ж.»: only a plural post reaches over a mark.
        found = _walk(tokens[:-1], language)
        if found is None or not found[1].plural:
            return None
    else:
        found = _walk(tokens, language)
    if found is None:
        return None
    first, head, at = found
    return _rendered(tokens, first, at, head, offset, language, left)


def _walk(tokens: list[tuple[int, str]], language: str) -> tuple[int, Head, int] | None:
    """Index of the first token of the post, its head and the head's index."""
    best: tuple[int, Head] | None = None
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 1 - _MOST_TOKENS), -1):
        head = head_of_post(tokens[index][1], language)
        # «совет директоров»: a plural genitive hangs on the noun before it.
        hangs = head is not None and head.plural and head.case == "g" and best is None
        if head and not (hangs and index and _goes_on(tokens, index, language)):
            best = (index, head)
            if head.case not in {"g", "a"} or not _outer(tokens, index, language):
                break
        elif not _fits(tokens, index, language, inside=best is not None):
            break
    if best is None:
        return None
    at, head = best
    return _with_adjectives(tokens, at, head, language), head, at


def _outer(tokens: list[tuple[int, str]], index: int, language: str) -> bool:
    """Whether another post noun stands up to three words before: «помощник первого заместителя»."""
    for back in range(index - 1, max(-1, index - 4), -1):
        word = tokens[back][1]
        if head_of_post(word, language):
            return True
        if not word[:1].islower() or not is_nominal(word, language) or word in _PREPOSITIONS:
            return False
    return False


def _goes_on(tokens: list[tuple[int, str]], index: int, language: str) -> bool:
    word = tokens[index - 1][1]
    return word[:1].islower() and is_nominal(word, language)


def _fits(tokens: list[tuple[int, str]], index: int, language: str, *, inside: bool) -> bool:
    """Whether a token may stand between the post noun and the name; ``inside``: a head was met."""
    word = tokens[index][1]
    following = tokens[index + 1][1] if index + 1 < len(tokens) else ""
    if word[0] in '"(' and len(word) > 1:
        return True
    if word == ",":
        before = tokens[index - 1][1] if index else ""
        return not inside and all(
            part.islower() and is_genitive(part, language) for part in (before, following)
        )
    if word in _AND:
        hangs = following[:1].islower() and head_of_post(following, language) is None
        return hangs or (following[:1].isupper() and not inside)
    if word.lower() in _PREPOSITIONS:
        return following[:1].isupper() or word in _FOR or following in {"делах", "справах"}
    return _hangs(word, language)


def _hangs(word: str, language: str) -> bool:
    if word[:1].isupper() or word[:1].isdigit():
        return word[-1] != "." or len(word) <= 4
    if word.endswith("."):
        return word in {"г.", "обл.", "р-на.", "им."}
    return word[:1].isalpha() and is_nominal(word, language)


def _with_adjectives(tokens: list[tuple[int, str]], at: int, head: Head, language: str) -> int:
    first = at
    index = at - 1
    while index >= 0:
        word = tokens[index][1]
        joined = word in _AND and index > 0 and first < at
        if not (joined and agrees(tokens[index - 1][1], head, language)):
            if not agrees(word, head, language) or _is_idle(word):
                break
            first = index
        index -= 1
    return first


def _is_idle(word: str) -> bool:
    """Whether an adjective tells of whom, not which post: «минский художник»."""
    if word.lower() in _IDLE:
        return True
    of_a_place = word[:1].islower() and re.search(r"ск[^ь]{1,3}$", word)
    return bool(of_a_place) and not _PLAIN_ADJECTIVE.search(word)


def _rendered(
    tokens: list[tuple[int, str]],
    first: int,
    at: int,
    head: Head,
    offset: int,
    language: str,
    left: str,
) -> Post:
    pieces: list[str] = []
    for index in range(first, at):
        word = tokens[index][1]
        pieces.append(word if word in _AND else adjective_in_nominative(word, head, language))
    pieces.append(like(tokens[at][1], head.nominative))
    tail = left[tokens[at][0] + len(tokens[at][1]) :].rstrip(" –:(")
    text = " ".join(pieces) + tail.replace("\xad", "")
    start = offset + tokens[first][0]
    return Post(_quoted(text), head.case, head.plural, start, head.may_be_plural)


def _quoted(text: str) -> str:
    return re.sub(r"\"([^\"]*)\"", r"«\1»", text).strip()


def post_after(plain: str, end: int, language: str) -> str:
    """The post that follows a name, or "".

    «…, ректор университета,», «… – начальник управления», «… (директор школы)».
    """
    opening = _OPENING.match(plain, end)
    if opening is None:
        return ""
    right = plain[opening.end() : opening.end() + 160].partition("\n")[0]
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(right)]
    heads = (i for i, (_, word) in enumerate(tokens[:4]) if head_of_post(word, language))
    at = next(heads, None)
    if at is None or not all(is_adjective(word, language) for _, word in tokens[:at]):
        return ""
    head = head_of_post(tokens[at][1], language)
    if head is None or head.plural:
        return ""
    last = at
    while last + 1 < len(tokens) and _follows(tokens, last + 1, language):
        last += 1
    while tokens[last][1] in _AND or tokens[last][1].lower() in _PREPOSITIONS:
        last -= 1
    adjectives = [adjective_in_nominative(word, head, language) for _, word in tokens[:at]]
    rest = right[tokens[at][0] + len(tokens[at][1]) : tokens[last][0] + len(tokens[last][1])]
    return _quoted(" ".join([*adjectives, head.nominative]) + rest)


_OPENING: Final = re.compile(r"\s?(?:,|\s–|\()\s?")


def _follows(tokens: list[tuple[int, str]], index: int, language: str) -> bool:
    word = tokens[index][1]
    if word[0] == '"' and len(word) > 1:
        return True
    if not word[:1].isalpha():
        return False
    if word in _AND:
        following = tokens[index + 1][1] if index + 1 < len(tokens) else ""
        return following[:1].isalpha() and is_genitive(following, language)
    if word.lower() in _PREPOSITIONS:
        return True
    return word[:1].isupper() or (is_nominal(word, language) and is_genitive(word, language))

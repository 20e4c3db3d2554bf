"""Names with a head noun: «Министерство …», «Брестский облисполком», «завод … имени …»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cooperation.organizations.complements import last_of_name
from cooperation.organizations.mentions import Found, Line
from cooperation.organizations.words import (
    BARE,
    CAPITAL_ONLY,
    EVENT,
    GENERIC,
    IDLE,
    LEGAL,
    MEDIA,
    UNITS,
    WEAK,
    HeadNoun,
    head_noun,
)
from cooperation.persons import belarusian_posts
from cooperation.russian import like, nominative, readings

_INNER_CITY: Final = re.compile(
    "историческ|деловой|районный|областной|административн|гістарычн|раённы|абласны"
)
_OF_A_PLACE: Final = re.compile(r"ск(?:ий|ая|ое|і|ае)$")
_OF_A_LEVEL: Final = ("област", "городск", "районн", "республик", "абласн")
_BUILDING: Final = re.compile(
    r"(?:дом|дворец|палац)\s(?:правительств|совет|союз|кинемат|незав|независ|незал|урад|печати|республик)",
    re.IGNORECASE,
)
_TOWN_ENDINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "m": {
        "n": ("ий",), "g": ("ого",), "d": ("ому",), "a": ("ий", "ого"), "i": ("им",), "l": ("ом",)
    },
    "f": {"n": ("ая",), "g": ("ой",), "d": ("ой",), "a": ("ую",), "i": ("ой",), "l": ("ой",)},
}  # fmt: skip
_PRONOUNS: Final = frozenset({"их", "его", "ее", "её", "этот", "том", "той"})


def headed(line: Line) -> list[Found]:
    """The names of a line that a head noun begins, with adjectives before and what hangs on it.

    «Министр связи» alone names no ministry.
    """
    found: list[Found] = []
    index = 0
    while index < len(line.tokens):
        item, index = _at(line, index)
        if item is not None and not MEDIA.search(item.name):
            found.append(item)
    return found


def _at(line: Line, index: int) -> tuple[Found | None, int]:
    """The name whose head noun is token ``index``, if any, and where to read on."""
    token = line.tokens[index]
    if not token.text[0].isalpha() or not line.is_free(token.start, token.start + 1):
        return None, index + 1
    head = head_noun(token.text, line.language)
    if head is not None:
        first, last = _first_of_name(line, index, head), last_of_name(line, index)
        name = _name(line, first, index, last, head)
        if name:
            return Found(
                name, line.field, line.tokens[first].start, line.tokens[last].end
            ), last + 1
    return None, index + 1


def _first_of_name(line: Line, index: int, head: HeadNoun) -> int:
    first = index
    while first > 0:
        word = line.word(first - 1)
        joined = word in {"и", "і"} and first < index
        if joined and _agrees(line.word(first - 2), head, line.language):
            first -= 2
            continue
        if not word[0].isalpha() or not _agrees(word, head, line.language):
            break
        first -= 1
    while first < index and line.word(first)[0].islower():
        if _base(line.word(first), head, line.language).lower() not in IDLE:
            break
        first += 1
    return first


@lru_cache(maxsize=20_000)
def _agrees(word: str, head: HeadNoun, language: str) -> bool:
    if language == "be":
        if head.gender == "f" and head.case == "a":
            return word.endswith(("ую", "юю"))
        if head.gender == "n" and head.case == "n":
            return word.endswith(("ае", "ое", "яе"))
        case = "g" if head.case == "a" else head.case
        return belarusian_posts.agrees(word, case, feminine=head.gender == "f")
    if word.lower() in _PRONOUNS:
        return False
    found = readings(word)
    if word[0].isupper() and not any(r.part == "ADJF" for r in found):
        return _of_a_town(word, head) is not None
    return any(
        r.part == "ADJF" and r.case == head.case and not r.plural and r.gender in {head.gender, ""}
        for r in found
    )


def _of_a_town(word: str, head: HeadNoun) -> str | None:
    """The nominative of a town's adjective that the dictionary has as a family name at most.

    «Горецкого районного исполнительного комитета»; None where the word is no such adjective or
    does not agree.
    """
    endings = _TOWN_ENDINGS["f" if head.gender == "f" else "m"]
    match = re.fullmatch(r"(\w{2,}[сц]к)(\w{2,3})", word)
    if match is None or match[2] not in endings.get(head.case, ()):
        return None
    return match[1] + {"f": "ая", "n": "ое"}.get(head.gender, "ий")


def _base(word: str, head: HeadNoun, language: str) -> str:
    if head.case == "n" or word in {"и", "і"}:
        return word
    if language == "be":
        if head.gender == "n":
            return re.sub(r"(?:ага|аму|ым)$", "ае", re.sub(r"(?:яга|яму|ім)$", "яе", word))
        return belarusian_posts.adjective_nominative(word, feminine=head.gender == "f")
    if town := _of_a_town(word, head):
        return town
    if word.lower().startswith("высш"):
        # The dictionary takes it for a form of «высокий».
        return word[:4] + {"f": "ая", "n": "ее"}.get(head.gender, "ий")
    return nominative(word, head.case, gender=head.gender, part="ADJF")


def _name(line: Line, first: int, at: int, last: int, head: HeadNoun) -> str:
    """The nominative name, or "" where the words name no particular body."""
    adjectives = [_base(line.word(i), head, line.language) for i in range(first, at)]
    capital = any(a[0].isupper() for a in adjectives)
    token = line.tokens[at]
    if last == at + 1 and line.tokens[last].is_quotation and not capital:
        # «бобруйское предприятие «Х»»: the quotation is the name.
        before = line.plain[max(0, line.tokens[first].start - 20) : line.tokens[last].start]
        return (
            "" if EVENT.search(before) else line.word(last).strip('"').replace("\xad", "").strip()
        )
    tail = line.plain[token.end : line.tokens[last].end].replace("\xad", "")
    tail = re.sub(r"\"([^\"]*)\"", r"\1", tail)
    tail = " ".join(part for part in tail.split(" ") if not part or not LEGAL.fullmatch(part))
    if head.nominative in CAPITAL_ONLY and (token.text[0].islower() or not tail):
        return ""
    if _BUILDING.match(f"{head.nominative}{tail}") or _is_a_state(
        head.nominative, adjectives, tail
    ):
        return ""
    if not capital and token.text[0].islower() and _only_a_part(head.nominative, adjectives, tail):
        return ""
    named = capital or head.nominative in CAPITAL_ONLY
    if not named and not _names(head.nominative, adjectives, tail):
        return ""
    noun = like(token.text, head.nominative)
    if token.text[0] == "ў" and adjectives:
        noun = "ў" + noun[1:]
    return " ".join([*adjectives, noun]) + tail


def _is_a_state(noun: str, adjectives: list[str], tail: str) -> bool:
    """«Белорусское правительство»: the country itself, which no name of a body is needed for."""
    if noun not in {"правительство", "парламент", "урад"} or tail:
        return False
    return not any(adjective.lower().startswith(_OF_A_LEVEL) for adjective in adjectives)


def _only_a_part(noun: str, adjectives: list[str], tail: str) -> bool:
    """Whether the words say a part of a body («управление …») or only what the body is."""
    if any(a.startswith(_OF_A_LEVEL) for a in adjectives):
        return False
    return noun in UNITS or (noun in GENERIC and re.match(r"\s[A-Z]", tail) is not None)


def _names(noun: str, adjectives: list[str], tail: str) -> bool:
    if noun in {"центр", "цэнтр"} and _INNER_CITY.search(" ".join(adjectives)):
        return False
    if any(_OF_A_PLACE.search(a) for a in adjectives) or noun in BARE:
        return True
    return bool(re.search(r"(?<![.\w])[A-ZА-ЯЁІЎ]", tail)) or (bool(tail) and noun not in WEAK)

"""The organisations an English text names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cooperation.wordlists import words

if TYPE_CHECKING:
    from cooperation.assessment import Field
    from cooperation.organizations import Found

_ORG: Final = (
    "Ministry|University|Committee|Institute|Academy|Agency|Council|Company|Plant|Works|Factory|Post|Bank|Centre|Center"
    "|Commission|Commonwealth|Department|Service|Embassy|Government|Administration|Administrations|Museum|Library|Theatre"
    "|Association|Group|Holding|Corporation|Authority|School|College|Hospital|Chamber|Union|Fund|Foundation|Railway"
    "|Railways|Airlines|Air|Office|Bureau|Laboratory|Federation|Society|Trust|Enterprise|Park|Mill|Combine|Telecom"
    "|Airport|Port|Directorate|Inspectorate|Police|Board|Clinic|Orchestra|Ensemble|Zone|Executive"
)
_WORD: Final = r"[A-ZÀ-Ž][\w&'’\xad]*(?:-[\w]+)*"
_RUN: Final = re.compile(
    rf"(?<![\w-]){_WORD}(?:\s(?:(?:of|for|and|in|on|the|&|de)\s){{0,3}}{_WORD})*(?![\w])"
)
_HAS_ORG: Final = re.compile(rf"(?<!\w)(?:{_ORG})(?!\w)")
_LOWER_ORG: Final = re.compile(
    r"\s(?:(?:[a-z]+\s){0,2})(?:university|institute|plant|factory|hospital|museum|college|academy|company|school|agency|centre)\b"
)
_TITLES: Final = re.compile(
    r"^(?:(?:The|A|An|Its|On|In|At|By|From|For|With|Deputy|First|Minister|Director|General|Head|Chairman|Ambassador|Governor"
    r"|Chief|President|Both|This|That|When|While|After|As|It|He|She|They|We|Mr|Ms|Two|Three|Under|According|Last|Each)\s)+"
)
_COMMON: Final = frozenset(words("organizations", "english_not_bodies"))
_AFTER_BODY: Final = re.compile(
    r"(?:by|with|from|to|of|and|at|company|plant|maker|operator|firm|between|for|buyer is|agency|is|at the)\s+$"
)


def find(plain: str, field: Field, taken: list[tuple[int, int]]) -> list[Found]:
    """The mentions of organisations in a normalised English text."""
    from cooperation.organizations import Found  # the two modules share the type

    found = []
    for match in _RUN.finditer(plain):
        start, end = match.span()
        for person_start, person_end in taken:
            if start < person_end and person_start < end:
                start, end = (start, person_start) if person_start > start else (person_end, end)
        text = plain[start : max(start, end)].strip()
        title = _TITLES.match(text + " ")
        if title:
            text = text[title.end() :] if title.end() < len(text) else ""
        name = _name(text, plain, start + len(match.group()) - len(match.group()), end)
        if name:
            at = plain.find(text, start)
            found.append(Found(name, field, at, at + len(text)))
    return found


def _name(text: str, plain: str, start: int, end: int) -> str:
    text = re.sub(r"\s(?:of|for|and|in|on|the|&|de)$", "", text)
    parts = text.split()
    if not parts or len(text) < 3:
        return ""
    if _HAS_ORG.search(text) and (len(parts) > 1):
        return (
            ""
            if parts[0] in {"Union", "State"} and len(parts) == 2 and parts[1] == "State"
            else text
        )
    if all(word in _COMMON for word in parts) or parts[0] in _COMMON:
        return ""
    if len(parts) == 1 and (
        re.search(r"[a-z][A-Z]|^[A-Z]{3,}$", text)
        or text.startswith("Bel")
        and text not in {"Belarus"}
    ):
        return text
    return ""

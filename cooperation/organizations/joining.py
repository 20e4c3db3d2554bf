"""All mentions of one organisation under its longest name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cooperation.assessment import Organization, Span
from cooperation.organizations.mentions import Found

_ORDER: Final = {"title": 0, "body": 1}
_SHORT_MINISTRY: Final = re.compile(r"[Мм][иі]н(?:связи|сувязі)")
_MINISTRY: Final = ("министерство ", "міністэрства ")


@dataclass(slots=True)
class _Group:
    name: str
    stems: frozenset[str]
    spans: list[Span]


def joined(found: list[Found]) -> tuple[Organization, ...]:
    """One entry a body, in order of appearance.

    A mention joins a longer name that holds all its words («райисполком», «Каменецкий
    райисполком»), or the other case form of a one-word name; an abbreviation goes where the long
    form stands in the text.
    """
    groups: list[_Group] = []
    for item in sorted(found, key=lambda f: (-len(f.name.split()), -len(f.name), f.start)):
        span = Span(item.field, item.start, item.end)
        group = next((g for g in groups if _same(item.name, g)), None)
        if group is None:
            groups.append(_Group(item.name, _stems(item.name), [span]))
            continue
        group.spans.append(span)
        if " " not in group.name and _is_base_form(item.name, group.name):
            group.name = item.name
    kept = _without_abbreviations(groups)
    named = [
        Organization(g.name, tuple(sorted(g.spans, key=lambda s: (_ORDER[s.field], s.start))))
        for g in kept
    ]
    return tuple(sorted(named, key=lambda o: (_ORDER[o.spans[0].field], o.spans[0].start)))


def _same(name: str, group: _Group) -> bool:
    if _stems(name) <= group.stems:
        return True
    if " " in name or " " in group.name or name.isupper():
        return False
    pairs = zip(name.lower(), group.name.lower(), strict=False)
    shared = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(name), len(group.name)))
    return shared >= 5 and max(len(name), len(group.name)) - shared <= 2


def _is_base_form(name: str, other: str) -> bool:
    """Whether a one-word name looks like the nominative beside its other form: «Самтекс», «-а»."""
    return len(name) < len(other) and name[-1] not in "аеиоуыэюяі"


def _without_abbreviations(groups: list[_Group]) -> list[_Group]:
    initials = {letters for group in groups for letters in _initials(group.name)}
    ministry = any(group.name.lower().startswith(_MINISTRY) for group in groups)
    return [
        group
        for group in groups
        if group.name not in initials and not (ministry and _SHORT_MINISTRY.fullmatch(group.name))
    ]


@lru_cache(maxsize=20_000)
def _initials(name: str) -> tuple[str, ...]:
    """The abbreviations a long name may have: with and without its «и»; none for short ones."""
    parts = re.findall(r"[^\W\d_]+", name)
    if len(parts) < 3:
        return ()
    letters = "".join(part[0].upper() for part in parts if len(part) > 2)
    return letters, letters[:3], letters[:4], "".join(part[0].upper() for part in parts)


@lru_cache(maxsize=20_000)
def _stems(name: str) -> frozenset[str]:
    parts = re.findall(r"\w+", name.lower().replace("ё", "е"))
    return frozenset(p[: max(4, len(p) - 2)] for p in parts if len(p) > 2) or frozenset(parts)

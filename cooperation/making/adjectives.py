"""Adjectives of place names by rule: «Калуга – калужский», «Барановичи – барановичский»."""

from __future__ import annotations

import re

_RUSSIAN = (
    (r"(?:ск|цк)$", r"\g<0>ий"),
    (r"([сц]к)(?:ая|ое|ий)$", r"\1ий"),
    (r"(?:ь|ьск)?[ыи]$", "ский"),
    (r"(?<=[аеоуыи])г[аи]$", "жский"),
    (r"ск[аои]$", "ский"),
    (r"к[аои]$", "кский"),
    (r"ец$", "ецкий"),
    (r"ц[аы]$", "цкий"),
    (r"([овеёи]+[вн])[оа]$", r"\1ский"),
    (r"л[ьаои]?$", "льский"),
    (r"ь$", "ский"),
    (r"ия$", "ийский"),
    (r"[аоуэ]$", "ский"),
    (r"я$", "ский"),
    (r"й$", "йский"),
    (r"(?:ы|ой)й$", "ский"),
    (r"[бвгджзклмнпрстфхчшщ]$", r"\g<0>ский"),
)
_BELARUSIAN = (
    (r"(?:ск|цк)$", r"\g<0>і"),
    (r"[ыі]$", "скі"),
    (r"л[ьа]?$", "льскі"),
    (r"ць$", "цкі"),
    (r"т$", "цкі"),
    (r"д$", "дскі"),
    (r"([аеі][ўн])[ао]?$", r"\1скі"),
    (r"ь$", "скі"),
    (r"[ао]$", "скі"),
    (r"[бўвгджзклмнпрсфхчшў]$", r"\g<0>скі"),
)


_ADJECTIVAL = re.compile("(?:ый|ий|ой|ая|ое|ае)$")


def russian_adjective(name: str) -> str:
    """The adjective of a Russian place name; the whole name goes in, lower case comes out."""
    return _derived(name, _RUSSIAN)


def belarusian_adjective(name: str) -> str:
    """The adjective of a Belarusian place name."""
    return _derived(name, _BELARUSIAN)


def _derived(name: str, rules: tuple[tuple[str, str], ...]) -> str:
    lower = name.lower()
    if _ADJECTIVAL.search(lower):
        return ""
    for pattern, replacement in rules:
        found, count = re.subn(pattern, replacement, lower)
        if count:
            return found
    return ""


def land_of(adjective: str) -> str:
    """«шкловский – Шкловщина», «лидский – Лидчина»; Belarusian likewise."""
    stem, belarusian = re.sub(r"(?:ий|і)$", "", adjective), adjective.endswith("і")
    hush, soft = ("шчына", "чына") if belarusian else ("щина", "чина")
    if stem.endswith("цк"):
        land = stem[:-2] + ("т" + soft)
    else:
        base = stem.removesuffix("ск")
        land = base + (soft if base[-1] in "тдчкц" else hush)
    return land[0].upper() + land[1:]

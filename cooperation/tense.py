"""Whether a verb form tells of something past, present or to come."""

from __future__ import annotations

import re
from functools import lru_cache

from cooperation.language.stems import _morphology

_PREFIX = "(?:пра|ад|па|пры|вы|на|за|у|с)"  # a present form with one tells of what is to come
_BELARUSIAN = (
    ("past", re.compile(r"(?:[аяеіыуо]ў|[аяеіыуо]л[аоі]|(?:ў|л[аоі])ся|(?:[аяе]н|т)[аоы])$")),
    ("futr", re.compile(rf"^(?:буд(?:зе|уць|зем)|{_PREFIX}\w+(?:зе|уць|юць|[іы]ць|[ідую]цца))$")),
    ("pres", re.compile(r"(?:ае|яе|уе|юе|аюць|яюць|уюць|юцца|аецца|яецца|уецца|ць|іць)$")),
)
_ENGLISH = (
    ("futr", re.compile(r"^(?:will|shall|'ll|plan|plans|planned|due|set|upcoming|forthcoming)$")),
    ("past", re.compile(r"^(?:\w+ed|was|were|had|took|held|met|made|said|went|came|sent|signed)$")),
    ("pres", re.compile(r"^(?:is|are|\w+ing|has|have)$")),
)
_LONGEST = 30  # letters; longer ones are not verbs


@lru_cache(maxsize=50_000)
def tense(word: str, spoken: str) -> str:
    """``past``, ``pres``, ``futr`` of a verb form, ``past`` of a passive participle, else "".

    Russian by the dictionary; Belarusian and English by the shape of the word, which is right often
    enough to be counted, not to be relied on.
    """
    word = word.lower()
    if len(word) > _LONGEST or not word.isalpha():
        return ""
    if spoken != "ru":
        shapes = _BELARUSIAN if spoken == "be" else _ENGLISH
        return next((name for name, shape in shapes if shape.search(word)), "")
    tag = _morphology().parse(word)[0].tag
    if tag.POS == "PRTS":
        return "past"
    return str(tag.tense or "") if tag.POS == "VERB" else ""

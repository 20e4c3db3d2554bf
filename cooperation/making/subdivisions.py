"""Names of first-level regions from CLDR."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from cooperation.listed import listed

CLDR = Path("/usr/share/unicode/cldr/common/subdivisions")  # Debian's unicode-cldr-core

# Countries whose regions are taken as a whole. Others have only those of our own table: their
# region names (Italian provinces, British councils) meet words of other meanings too often.
_TAKEN = listed("BY RU UA UZ KG TJ TM AM AZ GE CN PL DE RS VN IN MN TR IR PK HU EE LV")
# Kazakhstan has had number codes since 2022, which CLDR 41 does not know; our own table has them.
_NO_WORDS = re.compile(r"[\[\]/]")


def subdivisions(languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """ISO 3166-2 code to its names by language, split by ``;``."""
    found: dict[str, dict[str, str]] = {}
    for language in languages:
        for entry in etree.parse(CLDR / f"{language}.xml").iter("subdivision"):
            code, name = str(entry.get("type")).upper(), str(entry.text)
            code = f"{code[:2]}-{code[2:]}"
            if code[:2] in _TAKEN and _level_is_first(code) and not _NO_WORDS.search(name):
                found.setdefault(code, {})[language] = _variants(name, language, code)
    return found


def _level_is_first(code: str) -> bool:
    # Districts of Latvia and Azerbaijan bear the names of towns and common words.
    return code[:2] not in {"LV", "AZ", "EE", "TR", "RS", "VN"} or code.startswith("TR-")


def _variants(name: str, language: str, code: str) -> str:
    names = [name.replace(" — ", " – ")]
    if language == "en":
        # «Kursk» alone means the town as well; Moscow and the region around it are two.
        if code == "RU-MOW":
            return name
        kinds = ("Region", "Oblast", "Province") if code[:2] in "RU BY UA UZ KG CN" else ("Region",)
        bare = re.sub(r" (?:Region|Oblast|Province|Krai)$", "", name)
        names += [f"{bare} {kind}" for kind in kinds]
        if bare != name and code != "RU-MOS":
            names.append(bare)
    return ";".join(names)

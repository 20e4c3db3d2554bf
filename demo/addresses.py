"""Addresses of a node: its alias, and every form under which the site answers."""

from __future__ import annotations

from datetime import datetime

MAX_ALIAS = 100  # Pathauto's default; it cuts at a word

_ONE_FOR_ONE = dict(zip("абвгґдезийклмнопрстуфцыэіў", "abvggdeziyklmnoprstufcyeiu", strict=True))
_COMMON = _ONE_FOR_ONE | {"ё": "e", "ж": "zh", "ч": "ch", "ш": "sh", "ю": "yu", "я": "ya"}
# Both tables were seen in the ministry's addresses: the second one in the newer of them.
OLDER = str.maketrans(_COMMON | dict.fromkeys("ъь’", "") | {"щ": "shch", "х": "h"})
NEWER = OLDER | str.maketrans({"щ": "sch", "х": "kh"})
TABLE_CHANGED = 2025


def dated_alias(created: datetime, nid: int) -> str:
    """``news/dd-mm-yyyy-NNNN``, the day as in Minsk (``created`` is in that zone)."""
    return f"news/{created:%d-%m-%Y}-{nid}"


def slug(title: str, year: int) -> str:
    """The title in Latin letters, hyphens between words, cut at a word."""
    latin = title.lower().translate(NEWER if year >= TABLE_CHANGED else OLDER)
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in latin).split()
    result = words[0] if words else "node"
    for word in words[1:]:
        if len(result) + 1 + len(word) > MAX_ALIAS:
            break
        result += f"-{word}"
    return result


def all_forms(nid: int, language: str, alias: str, default_language: str = "ru") -> list[str]:
    """Paths at which a published node answers 200 with the same article.

    The list was measured on a Drupal 7.105 without redirect modules. An alias without prefix
    belongs to the default language only.
    """
    prefixed = f"/{language}/{alias}"
    forms = [prefixed, f"{prefixed}/"]
    if language == default_language:
        forms += [f"/{alias}", f"/{alias}?page=1", f"//{alias}", f"/print/{alias}"]
    else:
        forms += [f"{prefixed}?page=1", f"/{language}/print/{alias}"]
    forms += [f"/node/{nid}", f"/ru/node/{nid}", f"/be/node/{nid}", f"/en/node/{nid}"]
    forms += [f"/node/{nid}/", f"/node/0{nid}", f"/node/{nid}/anything"]
    forms += [f"/?q=node/{nid}", f"/index.php?q=node/{nid}", f"/print/{nid}", f"/ru/print/{nid}"]
    return forms

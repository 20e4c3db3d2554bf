"""The language of an article: its text decides, the page's own word only for a few words of text.

On Drupal ``/en/node/N`` shows a Russian article under ``<html lang="en">``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cooperation.language import detect
from crawler.extraction.candidates import Candidate
from crawler.extraction.page import Page

_ENOUGH_LETTERS = 20
_CODES = ("ru", "be", "en")


def candidates(page: Page, text: str) -> Iterator[Candidate[str]]:
    """Languages of an article with ``text``."""
    if len(re.findall(r"[^\W\d_]", text)) < _ENOUGH_LETTERS:
        declared = "".join(page.values("html::attr(lang)")[:1])
        code = declared[:2].lower()
        yield Candidate("html lang", code if code in _CODES else None, declared)
    found = detect(text)
    yield Candidate("text", found, found)

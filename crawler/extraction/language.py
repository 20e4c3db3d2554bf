"""The language of an article: its text decides, the page's own word only for a few words of text.

On Drupal ``/en/node/N`` shows a Russian article under ``<html lang="en">``.
"""

from __future__ import annotations

import re

from cooperation.language import detect
from crawler.extraction.page import Page

_ENOUGH_LETTERS = 20
_CODES = ("ru", "be", "en")


def of(page: Page, text: str) -> tuple[str, str]:
    """(language, rule) of an article with ``text``."""
    if len(re.findall(r"[^\W\d_]", text)) < _ENOUGH_LETTERS:
        declared = page.values("html::attr(lang)")
        if declared and declared[0][:2].lower() in _CODES:
            return declared[0][:2].lower(), "html lang"
    return detect(text), "text"

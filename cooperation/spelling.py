"""The normalised text, kept while its facts are read: each of five readers asks for it."""

from __future__ import annotations

from functools import lru_cache

from cooperation.language import normalise

plain_text = lru_cache(maxsize=4)(normalise)
"""``language.normalise``, remembered for the last few texts (a title and a body, twice)."""

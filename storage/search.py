"""Full-text search over keys of our own: the same hits on both databases, newest first."""

from __future__ import annotations

import unicodedata

from sqlalchemy.orm import Session

from cooperation import language as languages
from storage.tables import SearchRow

# PostgreSQL holds a megabyte of keys for a text, and a key of two thousand bytes.
_KEY_CHARACTERS = 60
_ALL_CHARACTERS = 200_000


def index(session: Session, article_id: int, title: str, text: str, language: str | None) -> None:
    """Make an article findable by the words of its present title and text."""
    session.merge(
        SearchRow(
            article_id=article_id,
            title_keys=_column(languages.search_keys(title, language)),
            text_keys=_column(languages.search_keys(text[:_ALL_CHARACTERS], language)),
        )
    )


def _column(keys: str) -> str:
    """Keys that both indexes cut into the same words: letters and digits between spaces."""
    bare = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in keys)
    return " ".join(key[:_KEY_CHARACTERS] for key in bare.split())[:_ALL_CHARACTERS]

"""Full-text search over keys of our own: the same hits on both databases, newest first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, cast, column, literal_column, select, table, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from cooperation import language as languages
from storage.tables import ArticleRow, RevisionRow, SearchRow, Withdrawn

# PostgreSQL holds a megabyte of keys for a text, and a key of two thousand bytes.
_KEY_CHARACTERS = 60
_ALL_CHARACTERS = 200_000

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_BEFORE, _AFTER = 60, 180  # characters of a snippet before and after its first mark
_LOOKED_THROUGH = 50_000  # characters of a text in which a snippet is looked for

# Adjectives of places and those without a soft sign: «Курская», «гомельскому».
_ADJECTIVE = re.compile("ск(?:ий|ая|ое|ие|ого|ой|их|ому|им|ими|ом|ую|ою|ем)$", re.IGNORECASE)
_RUSSIAN = re.compile("[а-яё]+", re.IGNORECASE)
_SHORTEST_PLACE = 4

Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``marks`` are (start, end) of the found words in ``snippet``."""

    article_id: int
    title: str
    url: str
    source: str
    language: str | None
    published: date | datetime | None
    dated_at: datetime
    flagged: bool
    withdrawn: Withdrawn | None
    snippet: str
    marks: tuple[tuple[int, int], ...]

    @property
    def cursor(self) -> tuple[datetime, int]:
        """Where the next page begins: hand it to `search` as ``after``."""
        return self.dated_at, self.article_id


def search(
    session: Session,
    words: str,
    limit: int = 50,
    after: tuple[datetime, int] | None = None,
) -> list[Hit]:
    """Articles with all these words, in any of their forms, in title or text; newest first.

    Words that hold no letter or digit are passed over; without any other nothing is found.
    """
    wanted = terms(words)
    if not wanted:
        return []
    query = (
        select(ArticleRow, RevisionRow.text)
        .join(
            RevisionRow,
            (RevisionRow.article_id == ArticleRow.id) & (RevisionRow.number == ArticleRow.revision),
        )
        .where(
            matches(session, wanted),
            ArticleRow.redacted_at.is_(None),
            ArticleRow.merged_into_id.is_(None),
        )
        .order_by(ArticleRow.dated_at.desc(), ArticleRow.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(ArticleRow.dated_at, ArticleRow.id) < tuple_(*after))
    return [_hit(row, text, wanted) for row, text in session.execute(query)]


def terms(words: str, *, kin: bool = True) -> list[Term]:
    """For each word of a query the keys of which one must be there.

    ``kin``: a place also finds its adjective, «Воронеж» the «Воронежская область», and back.
    """
    found = []
    for word in _WORD.findall(languages.normalise(words)):
        forms = [word, *(_kin(word) if kin else ())]
        keys = (
            key
            for form in forms
            for part in languages.query_keys(form)
            for key in _column(part).split()
        )
        if distinct := tuple(dict.fromkeys(keys)):
            found.append(distinct)
    return found


def _kin(word: str) -> list[str]:
    if len(word) < _SHORTEST_PLACE or not _RUSSIAN.fullmatch(word):
        return []
    place = _ADJECTIVE.sub("", word)
    return [place] if place != word else [f"{word}ский"]


def matches(session: Session, wanted: list[Term]) -> ColumnElement[bool]:
    """The condition on `ArticleRow` that all terms are met."""
    if session.get_bind().dialect.name == "sqlite":
        query = " AND ".join("(" + " OR ".join(f'"{key}"' for key in term) + ")" for term in wanted)
        index = table("search_index", column("rowid"))
        return ArticleRow.id.in_(
            select(index.c.rowid).where(literal_column("search_index").op("MATCH")(query))
        )
    query = " & ".join("(" + " | ".join(f"'{key}'" for key in term) + ")" for term in wanted)
    found = literal_column("search.index_keys").op("@@")(cast(query, TSQUERY))
    return ArticleRow.id.in_(select(SearchRow.article_id).where(found))


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
    bare = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in keys.casefold())
    return " ".join(key[:_KEY_CHARACTERS] for key in bare.split())[:_ALL_CHARACTERS]


def _hit(row: ArticleRow, text: str, wanted: list[Term]) -> Hit:
    language = row.language or languages.detect(text)
    passage, marks = snippet(text, language, wanted)
    return Hit(
        article_id=row.id,
        title=row.title,
        url=row.url,
        source=row.source,
        language=row.language,
        published=row.published_at or row.published_on,
        dated_at=row.dated_at,
        flagged=row.flagged,
        withdrawn=row.withdrawn,
        snippet=passage,
        marks=marks,
    )


def snippet(
    text: str, language: str, wanted: list[Term]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage with the most different terms in it, the first of these; else the beginning.

    A word is found in the text by the keys under which the index has it.
    """
    # Forms of a word mostly begin alike; computing the keys of each word costs much more. Where
    # none does («люди» for «человек»), all are computed.
    found: list[tuple[int, int, int]] = []
    if wanted:
        begin = {key[:2] for term in wanted for key in term}
        found = _occurrences(text, language, wanted, begin) or _occurrences(
            text, language, wanted, None
        )
    if not found:
        return _cut(text, 0, _BEFORE + _AFTER, ())
    start = max(
        (one[0] for one in found),
        key=lambda at: (len({n for s, _, n in found if at <= s < at + _AFTER}), -at),
    )
    marks = tuple(dict.fromkeys((s, e) for s, e, _ in found if start <= s and e <= start + _AFTER))
    return _cut(text, max(0, start - _BEFORE), start + _AFTER, marks)


def _occurrences(
    text: str, language: str, wanted: list[Term], begin: set[str] | None
) -> list[tuple[int, int, int]]:
    """Start, end and number of the term for each word of the text that is looked for."""
    found = []
    for word in _WORD.finditer(text[:_LOOKED_THROUGH]):
        if begin is None or word[0][:2].lower().replace("ё", "е") in begin:
            keys = _keys(word[0], language)
            found += [
                (word.start(), word.end(), number)
                for number, term in enumerate(wanted)
                if not keys.isdisjoint(term)
            ]
    return found


@lru_cache(maxsize=50_000)
def _keys(word: str, language: str) -> frozenset[str]:
    return frozenset(_column(languages.search_keys(word, language)).split())


def _cut(
    text: str, start: int, end: int, marks: tuple[tuple[int, int], ...]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """text[start:end] widened to whole words, on one line, with an ellipsis where it is cut."""
    for _ in range(_KEY_CHARACTERS):  # a word, not a line of a megabyte without spaces
        start -= start > 0 and text[start - 1].isalnum()
        end += end < len(text) and text[end].isalnum()
    head = "… " if start else ""
    tail = " …" if end < len(text) else ""
    # One space for each, so that the marks stay where they are.
    passage = re.sub(r"\s", " ", text[start:end])
    shift = len(head) - start
    return f"{head}{passage}{tail}", tuple((s + shift, e + shift) for s, e in marks)

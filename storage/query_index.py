"""Words and phrases of a query as one question to the full-text index of either database.

Both indexes hold the same keys in the same places, so both answer alike.
"""

from __future__ import annotations

from itertools import product

from sqlalchemy import Select, String, cast, column, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from storage.query_terms import And, Node, Or, Phrase, Word
from storage.search import Term, terms
from storage.tables import SearchRow

# A word of unknown language has up to three keys, and neither index takes alternatives within a
# phrase, so that a longer phrase is asked for as overlapping ones of this length.
_SIDE_BY_SIDE = 4


def is_text(node: Node) -> bool:
    """Whether the index alone can answer."""
    if isinstance(node, And | Or):
        return all(is_text(part) for part in node.parts)
    return isinstance(node, Word | Phrase)


def terms_of(node: Node) -> list[Term]:
    """For each word or phrase word the keys of which one must be there."""
    if isinstance(node, Word | Phrase):
        return _terms(node)
    if isinstance(node, And | Or):
        return [term for part in node.parts for term in terms_of(part)]
    return []


def _terms(node: Node) -> list[Term]:
    if isinstance(node, Word):
        return terms(node.text)
    return terms(node.text, kin=False) if isinstance(node, Phrase) else []


def found(session: Session, node: Node) -> Select[int] | None:
    """The ids of the articles whose keys answer; None where no word can be looked for."""
    if session.get_bind().dialect.name == "sqlite":
        return in_sqlite(_for_sqlite(node))
    return in_postgresql(_for_postgresql(node), alone=isinstance(node, And | Phrase))


def in_titles(session: Session, term: Term) -> Select[int]:
    """The ids of the articles with the term in their title."""
    if session.get_bind().dialect.name == "sqlite":
        found = in_sqlite("title_keys : (" + " OR ".join(f'"{key}"' for key in term) + ")")
    else:
        found = in_postgresql("(" + " | ".join(f"'{key}':A" for key in term) + ")")
    assert found is not None  # noqa: S101 - the question is not empty
    return found


def in_sqlite(question: str) -> Select[int] | None:
    """The rows that FTS5 finds."""
    if not question:
        return None
    index = table("search_index", column("rowid"))
    matching = literal_column("search_index").op("MATCH")(literal(question, String))
    return select(index.c.rowid).where(matching)


def in_postgresql(question: str, *, alone: bool = False) -> Select[int] | None:
    """The rows that the GIN index finds.

    ``alone``: it is asked before and apart from all else. The planner guesses how many articles
    have several words together as if they were independent; where there are few, it would look
    for them one by one through all articles.
    """
    if not question:
        return None
    matching = literal_column("search.index_keys").op("@@")(cast(question, TSQUERY))
    found = select(SearchRow.article_id).where(matching)
    # PostgreSQL joins no subquery that has an offset into the query around it.
    return found.offset(literal_column("0")) if alone else found


def _for_sqlite(node: Node) -> str:
    if isinstance(node, And | Or):
        joined = " AND " if isinstance(node, And) else " OR "
        return _joined([_for_sqlite(part) for part in node.parts], joined)
    wanted = _terms(node)
    if isinstance(node, Word):
        return _joined([_joined([f'"{key}"' for key in term], " OR ") for term in wanted], " AND ")
    return _joined(
        [
            _joined(['"' + " ".join(keys) + '"' for keys in product(*window)], " OR ")
            for window in _windows(wanted)
        ],
        " AND ",
    )


def _for_postgresql(node: Node) -> str:
    if isinstance(node, And | Or):
        joined = " & " if isinstance(node, And) else " | "
        return _joined([_for_postgresql(part) for part in node.parts], joined)
    wanted = _terms(node)
    if isinstance(node, Word):
        return _joined([_joined([f"'{key}'" for key in term], " | ") for term in wanted], " & ")
    # Title and text follow each other in the column; a phrase lies in one of them.
    return _joined(
        [
            _joined(
                [
                    _joined([f"'{key}':{part}" for key in keys], " <-> ")
                    for keys in product(*window)
                    for part in "AB"
                ],
                " | ",
            )
            for window in _windows(wanted)
        ],
        " & ",
    )


def _windows(wanted: list[Term]) -> list[list[Term]]:
    last = max(1, len(wanted) - _SIDE_BY_SIDE + 1) if wanted else 0
    return [wanted[start : start + _SIDE_BY_SIDE] for start in range(last)]


def _joined(parts: list[str], by: str) -> str:
    real = [part for part in parts if part]
    return real[0] if len(real) == 1 else f"({by.join(real)})" if real else ""

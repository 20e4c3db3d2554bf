"""A typed query as a condition on articles, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import singledispatch
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage import query_index
from storage.labels import labelled
from storage.query_terms import (
    Amount,
    And,
    Before,
    Is,
    Kind,
    Language,
    Node,
    Not,
    Nothing,
    Or,
    Organization,
    Party,
    Person,
    Phrase,
    Since,
    Source,
    Stage,
    Story,
    Word,
)
from storage.tables import AmountRow, ArticleRow, KindRow, PartyRow, PersonRow, RevisionRow
from storage.times import moment_of

Condition = ColumnElement[bool]

# Written out, not bound: SQLite uses an index over a part of a table only for constants.
ANNOUNCED = ArticleRow.notice.in_([literal_column("'new'"), literal_column("'follow_up'")])

ITEMS: tuple[Condition, ...] = (ArticleRow.flagged == true(),)

_EDITED = select(RevisionRow.article_id).where(
    RevisionRow.number > 1, RevisionRow.cosmetic.is_(False)
)
_STATES: dict[str, Condition] = {
    "item": ArticleRow.flagged == true(),
    "new": and_(ANNOUNCED, ArticleRow.flagged == true()),
    "unseen": ArticleRow.marked_at.is_(None),
    "seen": ArticleRow.marked_at.is_not(None),
    "withdrawn": ArticleRow.withdrawn.is_not(None),
    "edited": ArticleRow.id.in_(_EDITED),
}
_CODE = re.compile(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{1,3})?")
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}


def shown() -> list[Condition]:
    """What no door shows: redacted articles and those that were merged into another."""
    return [ArticleRow.redacted_at.is_(None), ArticleRow.merged_into_id.is_(None)]


def condition(session: Session, node: Node) -> Condition:
    """The condition on `ArticleRow`; the session is asked for names that are written alike."""
    return _condition(node, session)


def folded(name: str) -> str:
    """A name as it is compared: without case and ё."""
    return name.casefold().replace("ё", "е")


@singledispatch
def _condition(node: Node, _session: Session) -> Condition:
    raise TypeError(f"{type(node).__name__} is no part of a query")


@_condition.register
def _(_node: Nothing, _session: Session) -> Condition:
    return true()


@_condition.register(Word)
@_condition.register(Phrase)
def _(node: Word | Phrase, session: Session) -> Condition:
    found = query_index.found(session, node)
    return false() if found is None else ArticleRow.id.in_(found)


@_condition.register
def _(node: And, session: Session) -> Condition:
    """Words that stand together are one question to the index."""
    texts = tuple(part for part in node.parts if query_index.is_text(part))
    others = [part for part in node.parts if not query_index.is_text(part)]
    parts = [condition(session, part) for part in others]
    if texts:
        found = query_index.found(session, And(texts))
        parts.append(false() if found is None else ArticleRow.id.in_(found))
    return and_(*parts)


@_condition.register
def _(node: Or, session: Session) -> Condition:
    if query_index.is_text(node):
        found = query_index.found(session, node)
        return false() if found is None else ArticleRow.id.in_(found)
    return or_(*(condition(session, part) for part in node.parts))


@_condition.register
def _(node: Not, session: Session) -> Condition:
    # A comparison with an empty column is neither true nor false: then it does not hold.
    return not_(func.coalesce(condition(session, node.part), false()))


@_condition.register
def _(node: Party, session: Session) -> Condition:
    if _CODE.fullmatch(node.value):
        code = node.value.upper()
        wanted = PartyRow.code == code
        if "-" not in code:
            wanted = or_(wanted, PartyRow.code.in_(_regions(session, code)))
    else:
        wanted = _named(session, PartyRow.name, node.value)
    return ArticleRow.id.in_(select(PartyRow.article_id).where(wanted))


@_condition.register
def _(node: Organization, session: Session) -> Condition:
    named = _named(session, PartyRow.name, node.value)
    return ArticleRow.id.in_(
        select(PartyRow.article_id).where(PartyRow.kind == "organization", named)
    )


@_condition.register
def _(node: Person, session: Session) -> Condition:
    named = _named(session, PersonRow.name, node.value)
    return ArticleRow.id.in_(select(PersonRow.article_id).where(named))


@_condition.register
def _(node: Kind, _session: Session) -> Condition:
    return ArticleRow.id.in_(select(KindRow.article_id).where(KindRow.kind == node.value))


@_condition.register
def _(node: Amount, _session: Session) -> Condition:
    found = select(AmountRow.article_id).where(
        _COMPARE[node.comparison](AmountRow.value, node.value)
    )
    if node.currency is not None:
        found = found.where(AmountRow.currency == node.currency)
    return ArticleRow.id.in_(found)


@_condition.register
def _(node: Stage, _session: Session) -> Condition:
    return ArticleRow.stage == node.value


@_condition.register
def _(node: Source, _session: Session) -> Condition:
    return ArticleRow.source == node.value


@_condition.register
def _(node: Language, _session: Session) -> Condition:
    return ArticleRow.language == node.value


@_condition.register
def _(node: Story, _session: Session) -> Condition:
    return ArticleRow.story_id == node.value


@_condition.register
def _(node: Since, _session: Session) -> Condition:
    return ArticleRow.dated_at >= moment_of(node.day)


@_condition.register
def _(node: Before, _session: Session) -> Condition:
    return ArticleRow.dated_at < moment_of(node.day)


@_condition.register
def _(node: Is, _session: Session) -> Condition:
    if node.value in {"relevant", "irrelevant"}:
        return ArticleRow.id.in_(labelled(node.value))
    return _STATES[node.value]


def _regions(session: Session, country: str) -> list[str]:
    """The codes in use that lie in the country."""
    codes = session.scalars(select(PartyRow.code).where(PartyRow.code.is_not(None)).distinct())
    return [code for code in codes if code is not None and code.startswith(f"{country}-")]


def _named(session: Session, column: InstrumentedAttribute[str], value: str) -> Condition:
    """Names that hold these letters. SQLite knows the case of Latin ones only: compared here."""
    wanted = folded(value)
    names: Select[str] = select(column).distinct()
    return column.in_([name for name in session.scalars(names) if wanted in folded(name)])

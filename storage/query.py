"""The query language of all doors: a line of text becomes one typed query.

    лифт Курск                      both words, in any of their forms
    "протокол намерений"            these words side by side, in this order
    лифт OR эскалатор -тендер       one of two, without a third; brackets group
    party:RU-KRS kind:agreement     fields, see `storage.query_fields`
    since:2022 until:2023-06        a year, a month or a day, both ends included

Reading a query does no work on a database. A mistake raises QueryError, which knows its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storage.query_fields import ALIASES, Condition, condition
from storage.query_terms import And, Node, Not, Nothing, Or, Phrase, QueryError, Word

__all__ = [
    "And",
    "Condition",
    "Node",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Query",
    "QueryError",
    "Word",
    "narrowed",
    "parse",
    "words",
]

LONGEST = 1_000  # characters
MOST_PARTS = 60  # words and fields
DEEPEST = 12  # brackets within brackets

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<open>\()|(?P<close>\))
    |(?P<not>-(?=\S))
    |(?P<field>[^\W\d_][\w-]*):(?P<value>(?:[<>]=?|=)?(?:"[^"]*"|«[^»]*»|“[^”]*”|[^\s()"«“])*)
    |(?P<phrase>"[^"]*"|«[^»]*»|“[^”]*”)
    |(?P<unclosed>["«“])
    |(?P<word>[^\s()"«“]+)
    )""",
    re.VERBOSE,
)
_OR = frozenset({"OR", "ИЛИ", "АБО", "|"})
_AND = frozenset({"AND", "И", "І", "&"})
_NOT = frozenset({"NOT", "НЕ"})
_QUOTES = '"«»“”'
_SEARCHED = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood: its text as given, and what it asks for."""

    text: str
    root: Node

    @property
    def empty(self) -> bool:
        """Whether it asks for everything."""
        return isinstance(self.root, Nothing)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    field: str = ""
    value_start: int = 0


@lru_cache(maxsize=1_000)
def parse(text: str) -> Query:
    """The query that the text asks for; an empty text asks for everything.

    Raises QueryError, whose str() says what is wrong and points at the place.
    """
    if len(text) > LONGEST:
        raise QueryError("too_long", text, LONGEST, len(text), {"limit": str(LONGEST)})
    tokens = list(_tokens(text))
    if len(tokens) > MOST_PARTS:
        extra = tokens[MOST_PARTS]
        raise QueryError("too_many", text, extra.start, len(text), {"limit": str(MOST_PARTS)})
    return Query(text, _Reader(text, tokens).whole())


def narrowed(text: str, *conditions: str) -> str:
    """The query's text with further conditions that must hold too; empty ones are passed over."""
    return " ".join(part for part in (*text.split(), *conditions) if part)


def words(node: Node) -> Iterator[Word | Phrase]:
    """The words and phrases that a result may show, those after a minus left out."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from words(part)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        assert match is not None  # noqa: S101 - the pattern takes any character
        at = match.end()
        kind = str(match.lastgroup if match["field"] is None else "field")
        start, end = match.span(kind)
        if kind == "unclosed":
            raise QueryError("unclosed_quote", text, start, len(text))
        if kind == "field":
            if _is_address(match["field"], match["value"]):
                kind, end = "word", match.end("value")
            else:
                yield _Token(kind, match["value"], start, at, match["field"], match.start("value"))
                continue
        yield _Token(kind, text[start:end], start, end)


def _is_address(name: str, value: str) -> bool:
    return name.lower() in {"http", "https"} and value.startswith("//")


class _Reader:
    """Reads tokens from left to right; OR joins its two neighbours, as in search engines."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        if not self._tokens:
            return Nothing()
        found = self._both()
        left = self._next()
        if left is not None:
            raise self._error("unopened_bracket", left)
        return found

    def _both(self) -> Node:
        parts = []
        while (token := self._next()) is not None and token.kind != "close":
            if _is(token, _AND):
                self._at += 1
            else:
                parts.append(self._either(token))
        if not parts:
            raise self._error("empty_brackets", self._next() or self._tokens[-1])
        return _joined(And, parts)

    def _either(self, token: _Token) -> Node:
        if _is(token, _OR):
            raise self._error("nothing_beside_or", token)
        parts = [self._one(token)]
        while (between := self._next()) is not None and _is(between, _OR):
            self._at += 1
            token_after = self._next()
            if token_after is None or token_after.kind == "close" or _is(token_after, _OR | _AND):
                raise self._error("nothing_beside_or", between)
            parts.append(self._one(token_after))
        return _joined(Or, parts)

    def _one(self, token: _Token) -> Node:
        self._at += 1
        if token.kind == "not" or _is(token, _NOT):
            following = self._next()
            if following is None or following.kind == "close" or _is(following, _OR):
                raise self._error("nothing_after_not", token)
            inner = self._one(following)
            return inner if isinstance(inner, Nothing) else Not(inner)
        if token.kind == "open":
            return self._brackets(token)
        if token.kind == "field":
            return self._field(token)
        bare = token.text.strip(_QUOTES)
        if not _SEARCHED.search(bare):
            if token.kind == "phrase":
                raise self._error("empty_phrase", token)
            return Nothing()  # a dash or another sign between words
        return Phrase(bare) if token.kind == "phrase" else Word(bare)

    def _brackets(self, token: _Token) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("too_deep", token)
        inner = self._both()
        if self._next() is None:
            raise self._error("unclosed_bracket", token)
        self._at += 1
        self._depth -= 1
        return inner

    def _field(self, token: _Token) -> Node:
        name = ALIASES.get(token.field.lower().replace("ё", "е"))
        end = token.start + len(token.field)
        if name is None:
            raise QueryError.unknown_field(self._text, token.start, end, token.field, ALIASES)
        if not token.text.strip(_QUOTES + "<>="):
            raise QueryError("no_value", self._text, token.start, token.end, {"field": token.field})
        return condition(name, token.text, self._text, token.value_start)

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _error(self, code: str, token: _Token) -> QueryError:
        return QueryError(code, self._text, token.start, token.end, {"part": token.text})


def _joined(how: type[And | Or], parts: list[Node]) -> Node:
    found = tuple(part for part in parts if not isinstance(part, Nothing))
    if not found:
        return Nothing()
    return found[0] if len(found) == 1 else how(found)


def _is(token: _Token, operators: frozenset[str]) -> bool:
    return token.kind == "word" and token.text in operators

"""What the readers of organisations share: a line of text as tokens, a mention found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from cooperation.assessment import Field

Taken = list[tuple[int, int]]
"""Spans that no new name may touch: people, and names already found."""

_TOKEN: Final = re.compile(
    r"\"[^\"\n]{2,90}\"|[^\W_][\w\xad'-]*(?:\.(?=[А-ЯЁІЎ]\.|[А-ЯЁ][а-яё]))?|№\s?\d+|[^\s\w]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One mention: the name in the nominative and where the text has it."""

    name: str
    field: Field
    start: int
    end: int


class Token(NamedTuple):
    """A word, a whole quotation or a mark of the line."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_quotation(self) -> bool:
        return self.text[0] == '"' and len(self.text) > 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the normalised text ``plain``: its tokens, and the spans that are taken."""

    plain: str
    field: Field
    language: str
    tokens: tuple[Token, ...]
    taken: Taken

    def word(self, index: int) -> str:
        """The token's text; "" beyond the line's ends."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_free(self, start: int, end: int) -> bool:
        return is_free(start, end, self.taken)

    def text(self, first: int, last: int) -> str:
        """The text from the first to the last token, without the marks that only keep offsets."""
        return self.plain[self.tokens[first].start : self.tokens[last].end].replace("\xad", "")


def is_free(start: int, end: int, taken: Taken) -> bool:
    """Whether ``start`` to ``end`` touches none of the taken spans."""
    return not any(s < end and start < e for s, e in taken)


def lines(plain: str, field: Field, language: str, taken: Taken) -> list[Line]:
    """The lines of a normalised text; all share ``taken``."""
    found = []
    offset = 0
    for line in plain.split("\n"):
        tokens = tuple(Token(offset + m.start(), m.group()) for m in _TOKEN.finditer(line))
        found.append(Line(plain, field, language, tokens, taken))
        offset += len(line) + 1
    return found

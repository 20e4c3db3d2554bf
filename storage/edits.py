"""What an edit changed, word by word, for every door that shows it."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate, chain, groupby, pairwise
from typing import Literal

from storage.content import words
from storage.record import ArticleView, Revision
from storage.times import day_of

_TOKEN = re.compile(r"\n|\w+(?:[-'’ʼ]\w+)*|[^\w\s]")
_LINE_BREAK = re.compile(r"\s*\n\s*")
# Comparisons of two tokens that one difference may cost, some tenths of a second. Without a bound
# two pages of repeated words take minutes.
_BUDGET = 4_000_000
# So few words in common between two longer changes are chance («и», «в»), not what stayed.
_CHANCE = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed, was removed or was added; a line break is a newline.

    ``cosmetic``: together with its neighbour of the other kind it says the same words.
    """

    kind: Literal["same", "removed", "added"]
    text: str
    cosmetic: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The step from one revision to the next; what did not change is empty or None.

    ``files`` and ``images`` are their addresses, those that stayed left out.
    """

    before: Revision
    after: Revision
    title: list[Part]
    text: list[Part]
    published: tuple[date | datetime | None, date | datetime | None] | None
    files: list[Part]
    images: list[Part]


def edits(view: ArticleView) -> list[Edit]:
    """Every edit of the article, oldest first; none of a redacted one."""
    return [_edit(before, after) for before, after in pairwise(view.revisions)]


def difference(before: str, after: str) -> list[Part]:
    """What an edit changed, by words, in order; empty for equal texts.

    Nothing is left out: what would take too long to compare is shown as removed and added whole.
    How many spaces stand between two words does not count.
    """
    old, new = _tokens(before), _tokens(after)
    if old == new:
        return []
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    changed = _compared(old[start : len(old) - end], new[start : len(new) - end])
    steps = [(old[:start], new[:start]), *changed, (old[len(old) - end :], new[len(new) - end :])]
    return list(_parts(_without_chance(_joined(steps))))


def shortened(parts: Iterable[Part], around: int = 120) -> list[Part]:
    """The parts with each long stretch that stayed cut to so many characters at either end."""
    found = list(parts)
    last = len(found) - 1
    for index, part in enumerate(found):
        if part.kind == "same":
            head = around if index else 0
            tail = around if index < last else 0
            found[index] = replace(part, text=_cut(part.text, head, tail))
    return found


# Tokens as `_tokens` gives them; a step has those before and those after.
_Tokens = Sequence[str]
_Step = tuple[_Tokens, _Tokens]


class _Matcher(difflib.SequenceMatcher[str]):
    """Stops looking for what two sequences have in common when the budget is spent."""

    def __init__(self, old: _Tokens, new: _Tokens, budget: list[int]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._budget = budget
        often = Counter(new)
        self._until = list(accumulate((1 + often[one] for one in old), initial=0))

    @property
    def cost(self) -> int:
        """Comparisons that one look at everything takes."""
        return self._until[-1]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        """The longest common run within the bounds; an empty one if there is no budget left."""
        cost = self._until[-1 if ahi is None else ahi] - self._until[alo]
        if cost > self._budget[0]:
            return difflib.Match(alo, blo, 0)
        self._budget[0] -= cost
        return super().find_longest_match(alo, ahi, blo, bhi)


def _edit(before: Revision, after: Revision) -> Edit:
    days = tuple(None if at is None else day_of(at) for at in (before.published, after.published))
    return Edit(
        before=before,
        after=after,
        title=difference(before.title, after.title),
        text=difference(before.text, after.text),
        published=None if days[0] == days[1] else (before.published, after.published),
        files=_listed(before.files, after.files),
        images=_listed(before.images, after.images),
    )


def _listed(before: Sequence[str], after: Sequence[str]) -> list[Part]:
    removed = [Part("removed", one) for one in before if one not in after]
    return [*removed, *(Part("added", one) for one in after if one not in before)]


def _tokens(text: str) -> list[str]:
    """Words, signs and line breaks; a space before one of them goes with it."""
    text = _LINE_BREAK.sub("\n", text.strip())
    found, end = [], 0
    for match in _TOKEN.finditer(text):
        found.append(f" {match[0]}" if match.start() > end else match[0])
        end = match.end()
    return found


def _bare(tokens: _Tokens) -> list[str]:
    return [token.removeprefix(" ") for token in tokens]


def _common(old: _Tokens, new: _Tokens) -> int:
    """How many tokens both begin with."""
    for index, (a, b) in enumerate(zip(_bare(old), _bare(new), strict=False)):
        if a != b:
            return index
    return min(len(old), len(new))


def _compared(old: _Tokens, new: _Tokens) -> list[_Step]:
    """The steps from the one to the other: by words, or first by lines if that costs too much."""
    budget = [_BUDGET]
    matcher = _Matcher(_bare(old), _bare(new), budget)
    # Each common run that is found halves what is left to be looked at, more or less.
    if matcher.cost <= _BUDGET / 8:
        return _steps(matcher, old, new)
    old_lines, new_lines = _lines(old), _lines(new)
    by_lines = _Matcher(
        ["".join(line) for line in old_lines], ["".join(line) for line in new_lines], budget
    )
    steps: list[_Step] = []
    for _, i, j, k, m in by_lines.get_opcodes():
        a = list(chain.from_iterable(old_lines[i:j]))
        b = list(chain.from_iterable(new_lines[k:m]))
        steps += [(a, b)] if a == b else _steps(_Matcher(_bare(a), _bare(b), budget), a, b)
    return steps


def _steps(matcher: _Matcher, old: _Tokens, new: _Tokens) -> list[_Step]:
    return [(old[i:j], new[k:m]) for _, i, j, k, m in matcher.get_opcodes()]


def _lines(tokens: _Tokens) -> list[_Tokens]:
    """The tokens by lines, each with the line break that ends it."""
    ends = [number for number, one in enumerate(tokens, start=1) if one == "\n"]
    return [tokens[start:end] for start, end in pairwise([0, *ends, len(tokens)])]


def _stayed(step: _Step) -> bool:
    return _bare(step[0]) == _bare(step[1])


def _joined(steps: Iterable[_Step]) -> list[_Step]:
    """Neighbours of the same sort in one step, empty ones left out."""
    runs = (list(run) for _, run in groupby((s for s in steps if s[0] or s[1]), key=_stayed))
    return [
        (
            list(chain.from_iterable(old for old, _ in run)),
            list(chain.from_iterable(new for _, new in run)),
        )
        for run in runs
    ]


def _without_chance(steps: list[_Step]) -> list[_Step]:
    """The steps with what two longer changes have in common by chance counted as changed."""
    kept: list[_Step] = []
    for index, (old, new) in enumerate(steps):
        around = [*steps[max(index - 1, 0) : index], *steps[index + 1 : index + 2]]
        if (
            len(around) == 2
            and len(old) <= _CHANCE
            and "\n" not in old
            and _stayed((old, new))
            and all(min(len(a), len(b)) > len(old) for a, b in around)
        ):
            kept += [(old, []), ([], new)]  # no longer equal: joined to its neighbours
        else:
            kept.append((old, new))
    return _joined(kept)


def _parts(steps: Iterable[_Step]) -> Iterator[Part]:
    for old, new in steps:
        if not _stayed((old, new)):
            yield from _changed("".join(old), "".join(new))
            continue
        # The space before the first token belongs to the change before it.
        pairs = list(zip([new[0], *old[1:]], new, strict=True))
        for same, run in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
            befores, afters = zip(*run, strict=True)
            if same:
                yield Part("same", "".join(afters))
            else:
                yield from _changed("".join(befores), "".join(afters))


def _changed(removed: str, added: str) -> Iterator[Part]:
    cosmetic = words(removed) == words(added)
    if removed:
        yield Part("removed", removed, cosmetic)
    if added:
        yield Part("added", added, cosmetic)


def _cut(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail + 20:  # an ellipsis in place of a word or two helps nobody
        return text
    first = text[:head].rsplit(" ", 1)[0] if head else ""
    last = text[-tail:].split(" ", 1)[-1] if tail else ""
    return f"{first} … {last}".lstrip() if tail else f"{first} …"

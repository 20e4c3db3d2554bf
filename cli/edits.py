"""What was changed in an article, word by word, for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cli.article import is_redacted, what_changed
from cli.output import console, local
from storage.edits import Edit, Part, edits, shortened
from storage.record import ArticleView

_BRACKETS = {"removed": "[-{}-]", "added": "{{+{}+}}"}
_COSMETIC = {"removed": "[~{}~]", "added": "{{~{}~}}"}
_STYLES = {"removed": "red strike", "added": "green"}


def print_edits(view: ArticleView) -> None:
    """What each revision changed, the newest last.

    Brackets carry the meaning, so that a pipe and a printer keep it: ``[-removed-]``,
    ``{+added+}``; ``[~was~]{~is~}`` where the words are the same; ``¶`` is a line break.
    """
    out = console()
    if is_redacted(out, view):
        return
    first = view.revisions[0]
    out.print(Text(first.title, style="bold"))
    out.print(Text(f"{local(first.published)}  {view.source}  {view.url}", style="dim"))
    out.print(Text(f"\nRevision 1, first seen {local(first.seen_at)}", style="bold"))
    for edit in edits(view):
        number, at = edit.after.number, local(edit.after.seen_at)
        heading = f"\nRevision {number}, seen {at}: {what_changed(edit.after)}"
        out.print(Text(heading, style="bold"))
        _print_edit(out, edit)
    if len(view.revisions) == 1:
        out.print("No change was seen since.")


def _print_edit(out: Console, edit: Edit) -> None:
    days = []
    if edit.published is not None:
        before, after = map(local, edit.published)
        days = [Part("removed", before), Part("added", f" {after}")]
    rows = [
        ("title", edit.title),
        ("date", days),
        *(("file", [part]) for part in edit.files),
        *(("image", [part]) for part in edit.images),
        ("text", shortened(edit.text)),
    ]
    for heading, parts in rows:
        if parts:
            line = Text.assemble((f"{heading:6}", "dim"), *_marked(parts))
            out.print(Padding(line, (0, 0, 0, 2), expand=False))


def _marked(parts: Iterable[Part]) -> Iterable[str | tuple[str, str]]:
    before = ""
    for part in parts:
        if part.kind == "same":
            yield part.text
        else:
            inner = part.text.lstrip(" ")
            if (before, part.kind) != ("removed", "added"):  # what replaces stands close
                yield part.text[: len(part.text) - len(inner)]
            lines = inner.replace("\n", "¶\n")
            brackets = _COSMETIC if part.cosmetic else _BRACKETS
            style = "dim" if part.cosmetic else _STYLES[part.kind]
            yield brackets[part.kind].format(lines.removesuffix("\n")), style
            yield "\n" if lines.endswith("\n") else ""
        before = part.kind

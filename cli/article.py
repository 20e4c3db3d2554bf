"""One article for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from cli.output import console, local
from cli.rows import NOTICES
from cooperation.assessment import Assessment, Evidence
from storage.labels import Label
from storage.record import ArticleView, Revision


def print_article(view: ArticleView, said: Sequence[Label] = (), *, why: bool) -> None:
    """Title, facts and text; with ``why`` the evidence is marked and its rules are listed.

    ``said`` are its labels, oldest first: the last one holds against the detector.
    """
    out = console()
    if is_redacted(out, view):
        return
    evidence = view.assessment.evidence if why and view.assessment else ()
    out.print(_marked(view.present.title, evidence, "title", "bold"))
    out.print(Text(f"{local(view.published)}  {view.source}  {view.url}", style="dim"))
    out.print()
    if said and said[-1].verdict is not None:
        last = said[-1]
        noted = f": {last.note}" if last.note else ""
        out.print(Text(f"Labelled {last.verdict} on {local(last.labelled_at)}{noted}"))
    if view.assessment is not None:
        _print_assessment(out, view.assessment, view)
    out.print(_marked(view.present.text, evidence, "body", ""))
    for one in evidence:
        out.print(Text(f"  {one.weight:+.2f} {one.rule}: «{one.text}»"), soft_wrap=False)
    out.print()
    _print_history(out, view)


def is_redacted(out: Console, view: ArticleView) -> bool:
    """Whether there is nothing to print of the article but this notice."""
    if view.redacted_at is None:
        return False
    out.print(f"Article {view.id} was redacted on {local(view.redacted_at)}.", style="bold")
    out.print(f"Reason: {view.redacted_because}")
    return True


def what_changed(revision: Revision) -> str:
    """What sort of change made this revision."""
    if revision.reverts is not None:
        return f"taken back to revision {revision.reverts}"
    return "cosmetic change" if revision.cosmetic else "changed"


def _print_assessment(out: Console, found: Assessment, view: ArticleView) -> None:
    if not found.cooperation:
        out.print(f"The detector sees no cooperation item (score {found.score:.2f}).\n")
        return
    notice = NOTICES.get(view.notice or "", "")
    lines = [
        ("Item", f"score {found.score:.2f}  {notice}"),
        ("Kinds", ", ".join(found.kinds) + (f" ({found.stage})" if found.stage else "")),
        ("Parties", ", ".join([*found.parties.countries, *found.parties.regions])),
        ("Organisations", "; ".join(found.parties.organizations)),
        ("People", "; ".join(" – ".join(filter(None, (p.name, p.post))) for p in found.persons)),
        (
            "Sums",
            "; ".join(f"{a.qualifier} {a.value:,.0f} {a.currency}" for a in found.amounts),
        ),
        ("Dates", ", ".join(found.event_dates)),
    ]
    for heading, value in lines:
        if value.strip():
            out.print(Text(f"{heading + ':':15}{value}"))
    out.print()


def _print_history(out: Console, view: ArticleView) -> None:
    lines = [f"first seen {local(view.first_seen_at)}, last seen {local(view.last_seen_at)}"]
    lines += [_line_of(revision) for revision in view.revisions if _tells(revision)]
    for absence in view.withdrawals:
        lines.append(f"{absence.kind}: suspected {local(absence.suspected_at)}")
        if absence.confirmed_at:
            lines[-1] += f", confirmed {local(absence.confirmed_at)}"
        if absence.returned_at:
            lines[-1] += f", returned {local(absence.returned_at)}"
    lines.append(f"layout {view.present.layout}; fields: {_rules(view.present.provenance)}")
    lines += [f"also at {url}" for url in view.aliases if url != view.url]
    if view.story is not None:
        for word, others in (
            ("same story", view.story.others),
            ("follows", view.story.follows),
            ("followed by", view.story.followed_by),
        ):
            lines += [f"{word}: {one.id} {local(one.published)} {one.title}" for one in others]
    for line in lines:
        out.print(Text(line, style="dim"))


def _tells(revision: Revision) -> bool:
    return revision.number > 1 or revision.reread_at is not None


def _line_of(revision: Revision) -> str:
    line = f"revision {revision.number} seen {local(revision.seen_at)}"
    if revision.number > 1:
        line += f": {what_changed(revision)}"
    if revision.reread_at is not None:
        line += f", read again from the archive {local(revision.reread_at)}"
    return line


def _rules(provenance: dict[str, str]) -> str:
    return ", ".join(f"{field} by {rule}" for field, rule in provenance.items())


def _marked(text: str, evidence: Iterable[Evidence], field: str, style: str) -> Text:
    """The text with ⟦evidence⟧ marked: by brackets too, which a pipe and a printer keep."""
    marked, position = Text(style=style), 0
    for start, end in _merged((one.start, one.end) for one in evidence if one.field == field):
        marked.append(text[position:start])
        marked.append(f"⟦{text[start:end]}⟧", style="bold reverse")
        position = end
    return marked.append(text[position:])


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

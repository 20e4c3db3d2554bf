"""What is printed of an item, a hit, a source: plain keys for programs, columns for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.output import Column, Row, local
from crawler.source import Source
from storage.finding import Found
from storage.items import Item, Party
from storage.sources import CrawlState, SourceState

NOTICES = {
    "new": "NEW",
    "follow_up": "FOLLOW-UP",
    "same_story": "SAME STORY",
    "found_late": "FOUND LATE",
    "baseline": "baseline",
}


def item_row(item: Item) -> dict[str, Any]:
    """An item with its facts and its evidence; keys as in the labelled sets."""
    return {
        "id": item.id,
        "published": item.published,
        "title": item.title,
        "url": item.url,
        "source": item.source,
        "language": item.language,
        "notice": item.notice,
        "score": round(item.score, 4),
        "kinds": list(item.kinds),
        "stage": item.stage,
        "countries": _codes(item.parties, "country"),
        "regions": _codes(item.parties, "region"),
        "organizations": [p.name for p in item.parties if p.kind == "organization"],
        "amounts": [f"{a.qualifier} {a.value:g} {a.currency}" for a in item.amounts],
        "evidence": list(dict.fromkeys(e.text for e in item.evidence)),
        "first_seen": item.first_seen_at,
        "seen": item.seen_at,
        "story": item.story_id,
        "withdrawn": item.withdrawn,
    }


ITEM_COLUMNS = [
    Column("ID", lambda row: str(row["id"]), justify="right", wrap=False),
    Column("Date", lambda row: local(row["published"])[:10], wrap=False),
    Column("Title", lambda row: row["title"] + _state(row)),
    Column("Kinds", lambda row: ", ".join(row["kinds"])),
    Column("Parties", lambda row: ", ".join(row["regions"] + _without_region(row))),
    Column("", lambda row: NOTICES.get(row["notice"], ""), wrap=False),
]


def found_row(found: Found) -> dict[str, Any]:
    """An article that was found; ``snippet`` has the found words between « and »."""
    return {
        "id": found.item.id,
        "published": found.item.published,
        "title": found.item.title,
        "url": found.item.url,
        "source": found.item.source,
        "language": found.item.language,
        "item": found.flagged,
        "withdrawn": found.item.withdrawn,
        "snippet": _marked(found.snippet, found.marks),
    }


FOUND_COLUMNS = [
    Column("ID", lambda row: str(row["id"]), justify="right", wrap=False),
    Column("Date", lambda row: local(row["published"])[:10], wrap=False),
    Column("Item", lambda row: "yes" if row["item"] else "", wrap=False),
    Column("Title and passage", lambda row: f"{row['title']}{_state(row)}\n{row['snippet']}"),
]


def source_row(source: Source, state: SourceState | None) -> dict[str, Any]:
    """A source with its last and next visit; the reason of a failure in words."""
    last = state.last_crawl if state else None
    return {
        "source": source.key,
        "enabled": source.enabled,
        "verified": source.verified,
        "baseline": state.baseline_at if state else None,
        "last_visit": last.started_at if last else None,
        "outcome": _outcome(last),
        "reason": last.reason if last else "",
        "last_success": state.last_success_at if state else None,
        "next_visit": state.due_at if state else None,
        "quarantined": state.quarantined if state else 0,
        "fallback": last.stats.get("layout/generic", 0) if last else 0,
        "empty": {
            name: last.stats.get(f"empty/{name}", 0) if last else 0
            for name in ("text", "published", "language")
        },
    }


def _next_visit(row: Row) -> str:
    if not row["enabled"]:
        return "disabled"
    return local(row["next_visit"]) if row["next_visit"] else "at once"


SOURCE_COLUMNS = [
    Column("Source", lambda row: row["source"], wrap=False),
    Column("Last visit", lambda row: local(row["last_visit"]), wrap=False),
    Column("Outcome", lambda row: f"{row['outcome']} {row['reason']}".strip() + _kept(row)),
    Column("Next visit", _next_visit, wrap=False),
    Column("Baseline", lambda row: local(row["baseline"]), wrap=False),
    Column("Verified", lambda row: "yes" if row["verified"] else "no", wrap=False),
]


def _kept(row: Row) -> str:
    return f"; {row['quarantined']} in quarantine" if row["quarantined"] else ""


def _outcome(last: CrawlState | None) -> str:
    if last is None:
        return "never visited"
    return last.outcome or "under way"


def _codes(parties: Iterable[Party], kind: str) -> list[str]:
    return [party.code for party in parties if party.kind == kind and party.code]


def _without_region(row: Row) -> list[str]:
    """The countries that none of the regions names: RU-KRS already says RU."""
    named = {code.partition("-")[0] for code in row["regions"]}
    return [code for code in row["countries"] if code not in named]


def _state(row: Row) -> str:
    return f" [{row['withdrawn']}]" if row["withdrawn"] else ""


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    for start, end in sorted(marks, reverse=True):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text

"""Blocks written as plain text and as a safe subset of HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from crawler.extraction.blocks import Block, Listing, Paragraph, Quote, Run, Table


def to_text(blocks: Iterable[Block]) -> str:
    """Plain text: paragraphs set apart by an empty line, "- " before items, " | " between cells."""
    return "\n\n".join(filter(None, map(_block_text, blocks)))


def to_html(blocks: Iterable[Block]) -> str:
    """The safe subset: p, h2-h4, ul, ol, li, table, tr, td, blockquote, a, strong, em, br, img."""
    return "\n".join(filter(None, map(_block_html, blocks)))


def _block_text(block: Block) -> str:
    match block:
        case Paragraph():
            return block.text
        case Quote(blocks=inner):
            return to_text(inner)
        case Table(rows=rows):
            return "\n".join(
                " | ".join(" ".join(to_text(cell).split()) for cell in row) for row in rows
            )
        case Listing(items=items):
            return "\n".join(_item_text(item) for item in items)


def _item_text(item: list[Block]) -> str:
    lines = [line for line in to_text(item).split("\n") if line]
    if not lines:
        return ""
    return "\n".join(["- " + lines[0], *("  " + line for line in lines[1:])])


def _block_html(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<{block.tag}>{_runs_html(block.runs)}</{block.tag}>"
        case Quote(blocks=inner):
            return f"<blockquote>{to_html(inner)}</blockquote>"
        case Table(rows=rows):
            body = "".join(
                "<tr>" + "".join(f"<td>{_cell_html(cell)}</td>" for cell in row) + "</tr>"
                for row in rows
            )
            return f"<table>{body}</table>"
        case Listing(ordered=ordered, items=items):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_cell_html(i)}</li>" for i in items) + f"</{tag}>"


def _cell_html(blocks: list[Block]) -> str:
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and blocks[0].tag == "p":
        return _runs_html(blocks[0].runs)
    return to_html(blocks)


def _runs_html(runs: list[Run]) -> str:
    return "".join(map(_run_html, runs)).strip()


def _run_html(run: Run) -> str:
    if run.image is not None:
        inner = f'<img src="{escape(run.image)}" alt="{escape(run.text)}">'
    elif run.text == "\n":
        return "<br>"
    else:
        inner = escape(run.text, quote=False)
    for name, address in reversed(run.marks):
        start = f'<a href="{escape(address)}">' if name == "a" else f"<{name}>"
        inner = f"{start}{inner}</{name}>"
    return inner

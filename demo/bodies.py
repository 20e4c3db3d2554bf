"""Bodies as different editors leave them: paragraphs, Word pastes, tables, quotes, a line."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from demo.words import date_in_words

_SLOT = re.compile(r"\{(\w+)\}")


def filled(random: Random, pattern: str, words: dict[str, list[str]]) -> str:
    """``pattern`` with a word, a number or a day in each of its {slots}, its first letter large."""

    def value(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "number":
            return str(random.randint(12, 4800))
        if slot == "small":
            return str(random.randint(5, 48))
        if slot == "day":
            return str(random.randint(1, 28))
        return random.choice(words[slot])

    text = _SLOT.sub(value, pattern)
    return text[0].upper() + text[1:]


class Editor:
    """Writes the body of one article. ``phrases`` are those of a language in generated.json."""

    def __init__(self, random: Random, language: str, phrases: dict[str, Any]) -> None:
        self._random = random
        self._language = language
        self._phrases = phrases

    def body(self, nid: int) -> str:
        """Markup; empty for one article of two hundred, as found on a ministry's site."""
        random = self._random
        kind = random.choices(("prose", "short", "long", "table", "empty"), (86.5, 8, 4, 1, 0.5))[0]
        if kind == "empty":
            return ""
        if kind == "table":
            return self._table()
        if kind == "short":
            return self._wrapped([self._sentence()])
        count = random.randint(15, 40) if kind == "long" else random.randint(2, 9)
        blocks = [self._wrapped([self._text() for _ in range(count)])]
        for chance, make in self._extras(nid):
            if random.random() < chance:
                blocks.insert(random.randint(1, len(blocks)), make())
        if random.random() < 0.15:
            blocks.insert(0, f"<p><strong>{self._sentence()}</strong></p>")
        blocks += [make() for chance, make in self._endings(nid) if random.random() < chance]
        return "\n".join(blocks)

    def _extras(self, nid: int) -> list[tuple[float, Callable[[], str]]]:
        return [
            (0.12, self._joint),
            (0.12, self._list),
            (0.04, self._nested_list),
            (0.08, self._table),
            (0.08, self._quote),
            (0.10, self._headed),
            (0.05, lambda: self._picture(nid)),
            (0.06, self._linked),
            (0.04, self._links),
            (0.06, self._dated),
        ]

    def _endings(self, nid: int) -> list[tuple[float, Callable[[], str]]]:
        lines = self._phrases["lines"]
        file = f"/sites/default/files/{2015 + nid % 12}/poryadok-{nid}.pdf"
        return [
            (
                0.06,
                lambda: f'<p><a href="{file}">{lines["appendix"]} (PDF, {nid % 900} КБ)</a></p>',
            ),
            (0.08, lambda: f'<p style="text-align:right"><em>{lines["signed"]}</em></p>'),
            (0.04, lambda: f"<p>{lines['phone']} 8 (0{nid % 90 + 100}) {nid % 80 + 10}-15-20</p>"),
        ]

    def _sentence(self) -> str:
        pattern = self._random.choice(self._phrases["sentences"])
        return html.escape(filled(self._random, pattern, self._phrases["words"]), quote=False)

    def _text(self) -> str:
        patterns = self._random.sample(self._phrases["sentences"], self._random.randint(1, 5))
        text = " ".join(filled(self._random, one, self._phrases["words"]) for one in patterns)
        return html.escape(text, quote=False)

    def _wrapped(self, texts: list[str]) -> str:
        """Paragraphs as the editor's tool makes them."""
        way = self._random.choices(("p", "word", "br", "div", "span"), (62, 12, 12, 8, 6))[0]
        if way == "word":
            note = "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
            return note + "\n".join(
                f'<p class="MsoNormal" style="text-align: justify;"><span lang="RU" '
                f'style="font-size: 14.0pt;">{text.replace(" ", "&nbsp;", 1)}<o:p></o:p></span></p>'
                for text in texts
            )
        if way == "br":
            return f"<p>{'<br /><br />'.join(texts)}</p>"
        if way == "div":
            return "".join(f"<div>{text}</div><div>&nbsp;</div>" for text in texts)
        if way == "span":
            return "\n".join(f'<p><span style="color: #333">{text}</span></p>' for text in texts)
        return "\n".join(f"<p>{text}</p>" for text in texts)

    def _joint(self) -> str:
        pattern = self._random.choice(self._phrases["joint"])
        return f"<p>{filled(self._random, pattern, self._phrases['words'])}</p>"

    def _list(self) -> str:
        tails = self._phrases["words"]["tail"]
        count = self._random.randint(2, 6)
        entries = "".join(f"<li>{self._random.choice(tails)}</li>" for _ in range(count))
        tag = self._random.choice(("ul", "ul", "ol"))
        return f"<{tag}>{entries}</{tag}>"

    def _nested_list(self) -> str:
        return f"<ul><li>{self._sentence()}{self._list()}</li><li>{self._sentence()}</li></ul>"

    def _table(self) -> str:
        random, phrases = self._random, self._phrases
        head = "".join(f"<th>{cell}</th>" for cell in phrases["cells"])
        rows = "".join(
            f"<tr><td>{random.choice(phrases['words']['place'])}</td><td>{random.randint(2, 900)}"
            f"</td><td>{random.randint(1, 28)}.{random.randint(1, 12):02}</td></tr>"
            for _ in range(random.randint(3, 7))
        )
        return f'<table border="1"><tr>{head}</tr>{rows}</table>'

    def _quote(self) -> str:
        return f"<blockquote><p>{self._text()}</p></blockquote>"

    def _headed(self) -> str:
        heading = self._random.choice(self._phrases["words"]["subject"])
        tag = self._random.choice(("h2", "h3", "p><strong"))
        closing = "strong></p" if tag == "p><strong" else tag
        return f"<{tag}>{heading[0].upper()}{heading[1:]}</{closing}>\n<p>{self._text()}</p>"

    def _picture(self, nid: int) -> str:
        source = f"/sites/default/files/{2015 + nid % 12}/v-tekste-{nid}.png"
        return f'<p><img src="{source}" alt="" width="320" height="200" /></p>'

    def _linked(self) -> str:
        first, _, rest = self._sentence().partition(" ")
        return f'<p>{first} <a href="/{self._language}/kontakty">{rest}</a> {self._sentence()}</p>'

    def _links(self) -> str:
        """An article's own list of links to other pages of the site."""
        entries = "".join(
            f'<li><a href="/{self._language}/node/{self._random.randint(6201, 6400)}">'
            f"{self._sentence()}</a></li>"
            for _ in range(self._random.randint(2, 4))
        )
        return f"<p>{self._sentence()}</p>\n<ul>{entries}</ul>"

    def _dated(self) -> str:
        """A sentence that tells of another day than that of the article."""
        random = self._random
        moment = date(random.randint(1995, 2030), random.randint(1, 12), random.randint(1, 28))
        day = date_in_words(moment, self._language)
        return f"<p>{self._phrases['lines']['began'].format(day=day)} {self._sentence()}</p>"

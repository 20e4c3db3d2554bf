"""What is published on the stand-in: the pieces themselves, whatever the page around them."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from importlib.resources import files
from operator import attrgetter
from typing import Any, Literal
from zoneinfo import ZoneInfo

from demo.addresses import dated_alias
from demo.words import date_in_words

MINSK = ZoneInfo("Europe/Minsk")
LANGUAGES = ("ru", "be", "en")
FIRST_NODE = 6201

Status = Literal["published", "unpublished", "deleted"]


@dataclass(frozen=True, slots=True)
class Content:
    """Body markup as the editor left it (empty: the site prints no body at all), file and
    image names (paths below the site's files folder).
    """

    html: str = ""
    files: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class NewsItem:
    """One node. ``alias`` has no language prefix; ``created`` and ``changed`` are aware.

    ``write`` makes the content when a page needs it, so that an archive of many thousands
    costs only its index in memory.
    """

    nid: int
    language: str
    title: str
    alias: str
    created: datetime
    write: Callable[[], Content]
    changed: datetime | None = None
    promoted: bool = True
    status: Status = "published"
    translation_set: int | None = None
    kind: Literal["news", "page"] = "news"

    @property
    def text(self) -> str:
        """The body's plain text, a line for each paragraph, cell row or list entry."""
        return plain_text(self.write().html)

    @property
    def saved(self) -> datetime:
        """Time of the last save."""
        return self.changed or self.created


def paragraphs(text: str) -> str:
    """Markup of a plain text whose paragraphs are separated by newlines."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def parse_time(text: str) -> datetime:
    """An aware time from ISO text; without an offset it is meant in Minsk."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(MINSK) if moment.tzinfo else moment.replace(tzinfo=MINSK)


def item_from(record: dict[str, Any]) -> NewsItem:
    """The item of one record of the data files or of a publish command.

    ``text`` is plain, ``html`` is markup and wins; without ``alias`` the address is dated.
    """
    created = parse_time(record["created"])
    markup = record["html"] if "html" in record else paragraphs(record.get("text", ""))
    content = Content(markup, tuple(record.get("files", ())), tuple(record.get("images", ())))
    return NewsItem(
        nid=record["nid"],
        language=record["language"],
        title=record["title"],
        alias=record.get("alias") or dated_alias(created, record["nid"]),
        created=created,
        write=partial(same, content),
        promoted=record.get("promoted", True),
        status=record.get("status", "published"),
        translation_set=record.get("translation_set"),
        kind=record.get("kind", "news"),
    )


def same(content: Content) -> Content:
    """A ``write`` for content that is already there: ``partial(same, content)``."""
    return content


def shipped() -> list[NewsItem]:
    """The articles and standing pages that come with the program, oldest node first."""
    lines = _data("articles.jsonl").splitlines() + _data("labelled.jsonl").splitlines()
    return sorted((item_from(json.loads(line)) for line in lines), key=attrgetter("nid"))


def of_the_day() -> list[dict[str, Any]]:
    """Two ordinary pieces that the demo publishes before the first visit, to edit the one and
    take down the other afterwards: arguments for ``Control.publish``.
    """
    publications: list[dict[str, Any]] = json.loads(_data("of_the_day.json"))
    return publications


def to_publish(today: date | None = None) -> list[dict[str, Any]]:
    """What the demo publishes while it runs: arguments for ``Control.publish``, the one
    cooperation item first. They are news of the moment they are published; what they tell
    happened the day before ``today`` (default: today in Minsk).
    """
    yesterday = (today or datetime.now(MINSK).date()) - timedelta(days=1)
    publications: list[dict[str, Any]] = json.loads(_data("to_publish.json"))
    for piece in publications:
        day = date_in_words(yesterday, piece["language"]).rsplit(" ", 1)[0]
        piece["text"] = piece["text"].format(yesterday=day)
    return publications


def _data(name: str) -> str:
    return files("demo").joinpath("data", name).read_text(encoding="utf-8")


class _PlainText(HTMLParser):
    """Collects visible text; a block element starts a new line."""

    BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "h2", "h3", "h4"})
    CELLS = frozenset({"td", "th"})
    HIDDEN = frozenset({"style", "script", "xml"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.hidden += tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.pieces.append("\n")
        elif tag in self.CELLS:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(" ".join(data.split("\n")))


def plain_text(markup: str) -> str:
    """The visible text of body markup: lines without outer or repeated white space."""
    parser = _PlainText()
    parser.feed(markup)
    parser.close()
    lines: Iterable[str] = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)

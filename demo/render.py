"""Pages from templates: what a node, a list or an error looks like in each layout."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import md5
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from jinja2.utils import htmlsafe_json_dumps

from demo.archive import Archive
from demo.articles import MINSK, NewsItem, plain_text
from demo.settings import Settings
from demo.words import LANGUAGE_NAMES, WORDS, date_in_words

# Where the templates of a layout are: a folder of its own, then what it has in common.
FOLDERS = {
    "drupal7": ("drupal7",),
    "drupal7-second-theme": ("drupal7-second-theme", "drupal7"),
    "drupal10": ("drupal10", "plain"),
    "other": ("other", "plain"),
    "bureau": ("bureau", "plain"),
}
TEASER = 280
PAGER_WINDOW = 9


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("demo"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["json"] = htmlsafe_json_dumps
    return environment


def path_of(item: NewsItem, language: str) -> str:
    """The address that a page in this interface language links to: the alias is known only in
    the node's own language, elsewhere its number has to do.
    """
    tail = item.alias if item.language == language else f"node/{item.nid}"
    return f"/{language}/{tail}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A node as a template needs it, in one interface language."""

    item: NewsItem
    language: str

    @property
    def nid(self) -> int:
        return self.item.nid

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def path(self) -> str:
        return path_of(self.item, self.language)

    @property
    def own_path(self) -> str:
        return path_of(self.item, self.item.language)

    @property
    def created(self) -> datetime:
        return self.item.created

    @property
    def created_utc(self) -> str:
        return f"{self.item.created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    @property
    def changed(self) -> datetime:
        return self.item.saved

    @property
    def day(self) -> str:
        return f"{self.item.created:%d.%m.%Y}"

    @property
    def midnight(self) -> str:
        return f"{self.item.created:%Y-%m-%d}T00:00:00+03:00"

    @property
    def day_in_words(self) -> str:
        return date_in_words(self.item.created, self.language)

    @property
    def body(self) -> str:
        return self.item.write().html

    @property
    def files(self) -> tuple[str, ...]:
        return self.item.write().files

    @property
    def images(self) -> tuple[str, ...]:
        return self.item.write().images

    @property
    def teaser(self) -> str:
        """The first words of the body, cut at a word."""
        text = plain_text(self.item.write().html).replace("\n", " ")
        return text if len(text) <= TEASER else text[:TEASER].rsplit(" ", 1)[0] + "…"


def token(bits: int = 128) -> str:
    """A value that is new at each rendering."""
    return f"{random.getrandbits(bits):032x}"


class Renderer:
    """Renders with the noise of a living site: nothing but the content stays the same."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings
        self.asset_version = "townx4"
        self._lock = threading.Lock()
        self._reads: Counter[int] = Counter()
        self._visits = 184_302

    def counted(self, nid: int | None) -> None:
        """A visitor saw a page, be it from the cache or as a 304: both count."""
        with self._lock:
            self._visits += 1
            if nid is not None:
                self._reads[nid] += 1

    def reads(self, nid: int) -> int:
        """How often a node was seen."""
        return self._reads[nid] + nid % 89 + 1

    def new_asset_version(self) -> None:
        """As "clear all caches" does."""
        self.asset_version = token(32)[-6:]

    def page(self, template: str, language: str, base: str, **values: Any) -> bytes:
        """A page of the current layout; ``base`` is scheme and host."""
        names = [f"{folder}/{template}.html" for folder in FOLDERS[self.settings.layout]]
        context = self._surroundings(language, base) | values
        return _environment().select_template(names).render(context).encode()

    def xml(self, template: str, language: str, base: str, **values: Any) -> bytes:
        """A feed or sitemap, the same in every layout."""
        context = {"t": WORDS[language], "language": language, "base": base} | values
        return _environment().get_template(f"feeds/{template}.xml").render(context).encode()

    def style_sheet(self, layout: str) -> bytes:
        """A layout's style sheet. Raises TemplateNotFound if there is no such layout."""
        return _environment().get_template(f"{layout}/style.css").render().encode()

    def _surroundings(self, language: str, base: str) -> dict[str, Any]:
        now = datetime.now(MINSK)
        return {
            "t": WORDS[language],
            "language": language,
            "language_names": LANGUAGE_NAMES,
            "base": base,
            "settings": self.settings,
            "latest": self.shown(self.archive.news(language)[:5], language),
            "popular": self.shown(self._popular(language), language),
            "standing": self.shown(self.archive.standing(language), language),
            "guests": random.randint(1, 40),  # noqa: S311 - noise, not a secret
            "visits": self._visits,
            "now": now,
            "now_in_words": date_in_words(now, language),
            "asset_version": self.asset_version,
            "token": token,
            "reads": self.reads,
            "date_in_words": date_in_words,
            "itok": lambda name: md5(name.encode(), usedforsecurity=False).hexdigest()[:8],
            "canonical": None,
            "shortlink": None,
            "switch": {code: f"/{code}" for code in LANGUAGE_NAMES},
        }

    def _popular(self, language: str) -> Sequence[NewsItem]:
        """Some of the most read, in another order each time, now and then none at all."""
        news = self.archive.news(language)[:40]
        if len(news) < 8 or random.random() < 0.1:  # noqa: S311 - noise, not a secret
            return []
        return random.sample(news, 5)

    def shown(self, items: Sequence[NewsItem], language: str) -> list[Shown]:
        """Nodes as the templates take them."""
        return [Shown(item, language) for item in items]


def pager_numbers(current: int, last: int) -> list[int]:
    """The 0-based page numbers that the pager offers around the current one."""
    start = max(0, min(current - PAGER_WINDOW // 2, last - PAGER_WINDOW + 1))
    return list(range(start, min(last, start + PAGER_WINDOW - 1) + 1))

"""A source: the site that is watched, as its TOML file describes it.

The file is checked when it is loaded. Every mistake is reported with file, key and what was
expected, all of them at once.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from cssselect import SelectorError
from parsel.csstranslator import css2xpath
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from crawler.manners import Politeness

Language = Literal["ru", "be", "en"]


class SourceError(Exception):
    """A source cannot be used; the message names file, key and what was expected."""


def _css(selector: str) -> str:
    try:
        css2xpath(selector)
    except SelectorError as error:
        raise ValueError(f"expected a CSS selector, {selector!r} is none ({error})") from error
    return selector


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"expected a regular expression, {text!r} is none ({error})") from error
    return text


def _id_pattern(text: str) -> str:
    if re.compile(_pattern(text)).groups != 1:
        raise ValueError(f"expected a regular expression with one group, got {text!r}")
    return text


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"expected an IANA time zone such as 'Europe/Minsk', got {name!r}")
    return name


def _country(code: str) -> str:
    if len(code) != 2 or code not in Locale("en").territories:
        raise ValueError(f"expected an ISO 3166-1 alpha-2 code such as 'BY', got {code!r}")
    return code


def _charset(name: str) -> str:
    try:
        "".encode(name)
    except LookupError as error:
        raise ValueError(f"expected a charset such as 'utf-8', got {name!r}") from error
    return name


Css = Annotated[str, AfterValidator(_css)]
Pattern = Annotated[str, AfterValidator(_pattern)]
IdPattern = Annotated[str, AfterValidator(_id_pattern)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Names(_Part):
    """The publisher's name in the three languages."""

    ru: str
    be: str
    en: str


class PageId(_Part):
    """Where a page gives its own id: a selector for the value, a pattern for the id in it."""

    css: Css
    pattern: IdPattern


class SiteId(_Part):
    """How the site's own id of an article is read.

    ``tail`` patterns are matched against path and query and bind: a page that answers there must
    carry the same id. ``url`` patterns give an id, ``page`` rules read it from the HTML,
    ``guid`` from a feed's guid.
    """

    tail: list[IdPattern] = []
    url: list[IdPattern] = []
    page: list[PageId] = []
    guid: IdPattern | None = None


class Layout(_Part):
    """One look of the site in its time: which pages are articles and where their fields lie.

    ``since`` and ``until`` are the first and last day the site had this look (open where absent).
    A page has the layout when one of ``article`` matches. For the other lists the selectors are
    tried in order; ``published`` takes the first value that is a date. What no selector is known
    for is left out: the generic way reads it.
    """

    name: str
    since: date | None = None
    until: date | None = None
    article: list[Css] = Field(min_length=1)
    title: list[Css] = []
    published: list[Css] = []
    body: list[Css] = []
    images: list[Css] = []
    files: list[Css] = []
    translations: list[Css] = []
    items: list[Css] = []
    next: list[Css] = []

    def covers(self, day: date) -> bool:
        """Whether the site had this look on ``day``."""
        return (self.since or date.min) <= day <= (self.until or date.max)


class Source(_Part):
    """A watched site. Addresses may be relative to ``site``; all lie within ``hosts``."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    name: Names
    country: Annotated[str, AfterValidator(_country)]
    zone: Annotated[str, AfterValidator(_zone)]
    charset: Annotated[str, AfterValidator(_charset)] = "utf-8"
    languages: list[Language] = Field(min_length=1)
    site: str
    hosts: list[str] = Field(min_length=1)
    listings: list[str] = []
    feeds: list[str] = []
    sitemaps: list[str] = []
    exclude: list[Pattern] = []
    print_pages: list[Pattern] = []
    site_id: SiteId = SiteId()
    politeness: Politeness
    layouts: list[Layout] = []
    terms: str
    enabled: bool
    verified: bool
    allow_private: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Source:
        if problems := [*self._address_problems(), *self._layout_problems()]:
            raise ValueError("\n".join(problems))
        return self

    def _address_problems(self) -> Iterator[str]:
        if not self.listings and not self.feeds:
            yield "listings: expected at least one listing or feed to start from"
        for key in ("site", "listings", "feeds", "sitemaps"):
            value = getattr(self, key)
            for address in [value] if key == "site" else value:
                if not self.owns(urljoin(self.site, address)):
                    yield (
                        f"{key}: expected an http(s) address within hosts "
                        f"({', '.join(self.hosts)}), got {address!r}"
                    )

    def _layout_problems(self) -> Iterator[str]:
        ordered = sorted(self.layouts, key=lambda layout: layout.since or date.min)
        for layout in ordered:
            if (layout.since or date.min) > (layout.until or date.max):
                yield f"layouts: expected since <= until in layout {layout.name!r}"
        for earlier, later in pairwise(ordered):
            if (later.since or date.min) <= (earlier.until or date.max):
                yield (
                    f"layouts: expected dates that do not overlap, but {earlier.name!r} ends "
                    f"{earlier.until or 'never'} and {later.name!r} begins {later.since or 'ever'}"
                )

    @property
    def timezone(self) -> ZoneInfo:
        """The zone in which the site writes its times."""
        return ZoneInfo(self.zone)

    def absolute(self, addresses: Iterable[str]) -> list[str]:
        """``addresses`` of the file as full URLs."""
        return [urljoin(self.site, address) for address in addresses]

    def owns(self, url: str) -> bool:
        """Whether ``url`` lies within the source's hosts."""
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and parts.netloc in self.hosts

    def excludes(self, url: str) -> bool:
        """Whether ``url`` is not to be visited: excluded, a print page or on another host."""
        place = path_and_query(url)
        rules = (*self.exclude, *self.print_pages)
        return not self.owns(url) or any(re.search(rule, place) for rule in rules)

    def layouts_for(self, day: date | None) -> list[Layout]:
        """All layouts, that of ``day`` first, then the newest first."""
        newest_first = sorted(
            self.layouts, key=lambda layout: layout.since or date.min, reverse=True
        )
        return sorted(newest_first, key=lambda layout: day is None or not layout.covers(day))

    def bound_id(self, url: str) -> str | None:
        """The id that the page at ``url`` must carry, None where the address binds none."""
        return _first_id(self.site_id.tail, path_and_query(url))

    def url_id(self, url: str) -> str | None:
        """The article id that ``url`` gives away, or None."""
        rules = (*self.site_id.tail, *self.site_id.url)
        return _first_id(rules, path_and_query(url))

    def guid_id(self, guid: str) -> str | None:
        """The article id in a feed's guid, or None."""
        return _first_id([self.site_id.guid] if self.site_id.guid else [], guid)


def path_and_query(url: str) -> str:
    """``/path?query`` of ``url``: what the file's patterns are matched against."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _first_id(rules: Iterable[str], text: str) -> str | None:
    for rule in rules:
        if match := re.search(rule, text):
            return match[1].lstrip("0") or "0"
    return None


def load(path: Path | str | Traversable) -> Source:
    """The source in the file at ``path``; raises SourceError naming each mistake in it."""
    place = Path(path) if isinstance(path, str) else path
    try:
        return parse(place.read_text(encoding="utf-8"), str(place))
    except OSError as error:
        raise SourceError(f"{place}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{place}: expected a TOML file in UTF-8: {error}") from error


def parse(text: str, place: str) -> Source:
    """The source that the TOML ``text`` of ``place`` describes; raises SourceError as `load`."""
    try:
        return Source.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{place}: expected a TOML file in UTF-8: {error}") from error
    except ValidationError as error:
        raise SourceError("\n".join(f"{place}: {line}" for line in _mistakes(error))) from error


_KEYS: dict[str, type[BaseModel]] = {
    "name": Names,
    "page": PageId,
    "site_id": SiteId,
    "politeness": Politeness,
    "layouts": Layout,
}


def _mistakes(error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        key = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]
        ).removeprefix(".")
        if detail["type"] == "value_error" and not key:
            yield from str(detail["ctx"]["error"]).splitlines()
        else:
            yield f"{key}: {_expected(detail)}"


def _expected(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "extra_forbidden":
            table = [part for part in detail["loc"][:-1] if isinstance(part, str)]
            known = (_KEYS[table[-1]] if table else Source).model_fields
            return f"unknown key; expected one of {', '.join(known)}"
        case "missing":
            return "missing; expected a value"
        case "value_error":
            return str(detail["ctx"]["error"])
    got = repr(detail["input"])
    return f"expected: {detail['msg']}, got {got if len(got) <= 80 else got[:77] + '...'}"


def relocated(text: str, site: str, *, delay: float, every: str = "1h") -> str:
    """The source file ``text`` for a copy of the site at ``site``, such as the stand-in.

    ``delay`` (seconds) and ``every`` replace the file's; private addresses are allowed.
    """
    lines = {
        "site": f'site = "{site}"',
        "hosts": f'hosts = ["{urlsplit(site).netloc}"]\nallow_private = true',
        "delay": f"delay = {float(delay)}",
        "every": f'every = "{every}"',
    }
    for key, line in lines.items():
        text = re.sub(rf"(?m)^{key} = .*$", line, text, count=1)
    return text


def shipped_and_own(sources_dir: Path | None = None) -> dict[str, Source]:
    """All sources by key: the shipped ones and those in ``sources_dir``, whose key wins.

    Raises SourceError for a broken file, a folder that is none, and two files with one key.
    """
    found = _in_folder(resources.files("seeds"))
    if sources_dir is not None:
        if not sources_dir.is_dir():
            raise SourceError(f"{sources_dir}: expected a folder with source files (*.toml)")
        found |= _in_folder(sources_dir)
    return found


def _in_folder(folder: Traversable) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        source = load(file)
        if source.key in found:
            raise SourceError(f"{file}: key: expected a key of its own, {source.key!r} is taken")
        found[source.key] = source
    return found


def find(key_or_path: str, sources_dir: Path | None = None) -> Source:
    """The source with that key, or in that file (anything ending in .toml); else SourceError."""
    if key_or_path.endswith(".toml"):
        return load(Path(key_or_path))
    known = shipped_and_own(sources_dir)
    if key_or_path in known:
        return known[key_or_path]
    near = difflib.get_close_matches(key_or_path, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise SourceError(
        f"unknown source {key_or_path!r}{hint} Known: {', '.join(sorted(known))}. "
        "A source of your own is given as a path ending in .toml."
    )

"""How the stand-in is set up at this moment; everything here can be changed while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Names of the layouts; the older of the two Drupal 7 themes is the one of the measured site.
LAYOUTS = ("drupal7", "other", "drupal7-second-theme", "drupal10", "bureau")


class CommandError(Exception):
    """A command that cannot be carried out; the message says what would do."""


@dataclass(slots=True)
class Settings:
    """Switches of the site.

    ``crawl_delay``: seconds, as in robots.txt; None leaves the line out. ``cache_lifetime``:
    Drupal's minimum cache lifetime, seconds. ``compression``: "drupal" = page_compression on;
    "nginx" = off, and a proxy in front compresses, which weakens the validator; "off" = nobody.
    ``metatag``: absolute canonical links on every page, as that module prints them; without it
    only nodes have one, and it is relative. ``max_age``: of Cache-Control, seconds. ``pager``:
    "loop" leads from the third listing page back to the first; "endless" never lacks a next page.
    ``robots_text`` replaces the whole robots.txt; ``robots_meta`` is the content of a robots meta
    element on articles ("noarchive").
    """

    crawl_delay: float | None = 10.0
    layout: str = "drupal7"
    maintenance: bool = False
    page_cache: bool = True
    cache_lifetime: float = 0.0
    compression: Literal["drupal", "nginx", "off"] = "drupal"
    metatag: bool = True
    rdf: bool = True
    max_age: int = 0
    pager: Literal["ends", "loop", "endless"] = "ends"
    robots_text: str | None = None
    robots_meta: str | None = None

    def change(self, **values: object) -> None:
        """Set some of the switches.

        Raises CommandError for a name that is no switch or a layout that is not there.
        """
        for name, value in values.items():
            if name not in self.__slots__:
                known = ", ".join(self.__slots__)
                raise CommandError(f"no setting {name!r}; there are: {known}")
            if name == "layout" and value not in LAYOUTS:
                raise CommandError(f"no layout {value!r}; there are: {', '.join(LAYOUTS)}")
            setattr(self, name, value)

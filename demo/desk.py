"""The editor's and the administrator's desk: what can be done to the site while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from demo.addresses import dated_alias, slug
from demo.articles import MINSK, NewsItem, item_from, paragraphs, parse_time, same
from demo.drupal import Drupal
from demo.hostile import Hostility
from demo.settings import CommandError
from demo.visitors import Visitors


class Desk:
    """Commands by name, each taking its arguments as plain JSON values."""

    def __init__(self, site: Drupal, visitors: Visitors, hostility: Hostility) -> None:
        self._site = site
        self._visitors = visitors
        self._hostility = hostility

    def commands(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        """What the control interface offers."""
        methods = (
            self.publish,
            self.edit,
            self.withdraw,
            self.restore,
            self.maintenance,
            self.set,
            self.clear_caches,
            self.cron,
            self.stats,
            self.reset_stats,
            self.articles,
            self.migrate,
            self.hostile,
            self.calm,
        )
        return {method.__name__: _taking_object(method) for method in methods}

    def publish(
        self,
        *,
        title: str,
        language: str = "ru",
        created: str | None = None,
        with_slug: bool = False,
        translation_of: int | None = None,
        **rest: Any,
    ) -> dict[str, Any]:
        """Save a new node; without ``created`` it is news of this minute."""
        archive = self._site.archive
        moment = parse_time(created) if created else datetime.now(MINSK).replace(microsecond=0)
        nid = rest.pop("nid", None) or archive.free_nid()
        alias = rest.pop("alias", None)
        if alias is None:
            wanted = slug(title, moment.year) if with_slug else dated_alias(moment, nid)
            alias = archive.free_alias(language, wanted)
        record = {"nid": nid, "title": title, "language": language, "alias": alias}
        item = item_from(rest | record | {"created": moment.isoformat()})
        if translation_of is not None:
            original = self._node(translation_of)
            original.translation_set = original.translation_set or original.nid
            item.translation_set = original.translation_set
        archive.put(item)
        self._site.saved()
        return self._record(item)

    def edit(self, *, nid: int, **values: Any) -> dict[str, Any]:
        """Save an existing node with some of title, text, html, files, images, promoted or
        created changed.
        """
        item = self._node(nid)
        old = item.write()
        markup = values.pop("html", None)
        if markup is None and "text" in values:
            markup = paragraphs(values["text"])
        values.pop("text", None)
        content = replace(
            old,
            html=old.html if markup is None else markup,
            files=tuple(values.pop("files", old.files)),
            images=tuple(values.pop("images", old.images)),
        )
        if "created" in values:
            item.created = parse_time(values.pop("created"))
        item.title = values.pop("title", item.title)
        item.promoted = values.pop("promoted", item.promoted)
        if values:
            raise CommandError(f"cannot edit {', '.join(values)}")
        item.write = partial(same, content)
        return self._save(item)

    def withdraw(self, *, nid: int, kind: str = "deleted") -> dict[str, Any]:
        """Take a node down: "deleted" or "unpublished"."""
        item = self._node(nid)
        if kind == "deleted":
            item.status = "deleted"
        elif kind == "unpublished":
            item.status = "unpublished"
        else:
            raise CommandError(f"kind must be deleted or unpublished, not {kind!r}")
        return self._save(item)

    def restore(self, *, nid: int) -> dict[str, Any]:
        """Bring a node back as it was."""
        item = self._node(nid)
        item.status = "published"
        return self._save(item)

    def maintenance(self, *, on: bool, keep_cache: bool = False) -> None:
        """Enter or leave maintenance. The form itself does not empty the cache; ``keep_cache``
        leaves it so: cached pages go on answering 200, and later cached 503s 503.
        """
        self._site.settings.maintenance = on
        if not keep_cache:
            self._site.cache.clear()

    def set(self, **values: Any) -> None:
        """Change switches of the site (see Settings) and empty the page cache."""
        self._site.settings.change(**values)
        self._site.cache.clear()

    def clear_caches(self) -> None:
        """As the administrator's "clear all caches": pages and the tokens of style sheets."""
        self._site.render.new_asset_version()
        self._site.cache.clear()

    def cron(self) -> None:
        """Rebuild the sitemap."""
        self._site.cron()

    def stats(self) -> dict[str, Any]:
        """What visitors did since the last reset."""
        return self._visitors.stats()

    def reset_stats(self) -> None:
        """Begin counting anew."""
        self._visitors.reset()

    def articles(self) -> list[dict[str, Any]]:
        """All news, withdrawn ones too, without their texts."""
        return [self._record(item) for item in self._site.archive if item.kind == "news"]

    def migrate(self, *, new_numbers: bool = False, redirects: bool = False) -> dict[str, str]:
        """Move all news to other addresses, as a rebuilt site does; with ``new_numbers`` each
        gets another node number too. Old addresses answer 404 (under news/ the list), or with
        ``redirects`` 301. Returns the new path for each old one.
        """
        moved = self._site.archive.migrate(new_numbers=new_numbers)
        if redirects:
            self._site.moved |= moved
        self._site.saved()
        return moved

    def hostile(self, *, kind: str, **rule: Any) -> None:
        """Play a trick on visitors from now on (see demo.hostile)."""
        self._hostility.add(kind, **rule)

    def calm(self) -> None:
        """Behave again."""
        self._hostility.calm()

    def _node(self, nid: int) -> NewsItem:
        item = self._site.archive.any(nid)
        if item is None:
            raise CommandError(f"no node {nid}")
        return item

    def _save(self, item: NewsItem) -> dict[str, Any]:
        item.changed = datetime.now(MINSK).replace(microsecond=0)
        self._site.saved()
        return self._record(item)

    def _record(self, item: NewsItem) -> dict[str, Any]:
        return {
            "nid": item.nid,
            "language": item.language,
            "title": item.title,
            "created": item.created.isoformat(),
            "status": item.status,
            "promoted": item.promoted,
            "path": f"/{item.language}/{item.alias}",
        }


def _taking_object(method: Callable[..., Any]) -> Callable[[Mapping[str, Any]], Any]:
    def command(arguments: Mapping[str, Any]) -> Any:
        return method(**arguments)

    return command

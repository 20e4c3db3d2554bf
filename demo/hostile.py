"""What a site can do to a visitor besides answering: walls, bombs, lies about lengths."""

from __future__ import annotations

import fnmatch
import inspect
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zstandard

from demo.cache import Page
from demo.settings import CommandError
from demo.words import WORDS

MEGABYTE = 1_000_000
HTML = (("Content-Type", "text/html; charset=utf-8"),)
MOST_ENDLESS = 2000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Trick:
    """A misbehaving answer. ``body`` comes in pieces; ``length`` is the Content-Length that is
    claimed, None claims none; ``pause`` seconds pass before the head and ``drip`` between pieces.
    ``status`` 0: hang up without an answer.
    """

    status: int
    reason: str
    headers: Sequence[tuple[str, str]]
    body: Callable[[], Iterator[bytes]]
    length: int | None
    pause: float = 0.0
    drip: float = 0.0


@dataclass(slots=True)
class Rule:
    """Which requests a trick is played on: a glob on path with query, except those that one of
    ``spare`` fits; ``times`` is how often still (None: always).
    """

    kind: str
    path: str
    spare: tuple[str, ...]
    times: int | None
    options: Mapping[str, Any]

    def fits(self, target: str) -> bool:
        return fnmatch.fnmatchcase(target, self.path) and not any(
            fnmatch.fnmatchcase(target, spared) for spared in self.spare
        )


class Hostility:
    """The rules in force; the youngest that fits is played."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._lock = threading.Lock()

    def add(
        self,
        kind: str,
        path: str = "*",
        spare: Sequence[str] = (),
        times: int | None = None,
        **options: Any,
    ) -> None:
        """Add a rule. Raises CommandError if there is no such kind or it has no such option."""
        if kind not in KINDS:
            raise CommandError(f"no hostile behaviour {kind!r}; there are: {', '.join(KINDS)}")
        try:
            inspect.signature(KINDS[kind]).bind(None, path, **options)
        except TypeError as error:
            raise CommandError(f"{kind}: {error}") from error
        with self._lock:
            self._rules.insert(0, Rule(kind, path, tuple(spare), times, options))

    def calm(self) -> None:
        """Behave again."""
        with self._lock:
            self._rules.clear()

    def trick(self, target: str, honest: Callable[[], Page]) -> Trick | None:
        """The trick to play on this request; ``honest`` makes the page it would have got."""
        with self._lock:
            rule = next((rule for rule in self._rules if rule.fits(target)), None)
            if rule is None:
                return None
            if rule.times is not None:
                rule.times -= 1
                if rule.times <= 0:
                    self._rules.remove(rule)
        return KINDS[rule.kind](honest, target, **rule.options)


def _plain(status: int, reason: str, body: bytes, *more: tuple[str, str]) -> Trick:
    return Trick(status, reason, (*HTML, *more), lambda: iter((body,)), len(body))


def _note(heading: str, text: str) -> bytes:
    notice = WORDS["ru"]["fiction"]
    return (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>{heading}</title></head><body><h1>{heading}</h1><p>{text}</p><p>{notice}</p></body></html>"
    ).encode()


Honest = Callable[[], Page]


def too_many(honest: Honest, target: str, *, retry_after: str | float | None = 30) -> Trick:
    """429; ``retry_after`` in seconds or as an HTTP date, None: without the header."""
    del honest, target
    more = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return _plain(429, "Too Many Requests", _note("Слишком много запросов", "Подождите."), *more)


def error(
    honest: Honest, target: str, *, status: int = 500, retry_after: str | float | None = None
) -> Trick:
    """A failure of the server: 500 by default."""
    del honest, target
    more = () if retry_after is None else (("Retry-After", str(retry_after)),)
    reason = "Service unavailable (with message)"
    return _plain(status, reason, _note("Ошибка", "База данных недоступна."), *more)


def wall(honest: Honest, target: str) -> Trick:
    """403 from something that stands before the site."""
    del honest, target
    return _plain(403, "Forbidden", _note("Access denied", "Request blocked. Ref 5f1c-88."))


def empty(honest: Honest, target: str, *, markup: bool = False) -> Trick:
    """200 with nothing, or with markup that contains nothing."""
    del honest, target
    return _plain(200, "OK", b"<!doctype html><html><body></body></html>" if markup else b"")


def captcha(honest: Honest, target: str) -> Trick:
    """200 with a page that asks for proof of being human."""
    del honest, target
    words = WORDS["ru"]
    return _plain(200, "OK", _note(words["captcha"], words["captcha_text"]))


def maintenance_page(honest: Honest, target: str) -> Trick:
    """A maintenance page whose status is 200."""
    del honest, target
    words = WORDS["ru"]
    return _plain(200, "OK", _note(words["maintenance"], words["maintenance_text"]))


def redirect(honest: Honest, target: str, *, to: str, status: int = 302) -> Trick:
    """Sends elsewhere; ``{path}`` in ``to`` is the address asked for (alone: a loop)."""
    del honest
    location = to.replace("{path}", target)
    return _plain(status, "Found", _note("Moved", "…"), ("Location", location))


def truncated(honest: Honest, target: str, *, share: float = 0.5) -> Trick:
    """The honest page, of which only a share arrives before the line goes dead."""
    del target
    page = honest()
    part = page.body[: int(len(page.body) * share)]
    return Trick(page.status, page.reason, page.headers, lambda: iter((part,)), len(page.body))


def charset(
    honest: Honest, target: str, *, says: str | None = "windows-1251", encoded: str = "utf-8"
) -> Trick:
    """The honest page in an encoding, with a header that says another (None: says nothing)."""
    del target
    page = honest()
    body = page.body.decode().encode(encoded, "replace")
    kind = "text/html" if says is None else f"text/html; charset={says}"
    headers = [pair for pair in page.headers if pair[0] != "Content-Type"]
    headers.append(("Content-Type", kind))
    return Trick(page.status, page.reason, headers, lambda: iter((body,)), len(body))


@lru_cache(maxsize=4)
def _bomb(megabytes: int, encoding: str) -> bytes:
    if encoding == "zstd":
        packer: Any = zstandard.ZstdCompressor(level=3).compressobj()
    else:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    block = b"<p>" + b" " * (MEGABYTE - 3)
    pieces = [packer.compress(block) for _ in range(megabytes)]
    return b"".join((*pieces, packer.flush()))


def bomb(honest: Honest, target: str, *, megabytes: int = 200, encoding: str = "gzip") -> Trick:
    """A small compressed answer that unpacks to so many megabytes; ``encoding`` gzip, deflate or
    zstd, asked for or not.
    """
    del honest, target
    body = _bomb(megabytes, encoding)
    headers = (*HTML, ("Content-Encoding", encoding))
    return Trick(200, "OK", headers, lambda: iter((body,)), len(body))


def xml_bomb(honest: Honest, target: str, *, levels: int = 9) -> Trick:
    """A feed whose entities multiply tenfold at each level, and which asks for a local file."""
    del honest, target
    entities = ['<!ENTITY e0 "лол">', '<!ENTITY file SYSTEM "file:///etc/hostname">']
    entities += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1)]
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [{"".join(entities)}]>'
        f"<rss version='2.0'><channel><title>&file;</title><item><title>&e{levels};</title>"
        "<link>http://127.0.0.1/ru/news/01-01-2026-1</link></item></channel></rss>"
    ).encode()
    kind = (("Content-Type", "application/rss+xml; charset=utf-8"),)
    return Trick(200, "OK", kind, lambda: iter((body,)), len(body))


def huge(
    honest: Honest, target: str, *, megabytes: int = 200, endless: bool = False, lines: bool = True
) -> Trick:
    """A page of so many megabytes; ``endless``: claims no length and goes on until the visitor
    hangs up; without ``lines`` it is a single line.
    """
    del honest, target
    block = (b"<p>" + b"x" * 996 + (b"\n" if lines else b" ")) * 1000
    count = MOST_ENDLESS // len(block) if endless else megabytes
    length = None if endless else count * len(block)
    return Trick(200, "OK", HTML, lambda: (block for _ in range(count)), length)


def nested(honest: Honest, target: str, *, depth: int = 200_000) -> Trick:
    """Elements in elements in elements."""
    del honest, target
    return _plain(200, "OK", b"<!doctype html><body>" + b"<div>" * depth)


def slow(honest: Honest, target: str, *, seconds: float = 5.0, drip: bool = False) -> Trick:
    """The honest page, late: after so many seconds, or in a hundred pieces spread over them."""
    del target
    page = honest()
    if not drip:
        whole = page.body
        return Trick(
            page.status, page.reason, page.headers, lambda: iter((whole,)), len(whole), seconds
        )
    size = max(1, len(page.body) // 100)
    pieces = [page.body[at : at + size] for at in range(0, len(page.body), size)]
    return Trick(
        page.status,
        page.reason,
        page.headers,
        lambda: iter(pieces),
        len(page.body),
        drip=seconds / max(1, len(pieces)),
    )


def drop(honest: Honest, target: str) -> Trick:
    """Hangs up without an answer."""
    del honest, target
    return Trick(0, "", (), lambda: iter(()), None)


KINDS: dict[str, Callable[..., Trick]] = {
    trick.__name__: trick
    for trick in (
        too_many,
        error,
        wall,
        empty,
        captcha,
        maintenance_page,
        redirect,
        truncated,
        charset,
        bomb,
        xml_bomb,
        huge,
        nested,
        slow,
        drop,
    )
}

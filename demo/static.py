"""Files that the web server hands out by itself: they answer also during maintenance."""

from __future__ import annotations

from email.message import Message
from hashlib import md5

from jinja2 import TemplateNotFound

from demo.cache import Page
from demo.files import pdf, png
from demo.render import Renderer

FILES = "/sites/default/files/"
THEMES = "/sites/all/themes/"
MADE = "Mon, 15 Apr 2019 09:00:00 GMT"

_FOLDERS = "includes misc modules profiles scripts themes"
_FILES = "CHANGELOG.txt cron.php INSTALL.txt LICENSE.txt MAINTAINERS.txt update.php UPGRADE.txt"
_PATHS = (
    "admin comment/reply filter/tips node/add search user/register user/password user/login "
    "user/logout"
)


def robots_text(crawl_delay: float | None) -> str:
    """What the robots.txt of Drupal 7 says: only paths without a language prefix, no sitemap."""
    lines = ["# robots.txt", "", "User-agent: *"]
    if crawl_delay is not None:
        lines.append(f"Crawl-delay: {crawl_delay:g}")
    for folder in ("misc", "modules", "profiles", "themes"):
        lines += [f"Allow: /{folder}/*.{kind}" for kind in ("css$", "css?", "js$", "js?", "png")]
    lines += ["# Directories"] + [f"Disallow: /{name}/" for name in _FOLDERS.split()]
    lines += ["# Files"] + [f"Disallow: /{name}" for name in _FILES.split()]
    lines += ["# Paths (clean URLs)"] + [f"Disallow: /{name}/" for name in _PATHS.split()]
    lines += ["# Paths (no clean URLs)"] + [f"Disallow: /?q={name}/" for name in _PATHS.split()]
    return "\n".join(lines) + "\n"


class StaticFiles:
    """robots.txt, style sheets, pictures, PDF files. Any name below the files folder exists."""

    def __init__(self, render: Renderer) -> None:
        self._render = render

    def get(self, path: str, headers: Message[str, str]) -> Page | None:
        """The file at this path, None where the path belongs to the site's pages."""
        found = self._find(path)
        if found is None:
            return None
        kind, body = found
        etag = f'"{md5(body, usedforsecurity=False).hexdigest()[:12]}"'
        if headers.get("If-None-Match") == etag:
            return Page(304, "Not Modified", (("ETag", etag), ("Last-Modified", MADE)), b"")
        out = (("Content-Type", kind), ("ETag", etag), ("Last-Modified", MADE))
        return Page(200, "OK", out, body)

    def _find(self, path: str) -> tuple[str, bytes] | None:
        if path == "/robots.txt":
            settings = self._render.settings
            text = settings.robots_text or robots_text(settings.crawl_delay)
            return "text/plain", text.encode()
        if path.startswith(FILES):
            name = path.rsplit("/", 1)[-1]
            if name.endswith(".pdf"):
                return "application/pdf", pdf(name)
            if name.endswith(".png"):
                return "image/png", png(name)
        if path.startswith(THEMES) and path.endswith("/style.css"):
            return self._style(path.removeprefix(THEMES).removesuffix("/style.css"))
        return None

    def _style(self, layout: str) -> tuple[str, bytes] | None:
        try:
            return "text/css", self._render.style_sheet(layout)
        except TemplateNotFound:
            return None

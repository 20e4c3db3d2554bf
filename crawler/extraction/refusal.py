"""Why a response is not an article."""

from __future__ import annotations

from typing import Literal

Kind = Literal["not_html", "empty", "error", "wall", "listing", "print", "other"]


class NotAnArticle(Exception):  # noqa: N818 - it is an answer more often than an error
    """The page holds no article; ``str()`` is the reason in words.

    ``kind``: "not_html", "empty" (nothing in it), "error" (not found, forbidden, maintenance with
    any status), "wall" (captcha, browser check), "listing" (also the soft 404 that shows one),
    "print" (print view of an article), "other" (no evidence of an article). Only "listing" under
    an address that names an article speaks of a page taken down.
    """

    def __init__(self, reason: str, kind: Kind = "other") -> None:
        super().__init__(reason)
        self.kind: Kind = kind

"""The normalised address of a page, and addresses within it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from crawler.source import Source

_TRACKING = re.compile(
    r"(?i)^(?:utm_\w+|fbclid|gclid|yclid|ysclid|_openstat|mc_[ce]id|igshid|from)$"
)
_SCHEMES = {"http", "https"}

FILE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|zip|rar|7z|csv)$")
"""Paths of documents that an article may carry."""


def canonical(url: str, source: Source | None) -> str:
    """``url`` in its one form: lower-case host, sorted query without tracking parameters, neither
    fragment nor closing slash; under the source's own address when it lies within its hosts.
    """
    parts = urlsplit(canonicalize_url(url))
    kept = [pair for pair in parse_qsl(parts.query, True) if not _TRACKING.match(pair[0])]
    scheme, netloc = parts.scheme, parts.netloc
    if source is not None and netloc in source.hosts:
        home = urlsplit(source.site)
        scheme, netloc = home.scheme, home.netloc
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/") or "/"
    return urlunsplit((scheme, netloc, path, urlencode(kept), ""))


def home(url: str, source: Source) -> str:
    """``url`` as it is asked for: a host of the source becomes its main one, http or https alike,
    so that doubles are visited once; the fragment and tracking parameters go, all else stays.
    """
    parts = urlsplit(url)
    if parts.netloc not in source.hosts:
        return url
    main = urlsplit(source.site)
    query = "&".join(
        pair for pair in parts.query.split("&") if not _TRACKING.match(pair.partition("=")[0])
    )
    return urlunsplit((main.scheme, main.netloc, parts.path, query, ""))


def absolute(base: str, address: str) -> str | None:
    """``address`` as a full http(s) URL, None for anything else (data:, javascript:, mailto:)."""
    address = re.sub(r"[\x00-\x20]+", " ", address).strip()
    if not address or address.startswith("#"):
        return None
    try:
        full = urljoin(base, address.replace(" ", "%20"))
        parts = urlsplit(full)
    except ValueError:
        return None
    return full if parts.scheme in _SCHEMES and parts.netloc else None

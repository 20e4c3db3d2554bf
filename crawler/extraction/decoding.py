"""From bytes to text: HTTP header, then byte order mark or meta, then the source's charset.

No statistical guessing: it takes Cyrillic of one code page for another on short pages. But what is
declared is tried: UTF-8 proves itself by its form, and refutes whoever declared something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

from crawler.extraction.refusal import NotAnArticle

_MARKUP_TYPES = ("html", "xml", "text/plain", "octet-stream")
_OTHER_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "gzip data",
}
_SNIFFED = 1024
# A text in a one-byte code has hardly a letter that is valid in UTF-8.
_MOST_BROKEN = 0.2
# libxml2 compares each attribute of a tag with all before it: 100,000 of them take 8 seconds.
_ENDLESS_TAG = re.compile(r"<[a-zA-Z/][^<>]{65536}")


def decode(body: bytes, headers: Mapping[str, str], default: str = "utf-8") -> str:
    """The text of an HTML response; raises NotAnArticle for what is no HTML or is empty.

    ``headers`` with lower-case names; only Content-Type is read.
    """
    content_type = headers.get("content-type", "")
    _check_format(body, content_type)
    declared = http_content_type_encoding(content_type) if content_type else None
    mark, mark_bytes = read_bom(body)
    if mark and (declared is None or resolve_encoding(declared) == resolve_encoding(mark)):
        text = to_unicode(body[len(mark_bytes or b"") :], mark)
    else:
        named = [declared, mark, html_body_declared_encoding(body), default]
        text = _decoded(body, [known for one in named if one and (known := resolve_encoding(one))])
    text = text.removeprefix("\ufeff")
    if _ENDLESS_TAG.search(text):
        raise NotAnArticle("not HTML: a tag of 64 kB", "not_html")
    return text


def _decoded(body: bytes, encodings: list[str]) -> str:
    """``body`` in the first of the encodings that it can be in, UTF-8 before all others.

    Raises NotAnArticle where it is in none of them. Some broken letters make no other encoding.
    """
    for encoding in ["utf-8", *encodings]:
        text = to_unicode(body, encoding)
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if text.count("\ufffd") <= _MOST_BROKEN * foreign:
            return text
    raise NotAnArticle(f"not in its encoding, {encodings[0]}", "error")


def _check_format(body: bytes, content_type: str) -> None:
    if not body.strip():
        raise NotAnArticle("the page is empty", "empty")
    for magic, name in _OTHER_FORMATS.items():
        if body.startswith(magic):
            raise NotAnArticle(f"not HTML but {name}", "not_html")
    media = content_type.partition(";")[0].strip().lower()
    if media and not any(known in media for known in _MARKUP_TYPES):
        raise NotAnArticle(f"not HTML but {media}", "not_html")
    start = body[:_SNIFFED]
    if b"\x00" in start and read_bom(body)[0] is None:
        raise NotAnArticle("not HTML but binary data", "not_html")
    if b"<" not in body:
        raise NotAnArticle("not HTML: there is no tag in it", "not_html")
    if start.lstrip().startswith(b"<?xml") and b"<html" not in body[:_SNIFFED].lower():
        raise NotAnArticle("not HTML but another kind of XML", "not_html")

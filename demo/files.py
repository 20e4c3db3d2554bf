"""Files for download and pictures: small, real, made when asked for."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from hashlib import md5

WIDTH, HEIGHT = 480, 270


@lru_cache(maxsize=64)
def pdf(name: str) -> bytes:
    """A one-page PDF that names itself and says that it is fiction."""
    text = f"BT /F1 16 Tf 60 760 Td ({name}) Tj 0 -30 Td (Practice file. Fiction.) Tj ET"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    document, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(document))
        document += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size, start = len(objects) + 1, len(document)
    document += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    document += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return document.encode("ascii", "replace")


@lru_cache(maxsize=64)
def png(name: str) -> bytes:
    """A picture in colours of its own, the same for the same name: sky over a ground."""
    tint = md5(name.encode(), usedforsecurity=False).digest()
    rows = bytearray()
    horizon = HEIGHT // 3 + tint[0] % (HEIGHT // 3)
    for y in range(HEIGHT):
        sky = (120 + tint[1] % 60 + y // 4, 150 + tint[2] % 50 + y // 5, 210)
        ground = (60 + tint[3] % 90, 90 + tint[4] % 70, 50 + tint[5] % 60)
        rows += b"\0" + bytes(min(255, c) for c in (sky if y < horizon else ground)) * WIDTH
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""Peak memory of a backfill over archives of different sizes, served by the stand-in site.

    python -m benchmarks.crawl_memory [PAGES ...]     (default: 1000 20000)

A crawl must not grow with the archive: over 20,000 pages it may take a fifth more than over 1,000.
Prints one line for each size: articles stored, seconds, peak resident memory of the crawl's
process (the site is served by this one). Ends with exit code 1 where the bound does not hold.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

from sqlalchemy import func, select

from crawler.source import relocated
from demo.site import StandIn
from storage.database import connect, reading
from storage.tables import ArticleRow

DELAY = 0.001  # seconds; 0 would switch off Scrapy's limit of one request at a time
BOUND = 1.2


def main(sizes: list[int]) -> int:
    """Measure each size; 1 where the largest takes more than BOUND times the smallest."""
    peaks = []
    for size in sizes:
        stored, seconds, peak = measure(size)
        peaks.append(peak)
        print(
            f"{size} pages: {stored} articles stored, {seconds:.0f} s, peak {peak:.1f} MiB",
            flush=True,
        )
    ratio = peaks[-1] / peaks[0]
    print(f"{sizes[-1]} pages take {ratio:.3f} times the memory of {sizes[0]} (bound {BOUND})")
    return int(ratio > BOUND)


def measure(size: int) -> tuple[int, float, float]:
    """Articles stored, seconds and peak memory (MiB) of a backfill over ``size`` articles."""
    with (
        tempfile.TemporaryDirectory() as folder,
        StandIn(crawl_delay=None, articles=size) as site,
    ):
        source = Path(folder) / "mpt.toml"
        shipped = resources.files("seeds").joinpath("mpt.toml").read_text("utf-8")
        source.write_text(relocated(shipped, site.url, delay=DELAY), "utf-8")
        database = f"sqlite:///{folder}/coopwatch.db"
        command = [sys.executable, "-m", "scrapy", "crawl", "mpt", "-a", "backfill=1"]
        command += ["-a", f"source={source}", "-s", f"COOPWATCH_DATABASE_URL={database}"]
        began = time.monotonic()
        with (Path(folder) / "log").open("w") as log:
            process = subprocess.Popen(
                [*command, "-s", "LOG_LEVEL=ERROR"],
                env=os.environ | {"COOPWATCH_DATA_DIR": folder},
                stdout=log,
                stderr=log,
            )
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        if os.waitstatus_to_exitcode(status):
            raise SystemExit((Path(folder) / "log").read_text())
        engine = connect(database)
        with reading(engine) as session:
            stored = session.scalar(select(func.count()).select_from(ArticleRow)) or 0
        engine.dispose()
        return stored, seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [1000, 20000]))

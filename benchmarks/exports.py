"""How much memory and time an export takes, and whether they grow with what is exported.

    python benchmarks/exports.py sqlite:////tmp/many.db    (filled by benchmarks/search.py)

Each export is a `coopwatch` of its own; the peak is that of its process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMS = ["csv", "jsonl", "jsonld", "xlsx", "sqlite"]
QUERIES = ["since:2026", ""]  # about a tenth of a hundred thousand, and all


def main(url: str) -> None:
    """Export each form twice and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            for query in QUERIES:
                target = Path(folder) / f"out.{form}"
                said, seconds, peak = _run(url, target, query)
                size = target.stat().st_size / 2**20
                rows = said.split()[0]
                print(f"{form:7}{rows:>8} rows {size:8.1f} MB {seconds:7.1f} s {peak:6.0f} MB peak")


def _run(url: str, target: Path, query: str) -> tuple[str, float, float]:
    command = "publish" if target.suffix == ".sqlite" else "export"
    line = [sys.executable, "-m", "cli", "--database", url, command, str(target)]
    began = time.perf_counter()
    process = subprocess.Popen([*line, *query.split()], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(said)
    return said, time.perf_counter() - began, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])

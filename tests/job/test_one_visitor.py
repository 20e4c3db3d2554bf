"""All ways to start a crawl, at once, on one site: what the server sees of it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from demo.generator import generated
from tests.fixtures.command import ROOT, Command
from tests.fixtures.forking import fork
from tests.fixtures.stand_in import MakeStandIn

DELAY = 0.25


def test_three_programs_are_one_visitor(
    coopwatch: Command, tmp_path: Path, make_stand_in: MakeStandIn
) -> None:
    site = make_stand_in(crawl_delay=DELAY, articles=generated(4))
    command = coopwatch.watching(site, every="3s")
    environment = {"COOPWATCH_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    options = ["-a", f"source={tmp_path / 'sources' / 'mpt.toml'}"]
    options += ["-s", "COOPWATCH_WAIT_FOR_HOST=1"]
    watch = command.start("run")
    crawls = [
        command.start("crawl", "mpt"),
        fork(
            "scrapy",
            "crawl",
            "mpt",
            *options,
            folder=ROOT,
            environment=os.environ | command.environment | environment,
        ),
    ]
    try:
        logs = [process.communicate(timeout=90) for process in crawls]
        end = time.monotonic() + 60
        while time.monotonic() < end and len(site.control.stats().by_url["/ru/news"]) < 2:
            time.sleep(0.2)  # `run` tries again as long as somebody else is there
        watch.send_signal(signal.SIGTERM)
        logs.append(watch.communicate(timeout=60))
    finally:
        for process in (*crawls, watch):
            process.kill()
    said = "\n".join(part for log in logs for part in log)
    assert "Traceback" not in said, said
    assert {process.returncode for process in crawls} <= {0, 75}, said
    assert crawls[1].returncode == 0, said  # it waited for its turn
    stats = site.control.stats()
    assert len(stats.by_url["/ru/news"]) >= 2, said  # the one after the other
    assert stats.max_simultaneous == 1
    assert stats.min_gap is not None
    assert stats.min_gap >= DELAY
    assert len(stats.by_url["/robots.txt"]) == 1

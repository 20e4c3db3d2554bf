"""A crawl's process: its end, its limit, its stop, its death."""

from __future__ import annotations

import asyncio
import os
import sys
import time

import pytest

from scheduler import processes
from scheduler.processes import run_process

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


async def _run(code: str, *, limit: float = 30.0, stop: asyncio.Event | None = None) -> int | None:
    return await run_process(
        [sys.executable, "-c", code],
        environment=dict(os.environ),
        time_limit=limit,
        output=None,
        stop=stop or asyncio.Event(),
    )


def test_the_exit_code_is_handed_on() -> None:
    assert asyncio.run(_run("raise SystemExit(7)")) == 7


def test_one_that_takes_too_long_is_asked_to_stop() -> None:
    began = time.monotonic()
    assert asyncio.run(_run("import time; time.sleep(60)", limit=0.5)) == -15
    assert time.monotonic() - began < 20


def test_one_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.5)
    assert asyncio.run(_run(DEAF, limit=1.0)) is None


def test_stopping_the_watch_stops_it() -> None:
    async def stopped() -> int | None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.3, stop.set)
        return await _run("import time; time.sleep(60)", stop=stop)

    assert asyncio.run(stopped()) == -15

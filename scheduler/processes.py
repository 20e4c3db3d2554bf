"""One crawl in a process of its own: a crash, a leak or a hang stays in there."""

from __future__ import annotations

import asyncio
import logging
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO

log = logging.getLogger(__name__)

# A crawl that is asked to stop finishes the requests in flight; it exits in about half a second
# (measured), and a page may take as long as the download time-out.
GRACE_SECONDS = 30.0


async def run_process(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    time_limit: float,
    output: IO[str] | None,
    stop: asyncio.Event,
) -> int | None:
    """Run ``command`` to its end and return its exit code; None where it had to be killed.

    It is asked to stop (SIGTERM) when ``stop`` is set or ``time_limit`` seconds are over, and
    killed GRACE_SECONDS later: a blocked crawl ignores SIGTERM. Its standard input is a pipe that
    we hold: it closes when we die, however we die, and tells the crawl to end.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        env=environment,
        start_new_session=True,  # Ctrl-C in the terminal is for us; we pass it on as SIGTERM
    )
    ended = asyncio.create_task(process.wait())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({ended, stopped}, timeout=time_limit, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not ended.done():
        if not stop.is_set():
            log.warning("%s: over its limit of %.0f s", " ".join(command), time_limit)
        process.terminate()
        await asyncio.wait({ended}, timeout=GRACE_SECONDS)
    if not ended.done():
        log.warning("%s: did not stop in %.0f s, killed", " ".join(command), GRACE_SECONDS)
        process.kill()
        await ended
        return None
    return ended.result()

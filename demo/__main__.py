"""``python -m demo``: serve the stand-in site until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from demo.settings import LAYOUTS
from demo.site import StandIn


def main() -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8123, help="port of the site (0: a free one)")
    parser.add_argument("--control-port", type=int, default=0, help="port of the control interface")
    parser.add_argument("--crawl-delay", type=float, default=10.0, help="seconds, for robots.txt")
    parser.add_argument("--articles", type=int, help="serve so many generated articles instead")
    parser.add_argument("--layout", choices=LAYOUTS, default="drupal7")
    options = parser.parse_args()
    stand_in = StandIn(
        options.port, options.crawl_delay, options.articles, options.control_port, options.layout
    )
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        stand_in.start()
    except OSError as error:
        stand_in.stop()
        print(f"cannot serve on port {options.port}: {error.strerror}", file=sys.stderr)  # noqa: T201 - the program's output
        return 1
    print(f"site     {stand_in.url}/\ncontrol  {stand_in.control_url}/", flush=True)  # noqa: T201 - the program's output
    ended.wait()
    stand_in.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

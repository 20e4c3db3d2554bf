"""The reading room at an address: on its own, or beside something else in a thread."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from sqlalchemy import Engine

from web.app import create_app
from web.settings import WebError, WebSettings

log = logging.getLogger(__name__)

_PARTING_SECONDS = 3  # for answers under way when it is stopped


class Serving:
    """A room whose address is taken: from now on connections wait for `run`.

    Raises WebError where the settings leave the door open (`WebSettings.check`), and
    AddressTaken where the address cannot be had.
    """

    def __init__(self, engine: Engine, settings: WebSettings) -> None:
        app = create_app(engine, settings)
        self._socket = _listening(settings)
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        self.url = f"http://{host}:{self._socket.getsockname()[1]}/"
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                access_log=False,  # addresses of requests hold queries
                log_config=None,
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=_PARTING_SECONDS,
            )
        )

    def run(self) -> None:
        """Serve until `stop`, or until Ctrl-C where this is the main thread."""
        with self._socket:
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """End `run` soon, from any thread."""
        self._server.should_exit = True


class AddressTaken(WebError):  # noqa: N818 - says what is the matter
    """The address cannot be listened at; the rest of the program can go on."""


@contextmanager
def beside(serving: Serving) -> Iterator[str]:
    """Serve in a thread for as long as the block lasts; the value is the room's address."""
    thread = threading.Thread(target=_guarded, args=(serving,), name="reading room", daemon=True)
    thread.start()
    try:
        yield serving.url
    finally:
        serving.stop()
        thread.join(2 * _PARTING_SECONDS)


def _guarded(serving: Serving) -> None:
    try:
        serving.run()
    except Exception:
        log.exception("the reading room has stopped; the rest of the program goes on")


def _listening(settings: WebSettings) -> socket.socket:
    where = f"{settings.host}, port {settings.port}"
    try:
        family, *_, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        return socket.create_server(address[:2], family=family, backlog=128)
    except (OSError, UnicodeError) as error:
        raise AddressTaken(
            f"the reading room cannot be opened at {where}: {_reason(error)}; "
            "set web_host and web_port (0 takes any free port)"
        ) from error


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)

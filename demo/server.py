"""HTTP on loopback: the site on one port, its control on another."""

from __future__ import annotations

import json
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from demo.cache import Page
from demo.drupal import Drupal, Response
from demo.hostile import Hostility, Trick
from demo.settings import CommandError
from demo.visitors import Visitors

HOST = "127.0.0.1"
IDLE = 75.0
GLANCE = 0.05  # seconds between two looks whether a waiting visitor is still there
LARGEST_COMMAND = 50_000_000


class Server(ThreadingHTTPServer):
    """A server whose stop also ends the connections that visitors keep alive."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        super().__init__((HOST, port), handler)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._open.discard(request)

    def server_close(self) -> None:
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the visitor was quicker
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up is none of the server's troubles."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Keeps connections alive and writes each answer in one piece."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """The counter keeps the log."""

    def write(self, response: Response) -> None:
        """Send a response; of HEAD and 304 only the head."""
        lines = [f"HTTP/1.1 {response.status} {response.reason}", "Server: nginx"]
        lines.append(f"Date: {self.date_time_string()}")
        lines += [f"{name}: {value}" for name, value in response.headers]
        if response.status != 304:
            lines.append(f"Content-Length: {len(response.body)}")
        lines.append("Connection: close" if self.close_connection else "Connection: keep-alive")
        head = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
        bodyless = self.command == "HEAD" or response.status == 304
        self.wfile.write(head if bodyless else head + response.body)

    def play(
        self, trick: Trick, stopped: threading.Event, before_the_last: Callable[[], None]
    ) -> None:
        """Send a misbehaving answer, then hang up.

        Ends early when the server stops or the visitor hangs up. ``before_the_last`` is called
        when only the last piece is still to be sent.
        """
        self.close_connection = True
        if trick.status == 0 or not self._waited(trick.pause, stopped):
            return
        lines = [f"HTTP/1.1 {trick.status} {trick.reason}", "Server: nginx", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in trick.headers if name != "Content-Length"]
        if trick.length is not None:
            lines.append(f"Content-Length: {trick.length}")
        self.wfile.write("\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n")
        last = b""
        for piece in trick.body() if self.command != "HEAD" else ():
            self.wfile.write(last)
            last = piece
            if not self._waited(trick.drip, stopped):
                return
        before_the_last()
        self.wfile.write(last)

    def _waited(self, seconds: float, stopped: threading.Event) -> bool:
        """Whether the time passed with the visitor still there and the server still running."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if stopped.wait(min(left, GLANCE)) or self._hung_up():
                return False
        return not stopped.is_set()

    def _hung_up(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)


def site_handler(
    site: Drupal, visitors: Visitors, hostility: Hostility, stopped: threading.Event
) -> type[Handler]:
    """The handler of the site's port; ``stopped`` ends answers that would take long."""

    class SiteHandler(Handler):
        def do_GET(self) -> None:
            visit = visitors.come(self.command, self.path, self.headers)
            try:
                trick = hostility.trick(self.path, self._honest)
                if trick is not None:
                    visit.status = trick.status
                    self.play(trick, stopped, lambda: visitors.leave(visit))
                    return
                response = site.answer(self.path, self.headers)
                visit.status = response.status
                visitors.leave(visit)
                self.write(response)
            finally:
                visitors.leave(visit)

        def _honest(self) -> Page:
            headers: Message[str, str] = Message()
            headers["Host"] = self.headers.get("Host", HOST)
            answer = site.answer(self.path, headers)
            return Page(answer.status, answer.reason, tuple(answer.headers), answer.body)

        do_HEAD = do_GET  # noqa: N815 - named by http.server

    return SiteHandler


Command = Callable[[Mapping[str, Any]], Any]


def control_handler(commands: Mapping[str, Command]) -> type[Handler]:
    """The handler of the control's port: POST /command with a JSON object of its arguments."""

    class ControlHandler(Handler):
        def do_POST(self) -> None:
            status, answer = self._carry_out()
            body = json.dumps(answer, ensure_ascii=False).encode()
            kind = [("Content-Type", "application/json")]
            self.write(Response(status, "OK" if status == 200 else "Bad Request", kind, body))

        def _carry_out(self) -> tuple[int, Any]:
            command = commands.get(self.path.strip("/"))
            if command is None:
                return 400, {"error": f"no such command; there are: {', '.join(sorted(commands))}"}
            try:
                length = min(int(self.headers.get("Content-Length", 0)), LARGEST_COMMAND)
                arguments = json.loads(self.rfile.read(length) or b"{}")
                return 200, {"result": command(arguments)}
            except (CommandError, ValueError, TypeError, KeyError) as error:
                return 400, {"error": str(error)}

    return ControlHandler

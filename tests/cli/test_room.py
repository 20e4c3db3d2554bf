"""The reading room beside the watch and alone: its address, its lock, its port that is taken."""

from __future__ import annotations

import re
import signal
import socket
from dataclasses import replace

import httpx

from demo.site import StandIn
from tests.fixtures.command import Command
from web.secrets import matches


def _with(command: Command, **environment: str) -> Command:
    return replace(command, environment={**command.environment, **environment})


def _first_line_with(stream: object, word: str) -> str:
    for line in stream:  # type: ignore[attr-defined] # a pipe of text
        if word in line:
            return str(line)
    raise AssertionError(f"{word} was never said")


def test_run_serves_the_room_and_names_its_address(coopwatch: Command, stand_in: StandIn) -> None:
    process = coopwatch.watching(stand_in).start("run")
    try:
        url = _first_line_with(process.stderr, "reading room").split()[-1]
        assert httpx.get(url, headers={"Accept-Language": "ru"}).text.count("Новое")
        assert httpx.get(f"{url}api/coverage").is_success
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def test_run_goes_on_without_the_room(coopwatch: Command, stand_in: StandIn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        watching = _with(coopwatch.watching(stand_in), COOPWATCH_WEB_PORT=port)
        process = watching.start("run")
        try:
            said = _first_line_with(process.stderr, "reading room")
            assert f"port {port}: " in said
            assert "watching goes on" in said
            assert "finished" in _first_line_with(process.stdout, "mpt:")
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
    assert process.returncode == 0
    _, errors = _with(coopwatch, COOPWATCH_WEB_PORT="99999").__call__("web", code=2)
    assert "web_port" in errors


def test_others_may_in_with_a_password_only(coopwatch: Command, stand_in: StandIn) -> None:
    _, errors = coopwatch("web", "--host", "0.0.0.0", code=1)
    assert "set web_password or web_tokens" in errors
    open_door = _with(coopwatch.watching(stand_in), COOPWATCH_WEB_HOST="0.0.0.0")
    _, errors = open_door("run", code=1)
    assert "coopwatch password" in errors
    _, errors = _with(coopwatch, COOPWATCH_WEB_PASSWORD="secret-word")("web", code=2)
    assert "coopwatch password" in errors
    assert "secret-word" not in errors


def test_a_token_opens_the_api(coopwatch: Command) -> None:
    line, said = coopwatch("password", "--token")
    token = said.split("shown only now: ")[1].splitlines()[0]
    found = re.fullmatch(r'web_tokens = \["(.+)"\]\n', line)
    assert found is not None
    assert token not in line
    assert matches(token, found[1])
    (coopwatch.folder / "coopwatch.toml").write_text(line, "utf-8")
    process = coopwatch.start("web", "--host", "0.0.0.0")
    try:
        url = _first_line_with(process.stderr, "reading room").split()[-1]
        url = url.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(f"{url}api/items").status_code == 401
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{url}api/items", headers=headers).is_success
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_a_short_password_is_refused(coopwatch: Command) -> None:
    _, errors = coopwatch("password", code=2)
    assert "at least 8 characters" in errors

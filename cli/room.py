"""The reading room in a browser, and the secrets that open its door."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli.edge import configuration, database
from configuration import Configuration
from web.secrets import hashed
from web.serving import AddressTaken, Serving, beside
from web.settings import WebSettings

_SHORTEST = 8  # characters of a password, as NIST SP 800-63B has it


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (web, password):
        app.command(rich_help_panel="Reading room")(command)


def web(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(help="Address to listen at. Default: web_host, else 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Its port; 0: any free one. Default: web_port."),
    ] = None,
) -> None:
    """Serve the reading room, API and feeds until Ctrl-C.

    At an address that others can reach a password or token is asked for: see
    `coopwatch password`.
    """
    settings = web_settings(configuration(context), host, port)
    serving = Serving(database(context), settings)
    typer.echo(f"reading room: {serving.url}", err=True)
    serving.run()


def password(
    token: Annotated[
        bool,
        typer.Option("--token", help="Make a token for a program (API, feeds) instead."),
    ] = False,
) -> None:
    """Hash a password for web_password, or make a token; nothing is stored by this command.

    The password is asked for, or read from standard input where that is no terminal.
    """
    if token:
        secret = secrets.token_urlsafe(32)
        typer.echo(f"token, shown only now: {secret}", err=True)
        typer.echo(f'web_tokens = ["{hashed(secret)}"]')
    else:
        typer.echo(f'web_password = "{hashed(_asked())}"')
    typer.echo("put this line into coopwatch.toml", err=True)


def web_settings(
    settings: Configuration, host: str | None = None, port: int | None = None
) -> WebSettings:
    """What the configuration says of the web; an option wins over it."""
    return WebSettings(
        host=settings.web_host if host is None else host,
        port=settings.web_port if port is None else port,
        password_hash=settings.web_password,
        token_hashes=settings.web_tokens,
        full_text=settings.full_text,
        names=settings.web_names,
    )


@contextmanager
def room_beside(engine: Engine, settings: Configuration) -> Iterator[None]:
    """The reading room for as long as the block lasts; a port that is taken is told, no more.

    Raises WebError where others could get in without a password.
    """
    try:
        serving = Serving(engine, web_settings(settings))
    except AddressTaken as error:
        typer.echo(f"{error}; watching goes on without it", err=True)
        yield
        return
    with beside(serving) as url:
        typer.echo(f"reading room: {url}", err=True)
        yield


def _asked() -> str:
    if sys.stdin.isatty():
        given = str(typer.prompt("password", hide_input=True, confirmation_prompt=True))
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if len(given) < _SHORTEST:
        raise typer.BadParameter(f"a password has at least {_SHORTEST} characters")
    return given

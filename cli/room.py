"""The reading room in a browser of this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.edge import database
from web.app import serve
from web.settings import WebSettings


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(rich_help_panel="Reading")(web)


def web(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 8000,
) -> None:
    """Serve the reading room, API and feeds to this machine until Ctrl-C."""
    server = serve(database(context), WebSettings(port=port))
    typer.echo(f"http://127.0.0.1:{port}/", err=True)
    server.run()

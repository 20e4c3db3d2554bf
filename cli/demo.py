"""The whole job in two minutes, on a stand-in of the ministry's site that this machine serves."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine

from cli.article import print_article
from cli.output import Format, console, print_rows
from cli.rows import ITEM_COLUMNS, NOTICES, item_row
from configuration import Configuration
from crawler.source import relocated
from demo.articles import of_the_day, to_publish
from demo.site import StandIn
from scheduler.crawls import Crawls
from storage import items, sources
from storage.database import connect, reading
from storage.items import Change, Item, ItemFilter

KEY = "mpt"
CRAWL_DELAY = 0.1  # seconds; the stand-in's robots.txt asks for it and the crawler obeys
POLL = "2s"
PATIENCE = 90.0  # seconds until the watch must have seen everything


class DemoFailed(Exception):  # noqa: N818 - says what is the matter
    """The program did not do what the demo shows; the message says what was missing."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(rich_help_panel="Trying out")(demo)


def demo(
    serve: Annotated[
        bool, typer.Option("--serve", help="Leave the site and the program up until Ctrl-C.")
    ] = False,
) -> None:
    """Show the whole job on a stand-in site: first crawl, news, edit, withdrawal, alert.

    Nothing of yours is touched: site, sources and database are in a temporary folder.
    """
    with TemporaryDirectory(prefix="coopwatch-demo-") as folder, _stand_in() as site:
        settings = _settings(Path(folder), site)
        engine = connect(settings.database)
        try:
            _first_crawl(engine, settings, site)
            began = datetime.now(UTC)
            _news_of_the_day(site)
            with _watch(settings, Path(folder)):
                _wait_until(lambda: _all_seen(engine, began), "see the news, the edit and the loss")
                if serve:
                    _keep_up(site, settings)
            _show_what_was_seen(engine, began)
        except DemoFailed as error:
            typer.echo(f"coopwatch demo: {error}", err=True)
            raise typer.Exit(1) from error
        finally:
            engine.dispose()


@contextmanager
def _stand_in() -> Iterator[StandIn]:
    with StandIn(crawl_delay=CRAWL_DELAY) as site:
        for article in of_the_day():
            site.control.publish(**article)
        yield site


def _settings(folder: Path, site: StandIn) -> Configuration:
    """A configuration with its own database and the ministry's source file, moved to the site."""
    shipped = resources.files("seeds").joinpath(f"{KEY}.toml").read_text(encoding="utf-8")
    own = folder / "sources"
    own.mkdir()
    moved = relocated(shipped, site.url, delay=CRAWL_DELAY, every=POLL)
    (own / f"{KEY}.toml").write_text(moved, encoding="utf-8")
    return Configuration(
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'demo.db'}",
        sources_dir=own,
        contact="the demo on this machine",
    )


def _first_crawl(engine: Engine, settings: Configuration, site: StandIn) -> None:
    _say("1", f"A stand-in of the ministry's site is up at {site.url}/ru/news")
    _say("2", "First crawl: the whole archive. Nothing in it is new, so nothing is announced.")
    crawls = Crawls(settings)
    with (settings.data_dir / "first-crawl.log").open("w", encoding="utf-8") as log:
        crawl = subprocess.Popen(  # noqa: S603 - our own command
            crawls.command(KEY, walk="backfill"), env=crawls.environment(), stdout=log, stderr=log
        )
        with console().status("") as status:
            while crawl.poll() is None:
                status.update(f"{_articles(engine)} articles stored")
                time.sleep(0.2)
    if crawl.returncode:
        raise DemoFailed("the first crawl failed:\n" + Path(log.name).read_text(encoding="utf-8"))
    with reading(engine) as session:
        last = sources.crawls(session, KEY, limit=1)[0]
        found = items.items(session, limit=1000)
        announced = items.items(session, ItemFilter(new=True), limit=1000)
    _tell(f"{_articles(engine)} articles stored; {last.reason}")
    _tell(f"{len(found)} of them are cooperation items; announced: {len(announced)}")
    print_rows(map(item_row, found[:5]), ITEM_COLUMNS, Format.TABLE)


def _news_of_the_day(site: StandIn) -> None:
    """Three articles come, one is edited, one is taken down."""
    edited, withdrawn = (record["nid"] for record in site.control.articles()[-2:])
    for article in to_publish():
        site.control.publish(**article)
    site.control.edit(edited, title=f"{site.article(edited).title} (обновлено)")
    site.control.withdraw(withdrawn)
    _say("3", "The ministry publishes three articles, edits one and takes one down.")


@contextmanager
def _watch(settings: Configuration, folder: Path) -> Iterator[None]:
    """`coopwatch run`, as an operator starts it, in a process of its own."""
    _say("4", "`coopwatch run` visits the site again ...")
    command = [sys.executable, "-m", "cli", "run"]
    with (folder / "run.log").open("w", encoding="utf-8") as log:
        watch = subprocess.Popen(  # noqa: S603 - our own command
            command, env=_environment(settings), stdout=log, stderr=log
        )
        try:
            yield
        finally:
            watch.terminate()
            code = watch.wait()
    if code:
        raise DemoFailed(f"`coopwatch run` ended with {code}:\n{Path(log.name).read_text('utf-8')}")


def _environment(settings: Configuration) -> dict[str, str]:
    return {
        **Crawls(settings).environment(),
        "COOPWATCH_DATA_DIR": str(settings.data_dir),
        "COOPWATCH_WEB_HOST": "127.0.0.1",
        "COOPWATCH_WEB_PORT": "0",
    }


def _wait_until(reached: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    with console().status("waiting for the next visits"):
        while not reached():
            if time.monotonic() > end:
                raise DemoFailed(f"`coopwatch run` did not {what} within {PATIENCE:.0f} s")
            time.sleep(0.2)


def _all_seen(engine: Engine, began: datetime) -> bool:
    seen = [change.what for change in _changes(engine, began)]
    return (
        seen.count("new") >= len(to_publish())
        and "revised" in seen
        and "withdrawn" in seen
        and bool(_new_items(engine))
    )


def _show_what_was_seen(engine: Engine, began: datetime) -> None:
    new = _new_items(engine)
    _say("5", f"Announced: {len(new)} new item, of three new articles.")
    print_rows(map(item_row, new), ITEM_COLUMNS, Format.TABLE)
    for item in new:
        with reading(engine) as session:
            view = items.article(session, item.id)
        console().print()
        print_article(view, why=True)
    _say("6", "What changed on the site since the first crawl:")
    for change in _changes(engine, began):
        detail = NOTICES.get(change.detail, change.detail)
        _tell(f"{change.what:12}{detail:14}{change.title}")
    if len(new) != 1:
        raise DemoFailed(f"expected one new item, the database has {len(new)}")


def _keep_up(site: StandIn, settings: Configuration) -> None:
    _say("–", "Site and program stay up until Ctrl-C.")
    _tell(f"site      {site.url}/ru/news\ncontrol   {site.control_url}")
    _tell(f"database  {settings.database}")
    _tell((settings.data_dir / "run.log").read_text("utf-8").splitlines()[0])
    _tell(f"ask it    coopwatch --database {settings.database} items --new")
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        _tell("stopping")


def _articles(engine: Engine) -> int:
    with reading(engine) as session:
        return items.count(session)


def _new_items(engine: Engine) -> list[Item]:
    with reading(engine) as session:
        return items.items(session, ItemFilter(new=True))


def _changes(engine: Engine, since: datetime) -> list[Change]:
    with reading(engine) as session:
        return items.changes(session, since)


def _say(step: str, text: str) -> None:
    console().print(Text(f"\n{step}  {text}", style="bold"))


def _tell(text: str) -> None:
    console().print(Text(text))

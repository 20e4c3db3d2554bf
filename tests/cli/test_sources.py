"""Sources are listed, drafted from a look at their site, and the draft collects the site."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from crawler.source import SourceError, load
from demo.settings import LAYOUTS
from demo.site import StandIn
from tests.crawler.conftest import few
from tests.fixtures.command import ROOT, Command
from tests.fixtures.stand_in import MakeStandIn

LONG = bool(os.environ.get("COOPWATCH_LONG_TESTS"))
QUICK = ("--allow-private", "--delay", "0.03")


def in_own_folder(coopwatch: Command) -> tuple[Command, Path]:
    folder = coopwatch.folder / "own"
    folder.mkdir()
    return Command(coopwatch.folder, {"COOPWATCH_SOURCES_DIR": str(folder)}), folder


def here(folder: Path, *arguments: str, sources: Path | None = None) -> Result:
    """The command within this process, for what visits no site."""
    environment = {"COOPWATCH_DATA_DIR": str(folder), "COOPWATCH_SOURCES_DIR": None}
    if sources is not None:
        environment["COOPWATCH_SOURCES_DIR"] = str(sources)
    return CliRunner().invoke(app, ["sources", *arguments], env=environment)


def approving(command: Command, *arguments: str) -> str:
    """What the command tells a person at a terminal who says yes."""
    person, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", *arguments],
        cwd=command.folder,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "COOPWATCH_DATA_DIR": str(command.folder)}
        | command.environment,
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.write(person, b"y\n")
    _, told = process.communicate(timeout=120)
    os.close(person)
    os.close(terminal)
    assert process.returncode == 0, told
    return told


def test_the_list_says_what_was_not_verified(tmp_path: Path) -> None:
    output = here(tmp_path).output
    rows = {line.split()[0]: line for line in output.splitlines()}
    assert {"mpt", "belta", "economy"} <= rows.keys()
    assert rows["belta"].split()[-1] == "no"
    assert "disabled" in rows["belta"]
    assert "disabled" not in rows["mpt"]


@pytest.mark.parametrize("layout", LAYOUTS if LONG else LAYOUTS[1:2])
def test_a_drafted_source_collects_the_whole_site(
    coopwatch: Command, make_stand_in: MakeStandIn, layout: str
) -> None:
    site = make_stand_in(articles=few(16), layout=layout)
    command, folder = in_own_folder(coopwatch)
    asked = layout == LAYOUTS[1]
    if asked:
        told = approving(command, "sources", "add", site.url, *QUICK)
        assert "Are these articles read well?" in told
    else:
        output, told = command("sources", "add", site.url, "--yes", *QUICK)
        assert max(map(len, output.splitlines())) <= 100
    assert "/sitemap.xml: a sitemap of" in told
    (file,) = folder.glob("*.toml")
    source = load(file)
    assert (source.enabled, source.verified) == (True, asked)
    assert source.languages == ["ru", "be", "en"]
    assert "/ru/news" in source.listings
    assert "/rss.xml" in source.feeds or "/ru/rss.xml" in source.feeds
    assert bool(source.layouts) is layout.startswith("drupal7")
    command("crawl", source.key, "--backfill")
    alive = [record for record in site.articles() if record.status == "published"]
    with closing(sqlite3.connect(coopwatch.folder / "coopwatch.db")) as database:
        rows = database.execute("SELECT title FROM article WHERE merged_into_id IS NULL").fetchall()
    assert sorted(title for (title,) in rows) == sorted(record.title for record in alive)


def test_a_look_is_polite_and_obeys_robots(coopwatch: Command, make_stand_in: MakeStandIn) -> None:
    site = make_stand_in(articles=few(8), crawl_delay=0.2)
    lines = ["User-agent: *", "Crawl-delay: 0.2", "Disallow: /feed", "Disallow: /rss"]
    lines.append(f"Sitemap: {site.url}/sitemap.xml")
    site.control.set(robots_text="\n".join(lines))
    output, told = coopwatch("sources", "add", f"{site.url}/ru/news", "--output", "-", *QUICK)
    assert "# robots.txt: Crawl-delay 0.2 s, sitemaps 1" in output
    assert "delay = 0.2" in output
    assert "/rss: robots.txt forbids it" in told
    assert "Words" in told
    (coopwatch.folder / "draft.toml").write_text(output, "utf-8")
    assert load(coopwatch.folder / "draft.toml").feeds[0] == "/ru/rss.xml"
    stats = site.control.stats()
    assert stats.max_simultaneous == 1
    assert stats.min_gap is not None
    assert stats.min_gap >= 0.2
    assert not [visit for visit in stats.visits if visit.url.startswith(("/feed", "/rss"))]
    assert len(stats.visits) <= 25


def test_nothing_to_start_from_says_what_was_tried(
    coopwatch: Command, make_stand_in: MakeStandIn
) -> None:
    site = make_stand_in(articles=[])
    _, told = coopwatch("sources", "add", site.url, "--output", "-", *QUICK, code=1)
    assert "neither a feed nor a list of news was found" in told
    assert f"{site.url}/rss.xml: no feed" in told
    assert "Try the address of the site's list of news" in told


def test_a_private_address_is_refused(coopwatch: Command, stand_in: StandIn) -> None:
    _, told = coopwatch("sources", "add", stand_in.url, "--output", "-", "--delay", "0.1", code=1)
    assert "an address that is not public" in told
    assert stand_in.control.stats().visits == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["http://127.0.0.1:9"], "no folder for your sources"),
        (["http://127.0.0.1:9"], "nobody"),
        (["https://mpt.gov.by/", "--output", "-"], "is the site of the source 'mpt' already"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_site_is_asked(
    tmp_path: Path, arguments: list[str], expected: str
) -> None:
    ended = here(tmp_path, "add", *arguments, sources=tmp_path if expected == "nobody" else None)
    assert isinstance(ended.exception, SourceError)
    assert expected in str(ended.exception)


def test_rules_are_checked_against_the_archive_and_the_live_site(
    coopwatch: Command, make_stand_in: MakeStandIn
) -> None:
    site = make_stand_in(articles=few(8))
    command = coopwatch.watching(site, delay=0.03)
    command("crawl", "mpt")
    site.control.reset_stats()
    ended = here(coopwatch.folder, "check", "--archive", sources=coopwatch.folder / "sources")
    assert ended.exit_code == 0
    assert " 0 broken" in ended.stderr
    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert "8 of 8" in ended.stdout
    assert site.control.stats().visits == []
    site.control.layout("bureau")
    output, _ = command("sources", "check", "--pages", "3", "--format", "json", code=1)
    found = {(row["part"], row["rule"]): row for row in json.loads(output)}
    assert found["drupal7 article", "body.node-type-news"]["broken"] == "no article on any page"
    assert found["fallback", "body"]["found"] == 3
    assert found["pages", "date parsed"]["found"] == 3
    assert found["feed", f"{site.url}/rss.xml"]["broken"] == ""
    assert len(site.control.stats().visits) <= 7 + 3
    assert site.control.stats().max_simultaneous == 1

"""Source files: the shipped one loads, and each mistake is told with file, key and expectation."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from crawler.source import SourceError, find, load, relocated, shipped_and_own

SHIPPED = resources.files("seeds").joinpath("mpt.toml").read_text("utf-8")


def broken(tmp_path: Path, old: str, new: str) -> str:
    """The message for the shipped file with one change in it."""
    assert old in SHIPPED
    file = tmp_path / "own.toml"
    file.write_text(SHIPPED.replace(old, new, 1), "utf-8")
    with pytest.raises(SourceError) as raised:
        load(file)
    assert str(file) in str(raised.value)
    return str(raised.value)


def test_shipped_source() -> None:
    source = find("mpt")
    assert source.owns("http://www.mpt.gov.by/ru/news")
    assert source.excludes("https://mpt.gov.by/ru/search/node")
    assert source.excludes("https://mpt.gov.by/ru/print/7600")
    assert not source.excludes("https://mpt.gov.by/ru/news/15-04-2019-7600")
    assert not source.verified


@pytest.mark.parametrize(
    ("url", "bound", "told"),
    [
        ("https://mpt.gov.by/ru/news/15-04-2019-7600", "7600", "7600"),
        ("https://mpt.gov.by/be/node/2530", None, "2530"),
        ("https://mpt.gov.by/node/07600", None, "7600"),
        ("https://mpt.gov.by/index.php?q=node/7600", None, "7600"),
        ("https://mpt.gov.by/ru/itogi-2025", None, None),
        ("https://mpt.gov.by/ru/uchastie-v-rabote-gruppy-0", None, None),
    ],
)
def test_ids_in_addresses(url: str, bound: str | None, told: str | None) -> None:
    source = find("mpt")
    assert source.bound_id(url) == bound
    assert source.url_id(url) == told


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('country = "BY"', 'country = "XX"', "country", "ISO 3166-1"),
        ('zone = "Europe/Minsk"', 'zone = "Minsk"', "zone", "IANA"),
        ('["ru", "be", "en"]', '["ru", "fr"]', "languages[1]", "'ru', 'be' or 'en'"),
        ('"/ru/news"', '"https://example.org/news"', "listings", "within hosts"),
        ('every = "1h"', 'every = "often"', "politeness.every", "'1h'"),
        ("delay = 10.0", "delay = 0.0", "politeness.delay", "greater than 0"),
        ('"h1#page-title"', '"h1["', "layouts[0].title[1]", "CSS selector"),
        ("enabled = true", 'enabled = "yes"', "enabled", "boolean"),
        ("[site_id]", "[site_ids]", "site_ids", "unknown key"),
        ("guid = '^(\\d+) at '", "guid = '^\\d+ at '", "site_id.guid", "one group"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    lines = broken(tmp_path, old, new).splitlines()
    assert any(f": {key}: " in line and expected in line for line in lines), lines


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    text = SHIPPED.replace('country = "BY"', 'country = "XX"').replace('"1h"', '"1x"')
    file.write_text(text, "utf-8")
    with pytest.raises(SourceError) as raised:
        load(file)
    assert len(str(raised.value).splitlines()) == 2


def test_overlapping_layouts(tmp_path: Path) -> None:
    layout = SHIPPED[SHIPPED.index("[[layouts]]") :]
    file = tmp_path / "own.toml"
    second = layout.replace('"drupal7"', '"later"\nsince = 2024-01-01')
    file.write_text(SHIPPED + "\n" + second, "utf-8")
    with pytest.raises(SourceError, match="do not overlap"):
        load(file)
    file.write_text(SHIPPED.replace('"drupal7"', '"drupal7"\nuntil = 2023-12-31') + second, "utf-8")
    assert [layout.name for layout in load(file).layouts_for(None)] == ["later", "drupal7"]


def test_not_toml_and_not_there(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("key = ", "utf-8")
    with pytest.raises(SourceError, match="expected a TOML file"):
        load(file)
    with pytest.raises(SourceError, match="cannot be read"):
        load(tmp_path / "missing.toml")


def test_unknown_key_names_the_known() -> None:
    with pytest.raises(SourceError, match="did you mean mpt"):
        find("mtp")


def test_own_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        relocated(SHIPPED, "http://127.0.0.1:8123", delay=0.5), "utf-8"
    )
    own = shipped_and_own(tmp_path)["mpt"]
    assert own.hosts == ["127.0.0.1:8123"]
    assert own.politeness.delay == 0.5
    assert own.allow_private
    assert own.absolute(own.listings)[0] == "http://127.0.0.1:8123/ru/news"

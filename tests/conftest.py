"""Fixtures for all rooms: real databases, the stand-in site, the command."""

pytest_plugins = [
    "tests.fixtures.command",
    "tests.fixtures.databases",
    "tests.fixtures.room",
    "tests.fixtures.monitor",
    "tests.fixtures.stand_in",
]

"""Fixtures for all rooms: real databases and the stand-in site."""

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.stand_in"]

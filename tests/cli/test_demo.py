"""The demo is the main job from end to end: if it ends with 0, the program works."""

from __future__ import annotations

from tests.fixtures.command import Command


def test_the_demo_announces_exactly_the_one_new_item(coopwatch: Command) -> None:
    output, _ = coopwatch("demo")
    assert "announced: 0" in output
    assert "Announced: 1 new item" in output
    assert "RU-PNZ" in output
    assert "⟦" in output
    changes = output[output.index("What changed") :]
    assert changes.count("\nnew") == 3
    assert "revised" in changes
    assert "withdrawn   deleted" in changes

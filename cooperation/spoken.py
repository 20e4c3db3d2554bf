"""The languages that are read."""

from __future__ import annotations

from typing import Literal

Language = Literal["ru", "be", "en"]

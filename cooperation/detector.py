"""A detector as one value: a trained model, its threshold and the word weights that go with it.

The shipped one decides by default; another can be tried on texts before it is adopted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cooperation import meaning as meanings
from cooperation.meaning import Meaning
from cooperation.model import MODEL_FILE, Model, model, parse

_LOWEST = 1e-15  # below every score, also below that of a text which can be no item


class ModelFileError(Exception):
    """A model cannot be used; the message names the file and what was expected."""


@dataclass(frozen=True, slots=True)
class Detector:
    """What `assess` decides by."""

    model: Model
    meaning: Meaning

    def with_threshold(self, threshold: float) -> Detector:
        """The same with another threshold, a probability between 0 and 1 (neither of them)."""
        return replace(self, model=replace(self.model, threshold=threshold))


@cache
def shipped() -> Detector:
    """The detector of this version of the program."""
    return Detector(model(), meanings.meaning())


@cache
def unconditional() -> Detector:
    """Flags every text: its facts are read where somebody else says that it is an item."""
    return shipped().with_threshold(_LOWEST)


def load(path: Path) -> Detector:
    """The detector of a ``model.json`` that ``cooperation.training`` wrote, or of its folder.

    The word weights beside the file are taken, else the shipped ones. Raises ModelFileError.
    """
    if path.is_dir():
        inside = path / MODEL_FILE
        path = inside if inside.exists() else path / Path(MODEL_FILE).name
    words = path.with_name(Path(meanings.WORDS_FILE).name)
    try:
        learnt = parse(json.loads(path.read_text(encoding="utf-8")))
        weights = meanings.unpack(words.read_bytes()) if words.exists() else meanings.meaning()
    except OSError as error:
        raise ModelFileError(f"{path}: {error.strerror}; expected a model.json") from error
    except (ValueError, TypeError, KeyError, AttributeError, EOFError) as error:
        raise ModelFileError(
            f"{path}: no model that `python -m cooperation.training` wrote ({error!r})"
        ) from error
    return Detector(learnt, weights)

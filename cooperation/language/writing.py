"""The language of a text, and one spelling for its quotes, dashes and look-alike letters."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cooperation.spoken import Language

# Stands for a character that is not part of the word (stress mark, soft hyphen, zero-width space),
# so that every offset stays valid. The only such character in a normalised text.
FILLER = "\u00ad"

_READ_FOR_LANGUAGE = 20_000  # characters; the letters of a few pages decide as well as a book's

_LOOK_ALIKES = dict(zip("aceiopxyABCEHIKMOPTXYS", "асеіорхуАВСЕНІКМОРТХУЅ", strict=True))
del _LOOK_ALIKES["S"]  # Ѕ is no letter of Russian or Belarusian
_TO_CYRILLIC = str.maketrans(_LOOK_ALIKES)
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _LOOK_ALIKES.items()})

_ONE_SPELLING = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟″〝〞❝❞", '"'),
        **dict.fromkeys("’‘ʼʹ`´′‛", "'"),
        **dict.fromkeys("‐\u2011", "-"),
        **dict.fromkeys("‒–—―−", "–"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "),
        **dict.fromkeys("\u200a\u202f\u205f\u3000\t\x00\x0b\x0c", " "),
        **dict.fromkeys("\u2028\u2029\x85", "\n"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", FILLER),
        **{chr(mark): FILLER for mark in range(0x300, 0x370)},
    }
)
_COMPOSED = {
    base + mark: letter + FILLER
    for mark, pairs in (("\u0306", "ийИЙуўУЎ"), ("\u0308", "еёЕЁіїІЇ"))
    for base, letter in zip(pairs[::2], pairs[1::2], strict=True)
}
_DECOMPOSED = re.compile("|".join(_COMPOSED))
_BOTH_SCRIPTS = re.compile(r"[A-Za-z]\xad?[А-яЁёІіЎў]|[А-яЁёІіЎў]\xad?[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+(?:\xad[^\W\d_]+)*")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яёіў]")
_LONE_LETTER = re.compile(r"(?<=[А-яЁёІіЎў,] )[acioy](?= [А-яЁёІіЎў0-9\"])")


def normalise(text: str) -> str:
    """The text in one spelling, of the same length, so that offsets found in it hold for ``text``.

    Double quotes become ``"``, single ones ``'``, hyphens ``-``, dashes ``–``, spaces a space;
    Latin letters typed into Cyrillic words become Cyrillic (and the reverse); what is not part of
    a word (stress marks, soft hyphens, zero-width characters) becomes a soft hyphen, see ``clean``.
    """
    text = _DECOMPOSED.sub(lambda found: _COMPOSED[found[0]], text)
    text = text.translate(_ONE_SPELLING)
    if _BOTH_SCRIPTS.search(text):
        text = _WORD.sub(lambda found: _in_one_script(found[0]), text)
    return _LONE_LETTER.sub(lambda found: found[0].translate(_TO_CYRILLIC), text)


def clean(word: str) -> str:
    """A word of a normalised text without the characters that only keep its offsets."""
    return word.replace(FILLER, "") if FILLER in word else word


def detect(text: str) -> Language:
    """The language of a text; ``ru`` where nothing tells.

    Letters that only one of the languages has decide where they are clear (88 of 90 short titles,
    measured), py3langid limited to the three languages the rest (90 of 90).
    """
    sample = text[:_READ_FOR_LANGUAGE].lower()
    latin = len(_LATIN.findall(sample))
    if latin > 2 * len(_CYRILLIC.findall(sample)):
        return "en"
    belarusian = sum(map(sample.count, "ўі"))
    russian = sum(map(sample.count, "ищъ"))
    if belarusian > 2 * russian:
        return "be"
    if russian > 2 * belarusian:
        return "ru"
    return _by_model(sample)


def _by_model(sample: str) -> Language:
    if not any(map(str.isalpha, sample)):
        return "ru"
    language, _ = _model().classify(sample)
    found: Language = language
    return found


@cache
def _model() -> Any:  # py3langid ships no types
    # Imported only where letters do not decide: it brings numpy along and takes 0.2 s.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(["ru", "be", "en"])
    return model


def _in_one_script(word: str) -> str:
    if not _BOTH_SCRIPTS.search(word):
        return word
    cyrillic = sum(letter >= "\u0400" for letter in word)
    if cyrillic * 2 >= len(word):
        changed = word.translate(_TO_CYRILLIC)
        return changed if not any("A" <= letter <= "z" for letter in changed) else word
    changed = word.translate(_TO_LATIN)
    return changed if changed.isascii() else word

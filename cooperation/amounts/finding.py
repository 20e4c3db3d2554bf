"""Sums of money in a text: value, currency, how exact it is, and what it is the sum of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cooperation.amounts import currencies, numerals
from cooperation.amounts.qualifiers import CHANGE, Qualifier, qualifier
from cooperation.amounts.roubles import rouble_side
from cooperation.amounts.subject import subject
from cooperation.assessment import Amount, Field, Span
from cooperation.language import Sentence, sentences
from cooperation.spelling import plain_text

Side = Callable[[str, int], str]

_MONEY: Final = re.compile(
    rf"(?:(?P<before>{currencies.BEFORE})\s?)?(?P<number>{numerals.QUANTITY})"
    rf"(?:(?P<tail>[\s-]?\(?|\s+в\s+|\s+(?:с\s+(?:лишним|небольшим)|з\s+лішкам)\s+)(?P<after>{currencies.AFTER})"
    rf"(?:\s*(?P<minor>\d{{1,2}})\s*(?:коп|кап|cents?)[а-яёіў]*\.?)?)?",
    re.IGNORECASE,
)
_AND_ODD: Final = re.compile(r"(?:с\s+(?:лишним|небольшим)|з\s+лішкам)", re.IGNORECASE)
_SCALED: Final = re.compile(rf"(?<![^\W\d_])(?:{numerals.SCALE})$", re.IGNORECASE)
_SPELT_SCALE: Final = re.compile(
    r"(?:тыс|тысяч|млн|млрд|трлн|мил|міл|мль|tho|mil|bil|tri|bln|mln)", re.I
)
_GOES_ON: Final = re.compile(
    r"\s*(?:$|[.,;:)\]!?–\"]|(?:и|а|но|или|в|во|на|из|за|до|с|со|по|от|для|против|при|у|к|это|было|чем"
    r"|стал[аио]?|состав\w+|приш\w+|приход\w+|долж\w+|пойд\w+|поступ\w+|направ\w+|дал[аио]?|год\w*"
    r"|і|ды|ў|з|са|да|пры|супраць|гэта|прып\w+|прый\w+|and|or|in|to|from|for|by|of|on|last|this|a|"
    r"against|came|went|was|were|will|compared)(?!\w))",
    re.IGNORECASE,
)
_ROUNDING: Final = 0.05  # «почти 900 млн» in a title, 873 in the body
_READABLE: Final = re.compile(
    r"\d|миллион|миллиард|мільён|мільярд|тысяч|million|billion|thousand|hundred|сот|сто|десят|дзесят",
    re.IGNORECASE,
)
_SCALE_STEMS: Final = [
    "тыс",
    "млн",
    "млрд",
    "трлн",
    "миллион",
    "миллиард",
    "мільён",
    "мільярд",
    "тысяч",
    "million",
    "billion",
    "thousand",
    "mln",
    "bln",
]
_MOST: Final = 300  # sums of one text that are read; a yearly report has some dozens
_LARGEST = 1e18  # no sum of money is larger; a row of digits may be
_BEFORE: Final = 120  # characters before a sum that its qualifier may stand in
_FARTHEST: Final = 600  # characters over which a sum without a currency still takes the last one's


_RANGE: Final = re.compile(r"\s*(?:[–-]|(?:до|да|to|and|и|і)(?!\w))\s*", re.IGNORECASE)
_FROM: Final = re.compile(r"(?<!\w)(?:от|с|со|ад|з|са|from|between|между|паміж)\s+$", re.IGNORECASE)


@dataclass(slots=True)
class _Sum:
    """A number that may be money; ``currency`` is None until a neighbour gives it."""

    start: int
    end: int
    value: float
    currency: str | None
    scaled: bool
    bound: Qualifier | None = None


def of_article(
    title: str,
    body: str,
    language: str,
    *,
    countries: Collection[str] = (),
    site_country: str | None = None,
) -> tuple[Amount, ...]:
    """The sums of money of an article, each once, those of the body first.

    ``countries`` (ISO 3166-1) are the parties, ``site_country`` that of the site: they decide whose
    a bare rouble is, see ``rouble_side``. A sum of the title that the body repeats, or gives more
    exactly, is left out.
    """

    def side(plain: str, position: int) -> str:
        return rouble_side(
            plain, position, language, countries=countries, site_country=site_country
        )

    found: dict[tuple[float, str], Amount] = {}
    for amount in find(body, "body", language, side=side):
        found.setdefault((amount.value, amount.currency), amount)
    for amount in find(title, "title", language, side=side):
        if not any(_repeats(amount, known) for known in found.values()):
            found[amount.value, amount.currency] = amount
    return tuple(found.values())


def _repeats(rounded: Amount, known: Amount) -> bool:
    close = abs(rounded.value - known.value) <= _ROUNDING * known.value
    return close and rounded.currency == known.currency


def find(text: str, field: Field, language: str, *, side: Side | str = "BYN") -> tuple[Amount, ...]:
    """The sums of money in ``text``, in its order.

    ``side`` is the currency (RUB or BYN) of a rouble that does not say whose it is, or a function
    that tells it from the normalised text and a position in it. A sum whose currency is left out
    («экспорт – 138,2 млн, импорт – 103,5 млн долларов») takes that of its neighbour; a range gives
    its two ends. Spans quote number and currency.
    """
    plain = plain_text(text)
    if not _READABLE.search(plain) or not currencies.may_name_one(plain.lower()):
        return ()
    found = [s for s in _with_currency(_numbers(plain, language), plain) if s.value < _LARGEST]
    if not found:
        return ()
    bounds = sentences(text)
    return tuple(
        _amount(item, plain, _around(bounds, item.start), field, side) for item in found[:_MOST]
    )


def _amount(item: _Sum, plain: str, sentence: Sentence, field: Field, side: Side | str) -> Amount:
    value, currency = item.value, item.currency or currencies.ROUBLE
    if currency == currencies.MINOR_ROUBLE:
        value, currency = round(value / 100, 4), currencies.ROUBLE
    if currency == currencies.ROUBLE:
        currency = side if isinstance(side, str) else side(plain, item.start)
    before = plain[max(sentence.start, item.start - _BEFORE) : item.start]
    odd = _AND_ODD.search(plain, item.start, item.end)  # «миллиард с лишним долларов»
    after = odd[0] if odd else plain[item.end : item.end + 30]
    return Amount(
        value=int(value) if value == int(value) else value,
        currency=currency,
        qualifier=item.bound or qualifier(before, after),
        what=subject(plain, sentence, item.start, item.end),
        span=Span(field, item.start, item.end),
    )


def _around(bounds: Sequence[Sentence], position: int) -> Sentence:
    index = bisect_right(bounds, (position, 1 << 60)) - 1
    return bounds[max(index, 0)]


def _numbers(plain: str, language: str) -> list[_Sum]:
    """All numbers that may be money, in order; the ends of a range share scale and currency."""
    found: list[_Sum] = []
    for match in _money(plain):
        written = match["after"] or match["before"]
        scale = _SCALED.search(match["number"])
        item = _Sum(
            match.start(),
            match.end() if match["after"] else match.end("number"),
            numerals.quantity(match["number"], comma_thousands=language == "en")
            + int(match["minor"] or 0) / 100,
            currencies.currency_of(written) if written else None,
            scale is not None,
        )
        if found and _RANGE.fullmatch(plain, found[-1].end, match.start()):
            factor = numerals.scale_of(scale.group()) if scale else 1.0
            _join(found[-1], item, plain, factor)
        # A bare number stays in the list: it may begin a range.
        if item.currency or scale is None or _stands_alone(match, plain):
            found.append(item)
    return found


def _money(plain: str) -> Iterator[re.Match[str]]:
    """The matches of ``_MONEY`` in the lines that can hold one."""
    start = 0
    for line in plain.split("\n"):
        end = start + len(line)
        lower = line.lower()
        if currencies.may_name_one(lower) or any(stem in lower for stem in _SCALE_STEMS):
            yield from _MONEY.finditer(plain, start, end)
        start = end + 1


def _join(low: _Sum, high: _Sum, plain: str, factor: float) -> None:
    """Read two numbers as the ends of a range, if they are."""
    start = _FROM.search(plain, max(0, low.start - 10), low.start)
    link = plain[low.end : high.start]
    both_digits = plain[low.start : low.end].strip("$€£").isdigit() or " " not in link
    dash = not link.strip().isalpha() and both_digits
    value = low.value if low.scaled else low.value * factor
    if not (start or dash) or value >= high.value or not (high.currency or low.currency):
        return
    low.value, low.scaled = value, True
    low.currency = high.currency = high.currency or low.currency
    moves = not dash and CHANGE.search(plain, max(0, low.start - 60), low.start)
    low.bound, high.bound = ("exact", "exact") if moves else ("over", "under")


def _with_currency(numbers: list[_Sum], plain: str) -> list[_Sum]:
    """The numbers that are money: those with a currency and those whose neighbour gives it."""
    last: _Sum | None = None
    waiting: list[_Sum] = []
    for item in numbers:
        if item.currency:
            for earlier in waiting:
                if "\n" not in plain[earlier.end : item.start]:
                    earlier.currency = item.currency
            waiting = []
            last = item
        elif item.scaled and last and item.start - last.end <= _FARTHEST:
            item.currency = last.currency
            last = item
        elif item.scaled:
            waiting.append(item)
    return [item for item in numbers if item.currency]


def _stands_alone(match: re.Match[str], plain: str) -> bool:
    """Whether a number without a currency reads as one of several sums: «импорт – 103,5 млн»."""
    scale = _SCALED.search(match["number"])
    if scale is None or not _SPELT_SCALE.match(scale.group()):
        return False
    end = match.end("number")
    closes = scale.group().endswith(".") and not plain[end : end + 2].lstrip()[:1].islower()
    return closes or _GOES_ON.match(plain, end) is not None

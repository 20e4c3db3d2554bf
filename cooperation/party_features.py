"""What speaks for and against a named place being a party: features of all its mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cooperation.gazetteer import Mention
from cooperation.language import key
from cooperation.place_context import ADMINISTRATION
from cooperation.reading import BELARUS, FOREIGN, JOINT, Document, ReadSentence, Unit, side
from cooperation.wordlists import table

Level = Literal["country", "region"]

_BEFORE, _AFTER = 3, 2  # units beside a mention whose classes count


def word_keys(name: str) -> frozenset[str]:
    """The keys of a list of words in three languages."""
    lists = table("parties")[name]
    return frozenset(key(word, spoken) for spoken in lists for word in lists[spoken].split())


_CAPITALS = frozenset(table("parties")["capitals"].split())
_AUTHORITIES, _SEATED, _PARTNERS, _MONEY, _PREPOSITIONS, _JOINS, _LOCAL, _NATIONAL = map(
    word_keys,
    (
        "authorities", "seated", "partners", "money", "prepositions", "joins", "local", "national",
    ),
)  # fmt: skip
MASKS = (BELARUS, FOREIGN, JOINT)
_ACTING = frozenset({"authority before", "authority after", "adjective of an authority"})


@dataclass(frozen=True, slots=True)
class Place:
    """One mention where it stands: the sentence, its number, the index of its unit there."""

    sentence: ReadSentence
    number: int
    unit: int
    mention: Mention


def candidates(document: Document, level: Level, *, home: bool = False) -> dict[str, list[Place]]:
    """The places that may be parties, by code, each with its mentions in order.

    A first-level region is meant by all within it (an enterprise apart); a country by its own name
    and by whatever lies in it. Belarus itself is no
    candidate unless ``home``: without it there is no item.
    """
    found: dict[str, list[Place]] = {}
    for number, sentence in enumerate(document.sentences):
        starts = {unit.start: index for index, unit in enumerate(sentence.units)}
        for mention in sentence.mentions:
            code = _code(mention, level, home)
            if code and mention.start in starts and not _is_money(sentence, starts[mention.start]):
                place = Place(sentence, number, starts[mention.start], mention)
                found.setdefault(code, []).append(place)
    return found


def _code(mention: Mention, level: Level, home: bool) -> str | None:
    if mention.kind in ("enterprise", "body"):
        return None
    if level == "region":
        return mention.region
    return mention.country if home or mention.country != "BY" else None


def _is_money(sentence: ReadSentence, unit: int) -> bool:
    """«Доллары США», «российских рублей»: the name of a currency names no party."""
    beside = sentence.units[max(0, unit - 1) : unit + 2]
    return any(other.key in _MONEY for other in beside)


def names(
    document: Document, level: Level, found: Mapping[str, Sequence[Place]]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every candidate with its features."""
    sizes = {code: len(places) for code, places in found.items()}
    for code, places in found.items():
        features = set(_of_all(document, code, level, places, sizes))
        for place in places:
            features.update(_of_one(place, level))
        yield code, frozenset(features)


def _of_all(
    document: Document, code: str, level: Level, places: Sequence[Place], sizes: Mapping[str, int]
) -> Iterator[str]:
    home = code.startswith("BY")
    capital = code in _CAPITALS
    yield f"home={home}"
    yield f"capital={capital}&home={home}"
    yield f"count={_bin(len(places))}"
    rivals = sum(other != code and other.startswith("BY") == home for other in sizes)
    yield f"rivals={_bin(rivals)}"
    yield f"rank={_bin(sum(size > len(places) for size in sizes.values()))}"
    yield f"first={_bin(places[0].number)}"
    forms = {(p.mention.kind, p.mention.form) for p in places}
    for kind, form in forms:
        yield f"form={kind}-{form}"
        yield f"form={kind}-{form}&home={home}&capital={capital}"
    if forms == {("city", "noun")}:
        yield "only cities"
    if all(form == "adjective" for _, form in forms):
        yield "only adjectives"
    if level == "country":
        yield from _of_country(document, code)
    else:
        yield from _of_region(document, code, places, rivals)


def _of_region(
    document: Document, code: str, places: Sequence[Place], rivals: int
) -> Iterator[str]:
    """Who acts in the text as a whole: towns and regions, or the states."""
    home, capital = code.startswith("BY"), code in _CAPITALS
    yield from _of_authorities(home, places)
    classes = Counter(name for s in document.sentences for name in s.classes)
    yield from (f"text of {name}&home={home}" for name in classes if classes[name] > 1)
    keys = {unit.key for s in document.sentences for unit in s.units}
    local, national, twins = (not keys.isdisjoint(w) for w in (_LOCAL, _NATIONAL, _PARTNERS))
    yield f"local={local}&national={national}&home={home}"
    yield f"local={local}&capital={capital}&home={home}"
    yield f"local={local}&rivals={_bin(rivals)}&home={home}"
    yield f"twins={twins}&home={home}&capital={capital}"


def _of_authorities(home: bool, places: Sequence[Place]) -> Iterator[str]:
    """How many of the mentions stand beside an authority, and beside a seated body."""
    around = [set(_around(place)) for place in places]
    acting = sum(not a.isdisjoint(_ACTING) for a in around)
    seated = sum("adjective of a seat" in a or "seated after" in a for a in around)
    yield f"acting={_bin(acting)}&home={home}"
    yield f"seated={_bin(seated)}&acting={acting > 0}"
    yield f"never acting={acting == 0}&{'seated' if seated else 'free'}&home={home}"


def _of_country(document: Document, code: str) -> Iterator[str]:
    others = Counter(m.country for m in document.mentions() if side(m) == FOREIGN and m.country)
    yield f"alone={len(others) == 1}"
    yield f"biggest={others[code] == max(others.values())}"
    if any(m.kind == "body" for m in document.mentions()):
        yield "beside a body"
        yield f"beside a body&alone={len(others) == 1}"


def _of_one(place: Place, level: Level) -> Iterator[str]:
    for name in _around(place):
        yield name
        if level == "region":
            yield f"{name}&home={place.mention.belarusian}"
            if place.mention.form == "noun":
                yield f"{name}&kind={place.mention.kind}"
    if level == "region":
        yield from _words_beside(place)


def _words_beside(place: Place) -> Iterator[str]:
    before, after = _neighbours(place)
    yield from (f"word before {unit.key}" for unit in before[-2:])
    yield from (f"word after {unit.key}" for unit in after)
    first, last = row(place.sentence.units, place.unit)
    if last - first > 1:
        yield "in a row"
        yield f"in a row&home={place.mention.belarusian}"


def _around(place: Place) -> Iterator[str]:
    units, at, mention = place.sentence.units, place.unit, place.mention
    where = "title" if place.number == 0 else "lead" if place.number == 1 else "rest"
    yield where
    if " " in mention.text and mention.kind in ("region", "district"):
        yield "by its full name"
        yield f"by its full name in the {where}"
    yield f"in {place.sentence.context}"
    before, after = _neighbours(place)
    if at == 0:
        yield f"begins the {where}"
    if before and before[-1].key in _PREPOSITIONS:
        yield f"behind {before[-1].key}"
    yield from _beside("before", before, mention)
    yield from _beside("after", after, mention)
    for name in place.sentence.classes:
        yield f"with {name}"
    if mention.form == "adjective" and after:
        yield from _governed(after[0])
    masks = [unit.key for unit in units]
    other = FOREIGN if mention.belarusian else BELARUS
    near = masks[max(0, at - 4) : at + 5]
    if other in near:
        yield "near the other side"


def _neighbours(place: Place) -> tuple[Sequence[Unit], Sequence[Unit]]:
    """The units before and behind a place, or the row of places that it stands in."""
    units = place.sentence.units
    first, last = row(units, place.unit)
    return units[max(0, first - _BEFORE) : first], units[last : last + _AFTER]


def row(units: Sequence[Unit], at: int) -> tuple[int, int]:
    """First and last index (exclusive) of the row of places that one stands in.

    «Delegations of Penza, Vologda and Omsk»: what stands before the first tells of all.
    """
    first, last = at, at + 1
    while first >= 2 and units[first - 1].key in _JOINS and units[first - 2].key in MASKS:
        first -= 2
    while last + 1 < len(units) and units[last].key in _JOINS and units[last + 1].key in MASKS:
        last += 2
    return first, last


def _beside(which: str, units: Sequence[Unit], mention: Mention) -> Iterator[str]:
    for unit in units:
        if unit.key in _AUTHORITIES or ADMINISTRATION.match(unit.key):
            yield f"authority {which}"
            yield f"authority {which} {mention.form}"
        if unit.key in _SEATED:
            yield f"seated {which}"
        if unit.key in _PARTNERS:
            yield f"partner {which}"
        for name in unit.classes:
            yield f"{which} {name}"


def _governed(unit: Unit) -> Iterator[str]:
    """What the adjective of a place stands before."""
    if ADMINISTRATION.match(unit.key):
        yield "adjective of an authority"
    elif unit.key in _SEATED or unit.capital:
        yield "adjective of a seat"
    else:
        yield "adjective of a thing"


def _bin(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6+"

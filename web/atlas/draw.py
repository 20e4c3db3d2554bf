"""Draws atlas.json; run again only for newer outlines or names.

    python -m web.atlas.draw WORLD_ATLAS_FOLDER CLDR_SUBDIVISIONS_FOLDER

The outlines are Natural Earth's (public domain) as the npm package world-atlas 2.0.2 packs them,
the names those of CLDR 41, common/subdivisions; both are named in NOTICE.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale
from defusedxml import ElementTree

Point = tuple[float, float]
Ring = list[Point]

LANGUAGES = ("ru", "be", "en")
# Countries of which regions come up as partners.
WITH_REGIONS = ("by", "ru", "cn", "kz", "uz", "ua", "pl", "lt", "lv", "md", "az", "am", "ge", "kg")
# Names of Natural Earth that CLDR spells otherwise.
SPELT = {
    "Bosnia and Herz.": "BA",
    "Central African Rep.": "CF",
    "Congo": "CG",
    "Czechia": "CZ",
    "Côte d'Ivoire": "CI",
    "Dem. Rep. Congo": "CD",
    "Dominican Rep.": "DO",
    "Eq. Guinea": "GQ",
    "Myanmar": "MM",
    "Palestine": "PS",
    "S. Sudan": "SS",
    "Solomon Is.": "SB",
    "Turkey": "TR",
    "United States of America": "US",
    "W. Sahara": "EH",
    "eSwatini": "SZ",
    "Macedonia": "MK",
    "North Macedonia": "MK",
    "Falkland Is.": "FK",
    "Fr. S. Antarctic Lands": "TF",
}


@dataclass(frozen=True)
class Panel:
    """One picture of the map: its size, the box of degrees it shows and its projection."""

    width: int
    height: int
    box: tuple[float, float, float, float]
    project: Callable[[float, float], Point]


def albers(middle: float, south: float, north: float) -> Callable[[float, float], Point]:
    """Albers' equal-area conic between two parallels, upside down as SVG wants it."""
    one, two = math.radians(south), math.radians(north)
    n = (math.sin(one) + math.sin(two)) / 2
    c = math.cos(one) ** 2 + 2 * n * math.sin(one)

    def project(longitude: float, latitude: float) -> Point:
        rho = math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n
        theta = n * math.radians(longitude - middle)
        return rho * math.sin(theta), rho * math.cos(theta)

    return project


def plate(longitude: float, latitude: float) -> Point:
    """Longitude shortened as at 40 degrees: countries of the temperate zone look right."""
    return longitude * math.cos(math.radians(40)), -latitude


PANELS = {
    "west": Panel(640, 620, (19, 41, 62, 70), albers(40, 46, 62)),
    "east": Panel(640, 400, (58, 40, 192, 76), albers(105, 48, 66)),
    "world": Panel(960, 440, (-170, -56, 190, 80), plate),
}


def main(atlas: Path, cldr: Path) -> None:
    """Draw the panels and write atlas.json beside this file."""
    fine = _countries(atlas / "countries-50m.json")
    coarse = _countries(atlas / "countries-110m.json")
    places = _places()
    drawn: dict[str, Any] = {}
    for name, panel in PANELS.items():
        drawn[name] = _draw(panel, coarse if name == "world" else fine, places, name)
    names = {language: _names(cldr / f"{language}.xml") for language in LANGUAGES}
    regions = {
        code: {language: names[language][code] for language in LANGUAGES if code in names[language]}
        for code in sorted(names["ru"])
    }
    result = {"panels": drawn, "regions": regions}
    target = Path(__file__).with_name("atlas.json")
    target.write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _draw(
    panel: Panel, countries: dict[str, list[Ring]], places: dict[str, Point], name: str
) -> dict[str, Any]:
    edge = [panel.project(*point) for point in _edge(panel.box)]
    left, top = min(x for x, _ in edge), min(y for _, y in edge)
    wide = max(x for x, _ in edge) - left
    high = max(y for _, y in edge) - top
    scale = min(panel.width / wide, panel.height / high)

    def on_paper(point: Point) -> Point:
        x, y = panel.project(*point)
        return round((x - left) * scale, 1), round((y - top) * scale, 1)

    paths, centres = {}, {}
    for code, rings in countries.items():
        clipped = [ring for one in rings if len(ring := _clip(one, panel.box)) > 2]
        lines = [line for ring in clipped if (line := _line([on_paper(p) for p in ring]))]
        if lines:
            paths[code] = "".join(lines)
            largest = max(([on_paper(p) for p in ring] for ring in clipped), key=_area)
            centres[code] = _centre(largest)
    marks = {
        code: on_paper(point)
        for code, point in places.items()
        if name != "world" and (point[0] < 62) == (name == "west")
    }
    return {
        "width": round(wide * scale),
        "height": round(high * scale),
        "paths": paths,
        "marks": centres if name == "world" else marks,
    }


def _countries(path: Path) -> dict[str, list[Ring]]:
    topology = json.loads(path.read_text("utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    codes = {name: code for code, name in Locale("en").territories.items() if len(code) == 2}
    found: dict[str, list[Ring]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        code = SPELT.get(name) or codes.get(name)
        if code is None or code == "AQ" or "arcs" not in country:
            continue
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        rings = [_ring(arcs, polygon[0]) for polygon in polygons]
        if code in {"RU", "FJ"}:  # a part of their land lies beyond the date line
            rings = [[(x + 360 if x < 0 else x, y) for x, y in ring] for ring in rings]
        found.setdefault(code, []).extend(rings)
    return found


def _ring(arcs: list[Ring], indexes: list[int]) -> Ring:
    points: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _clip(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """Sutherland and Hodgman's: the part of the ring within the box."""
    west, south, east, north = box
    sides: list[tuple[int, float, int]] = [
        (0, west, 1),
        (0, east, -1),
        (1, south, 1),
        (1, north, -1),
    ]
    for axis, at, sign in sides:
        kept: Ring = []
        for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            inside = (point[axis] - at) * sign >= 0
            if ((before[axis] - at) * sign >= 0) != inside:
                share = (at - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if inside:
                kept.append(point)
        ring = kept
    return ring


def _line(points: Ring) -> str:
    """An SVG path; points closer than a pixel to the one before are left out."""
    kept = [points[0]]
    for point in points[1:]:
        if math.dist(point, kept[-1]) >= 1:
            kept.append(point)
    if len(kept) < 3 or _area(kept) < 2:
        return ""
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z"


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _centre(ring: Ring) -> Point:
    twice = cx = cy = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        twice += cross
        cx += (a[0] + b[0]) * cross
        cy += (a[1] + b[1]) * cross
    return (round(cx / (3 * twice), 1), round(cy / (3 * twice), 1)) if twice else ring[0]


def _edge(box: tuple[float, float, float, float]) -> Iterator[Point]:
    west, south, east, north = box
    for step in range(51):
        x = west + (east - west) * step / 50
        y = south + (north - south) * step / 50
        yield from ((x, south), (x, north), (west, y), (east, y))


def _places() -> dict[str, Point]:
    lines = Path(__file__).with_name("regions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {code: (float(longitude), float(latitude)) for code, latitude, longitude in rows}


def _names(path: Path) -> dict[str, str]:
    found = {}
    for one in ElementTree.parse(path).iter("subdivision"):
        match = re.fullmatch(rf"({'|'.join(WITH_REGIONS)})([a-z0-9]{{1,3}})", one.get("type", ""))
        if match and one.text and one.get("alt") is None:
            found[f"{match[1]}-{match[2]}".upper()] = one.text
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

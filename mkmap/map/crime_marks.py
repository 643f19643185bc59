"""Turn a selection into the circles of the map: one a map point, its area by its count."""

from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

from mkmap.crime_types import named
from mkmap.crimes.query import Selection
from mkmap.drawing import palette
from mkmap.map.circles import radii
from mkmap.map.tiles import DECIMALS, Tile, feature, flat
from mkmap.places.streets import street_name
from mkmap.view.sentences import period
from mkmap.words import _

ICON = 128  # pixels of one picture among the icons
PIN_COLOUR = (27, 31, 36)  # neither the police's nor residents'
NUMBERED = 15  # zoom from which a circle has its count in it
TAP = 26  # pixels: a thumb hits what is at least 24 wide
ROOM = 9.0  # pixels: radius of the smallest circle in which a count can be read


def features(selection: Selection, tile: Tile) -> list[dict]:
    """GeoJSON of the map points in a tile that have a crime, the fullest first so that small ones stay reachable.

    First what is seen: r: the radius of a circle in pixels; n: its count, where that has room. Then what can be hit of each: r;
    g: its point; t: the words of its tooltip.
    """
    area = selection.area
    (points,), crimes = selection.counts("point")
    here = tile.holds(flat(area)[points])
    here = here[np.argsort(-crimes[here], kind="stable")]
    points, crimes = points[here], crimes[here]
    sizes = radii(selection, crimes).round(1)
    numbers = [str(count) for count in crimes.tolist()] if tile.zoom >= NUMBERED else [""] * len(crimes)
    places, ids = area.points[["longitude", "latitude"]].to_numpy().round(DECIMALS)[points], area.points.index[points]
    words, when = _words(selection, points), period(selection)
    drawn = list(zip(places.tolist(), sizes.tolist(), numbers, ids.tolist(), words, strict=True))
    return [
        *(feature("Point", place, r=radius, n=n if radius >= ROOM else "") for place, radius, n, _id, _words in drawn),
        *(
            feature("Point", place, r=max(radius, TAP / 2), g=str(point), t=f"{text}\n{when}")
            for place, radius, _n, point, text in drawn
        ),
    ]


def words_at(selection: Selection, point: int) -> str | None:
    """What is said of one map point; None for a point that is not of the area."""
    if point not in selection.area.points.index:
        return None
    place = selection.area.points.index.get_indexer([point])
    words = _words(selection, place)[0]
    if "\n" not in words:
        return _("{street}: nothing recorded here with these filters.").format(street=_street(selection, point))
    return words


def _street(selection: Selection, point: int) -> str:
    place = selection.area.points.loc[point]
    names = selection.area.ward_names
    return _("On or near {street}, {ward}").format(
        street=street_name(place["street"]) or _("an unnamed place"), ward=names.get(place["ward"], _("outside the wards"))
    )


def _words(selection: Selection, points: np.ndarray) -> list[str]:
    """Of map points, by their places in the area: street, ward and counts, the highest first, in plain text."""
    area = selection.area
    lines = {point: [place] for point, place in zip(points.tolist(), _named_places(selection, points), strict=True)}
    (at, types), crimes = selection.counts("point", "crime_type")
    chosen = np.flatnonzero(np.isin(at, points))
    chosen = chosen[np.lexsort((-crimes[chosen], at[chosen]))]
    names, counted = [named(name) for name in area.labels["crime_type"]], _("{crime_type} {n}")
    for point, crime_type, count in zip(at[chosen].tolist(), types[chosen].tolist(), crimes[chosen].tolist(), strict=True):
        lines[point].append(counted.format(crime_type=names[crime_type], n=count))
    return ["\n".join(of_point) for of_point in lines.values()]


def _named_places(selection: Selection, points: np.ndarray) -> list[str]:
    names, there = selection.area.ward_names, selection.area.points.iloc[points]
    nameless = _("Unnamed place")
    return [
        f"{street_name(street) or nameless}, {names.get(ward, '')}"
        for street, ward in zip(there["street"].tolist(), there["ward"].tolist(), strict=True)
    ]


@cache  # every new browser asks for them, and waits
def icons() -> bytes:
    """A PNG with a circle, a diamond and a pin, side by side; white rims part them from their neighbours."""
    scale = 4
    picture = Image.new("RGBA", (3 * ICON * scale, ICON * scale))
    draw = ImageDraw.Draw(picture)
    edge = [scale, scale, ICON * scale - scale, ICON * scale - scale]
    draw.ellipse(edge, fill=(255, 255, 255, 200))
    draw.ellipse(
        [edge[0] + 7 * scale, edge[1] + 7 * scale, edge[2] - 7 * scale, edge[3] - 7 * scale], fill=(*palette.POLICE, 190)
    )
    _diamond(draw, 1.5 * ICON * scale, ICON * scale)
    _pin(draw, 2.5 * ICON * scale, ICON * scale)
    file = BytesIO()
    picture.resize((3 * ICON, ICON), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _diamond(draw: ImageDraw.ImageDraw, middle: float, high: int) -> None:
    """In the middle half of its square: the rest is there to be tapped."""
    for half, colour in ((0.24, (255, 255, 255)), (0.22, palette.RESIDENTS_RIM), (0.15, palette.RESIDENTS)):
        reach = half * high
        draw.polygon(
            [(middle, high / 2 - reach), (middle + reach, high / 2), (middle, high / 2 + reach), (middle - reach, high / 2)],
            fill=(*colour, 255),
        )


def _pin(draw: ImageDraw.ImageDraw, middle: float, high: int) -> None:
    """Its point stands in the middle of its lower edge."""
    for radius, tip, colour in ((0.34, 1.0, (255, 255, 255)), (0.29, 0.93, PIN_COLOUR), (0.12, None, (255, 255, 255))):
        reach, height = radius * high, 0.36 * high
        draw.ellipse([middle - reach, height - reach, middle + reach, height + reach], fill=(*colour, 255))
        if tip:
            side = reach * 0.87  # where the drop leaves the circle
            draw.polygon(
                [(middle - side, height + reach / 2), (middle + side, height + reach / 2), (middle, tip * high)],
                fill=(*colour, 255),
            )


DIAMOND, PIN = "diamond", "pin"


def icon_mapping() -> dict[str, dict]:
    at = {"y": 0, "width": ICON, "height": ICON}
    return {DIAMOND: at | {"x": ICON}, PIN: at | {"x": 2 * ICON, "anchorY": ICON}}

"""Turn a selection into the marks of the map: one a map point and colour, its area by its count."""

from io import BytesIO

import pandas as pd
from PIL import Image, ImageDraw

from mkmap.crime_types import named
from mkmap.crimes.query import Selection
from mkmap.drawing import palette
from mkmap.map.circles import radius_of_one
from mkmap.places.streets import street_name
from mkmap.view.sentences import period
from mkmap.words import _

MOST_COLOURS = len(palette.TYPES)  # more types than these share one colour; the breakdown is in the words
ICON = 128  # pixels of one circle in the picture that holds all


def colours(selection: Selection) -> dict[str, int]:
    """The chosen types that have a colour of their own, with its place in the palette; none where all share one."""
    types = selection.filters.types
    return {name: index for index, name in enumerate(types)} if 1 <= len(types) <= MOST_COLOURS else {}


def key(selection: Selection) -> list[tuple[palette.Colour, str]]:
    """For the legend: each colour, and what it means."""
    own = [(palette.TYPES[place], named(name)) for name, place in colours(selection).items()]
    return own or [(palette.TYPES[0], _("All chosen crime types"))]


def marks(selection: Selection) -> list[dict]:
    """The marks, largest first so that small ones stay reachable.

    p: [longitude, latitude]; i: its icon, a colour's number; s: its diameter and o: its shift east, in pixels; g: its point;
    t: the words of its tooltip.
    """
    by_type = selection.by("point", "crime_type").reset_index()
    if by_type.empty:
        return []
    when = period(selection)
    words = {point: f"{counts}\n{when}" for point, counts in _words(selection, by_type).items()}
    coloured = colours(selection)
    by_type["icon"] = by_type["crime_type"].map(lambda name: coloured.get(name, 0)).astype(int)
    drawn = by_type.groupby(["point", "icon"], as_index=False)["crimes"].sum()
    radius = radius_of_one(selection)
    drawn["size"] = (2 * radius * drawn["crimes"] ** 0.5).round(1)
    of_point = drawn.groupby("point")["size"]
    # side by side: each mark begins where the one before it ends
    drawn["shift"] = (of_point.cumsum() - drawn["size"] / 2 - of_point.transform("sum") / 2).round(1)
    drawn = drawn.sort_values(["size", "point"], ascending=[False, True])
    places = selection.area.points.loc[drawn["point"], ["longitude", "latitude"]].round(5)
    columns = (places["longitude"], places["latitude"], drawn["icon"], drawn["size"], drawn["shift"], drawn["point"])
    return [
        {"p": [longitude, latitude], "i": str(icon), "s": size, "o": shift, "g": str(point), "t": words[point]}
        for longitude, latitude, icon, size, shift, point in zip(*(column.tolist() for column in columns), strict=True)
    ]


def words_at(selection: Selection, point: int) -> str | None:
    """What is said of one map point; None for a point that is not of the area."""
    if point not in selection.area.points.index:
        return None
    by_type = selection.by("point", "crime_type").reset_index()
    here = by_type[by_type["point"] == point]
    if here.empty:
        return _("{street}: nothing recorded here with these filters.").format(street=_street(selection, point))
    return _words(selection, here)[point]


def _street(selection: Selection, point: int) -> str:
    place = selection.area.points.loc[point]
    names = selection.area.ward_names
    return _("On or near {street}, {ward}").format(
        street=street_name(place["street"]) or _("an unnamed place"), ward=names.get(place["ward"], _("outside the wards"))
    )


def _words(selection: Selection, by_type: pd.DataFrame) -> dict[int, str]:
    """Point → street, ward and counts, the highest first, in plain text."""
    ordered = by_type.sort_values(["point", "crimes"], ascending=[True, False])
    types = [named(name) for name in ordered["crime_type"].cat.categories]
    counted, nameless = _("{crime_type} {n}"), _("Unnamed place")
    lines: dict[int, list[str]] = {}
    for point, code, crimes in zip(
        ordered["point"].tolist(), ordered["crime_type"].cat.codes.tolist(), ordered["crimes"].tolist(), strict=True
    ):
        lines.setdefault(point, []).append(counted.format(crime_type=types[code], n=crimes))
    names, there = selection.area.ward_names, selection.area.points.loc[list(lines)]
    return {
        point: "\n".join([f"{street_name(street) or nameless}, {names.get(ward, '')}", *counts])
        for (point, counts), street, ward in zip(lines.items(), there["street"].tolist(), there["ward"].tolist(), strict=True)
    }


def icons() -> bytes:
    """A PNG with a circle of each colour, side by side, and a diamond; white rims keep neighbours apart."""
    scale = 4
    picture = Image.new("RGBA", (ICON * (MOST_COLOURS + 1) * scale, ICON * scale))
    draw = ImageDraw.Draw(picture)
    for place, colour in enumerate(palette.TYPES):
        edge = [place * ICON * scale + scale, scale, (place + 1) * ICON * scale - scale, ICON * scale - scale]
        draw.ellipse(edge, fill=(255, 255, 255, 200))
        inner = [edge[0] + 7 * scale, edge[1] + 7 * scale, edge[2] - 7 * scale, edge[3] - 7 * scale]
        draw.ellipse(inner, fill=(*colour, 190))
    _diamond(draw, (MOST_COLOURS + 0.5) * ICON * scale, ICON * scale)
    file = BytesIO()
    picture.resize((ICON * (MOST_COLOURS + 1), ICON), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _diamond(draw: ImageDraw.ImageDraw, middle: float, high: int) -> None:
    """In the middle half of its square: the rest is there to be tapped."""
    for half, colour in ((0.24, (255, 255, 255)), (0.22, palette.RESIDENTS_RIM), (0.15, palette.RESIDENTS)):
        reach = half * high
        draw.polygon(
            [(middle, high / 2 - reach), (middle + reach, high / 2), (middle, high / 2 + reach), (middle - reach, high / 2)],
            fill=(*colour, 255),
        )


DIAMOND = str(MOST_COLOURS)  # its icon


def icon_mapping() -> dict[str, dict]:
    return {str(place): {"x": place * ICON, "y": 0, "width": ICON, "height": ICON} for place in range(MOST_COLOURS + 1)}

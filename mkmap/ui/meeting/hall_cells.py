"""Count the crimes of a slide's map in cells, with numbers that the back row reads."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pydeck as pdk

from mkmap.crimes.query import Selection
from mkmap.drawing.palette import Ground, ink
from mkmap.map import cells, tiles
from mkmap.map.mercator import TILE, moved, pixels, places
from mkmap.map.names import WARD, Label
from mkmap.map.room import Box, Room, box_at, size_of
from mkmap.words import number

# Pixels southwards by which a name gives way to a number: never down, where the demonstration's warning is. A ward's stays in its ward.
STEPS = (0, -12, -24)


def are_cells(zoom: float) -> bool:
    """Whether a view shows cells, as the map of the first page does; nearer, circles have room at their map points."""
    return zoom < tiles.CLOSE + 0.5


def layers(selection: Selection, ground: Ground, zoom: float, size: float) -> list[pdk.Layer]:
    """The cells with their numbers, which are `size` pixels high."""
    drawn = _drawn(selection, ground, int(zoom))
    shapes = pdk.Layer(
        "PolygonLayer",
        id="hall-cells",
        data=[{name: cell[name] for name in ("s", "f")} for cell in drawn],
        get_polygon="s",
        get_fill_color="f",
        get_line_color=[*ground.cell_rim, 255],
        line_width_min_pixels=1,
    )
    numbers = pdk.Layer(
        "TextLayer",
        id="hall-numbers",
        data=[{name: cell[name] for name in ("p", "n", "c")} for cell in drawn],
        get_position="p",
        get_text="n",
        get_color="c",
        get_size=size,
        font_family="'sans-serif'",
        font_weight=600,
        character_set="'auto'",
    )
    return [shapes, numbers]


def _drawn(selection: Selection, ground: Ground, zoom: int) -> list[dict]:
    """s: the shape of a cell; f: its colour; p: its middle; n: its number; c: the number's colour."""
    made = cells.cells(selection, zoom)
    shades = np.searchsorted(cells.edges(selection), made.density, side="right") - 1
    shapes = places(made.middles[:, None] + cells.CORNERS / (TILE * 2.0**zoom)).round(5).tolist()
    middles = places(made.middles).round(5).tolist()
    return [
        {"s": shape, "f": [*colour, cells.OPAQUE], "p": middle, "n": number(crimes), "c": ink(cells.seen(colour, ground))}
        for shape, middle, colour, crimes in zip(
            shapes, middles, (ground.cells[shade] for shade in shades), made.crimes.tolist(), strict=True
        )
    ]


def between_numbers(selection: Selection, zoom: float, names: Sequence[Label], size: float) -> list[Label]:
    """The names that have room where they stand, or a little above it, without lying over a number or another name."""
    made, room = cells.cells(selection, int(zoom)), Room()
    for middle, crimes in zip(places(made.middles), made.crimes.tolist(), strict=True):
        room.keep(_box(number(crimes), middle, zoom, size))
    return [placed for name in names if (placed := _placed(name, zoom, room))]


def _placed(name: Label, zoom: float, room: Room) -> Label | None:
    """The name where it has room; None where it has none."""
    for south in STEPS[:1] if name.kind == WARD else STEPS:
        longitude, latitude = moved((name.longitude, name.latitude), south, zoom)
        if room.take(_box(name.text, (longitude, latitude), zoom, name.size)):
            return replace(name, longitude=longitude, latitude=latitude)
    return None


def _box(text: str, place: Sequence[float], zoom: float, size: float) -> Box:
    (x, y), (wide, high) = pixels(place, zoom), size_of(text, size)
    return box_at(x, y, wide, high, around=0)

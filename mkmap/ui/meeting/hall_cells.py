"""Count the crimes of a slide's map in cells, with numbers that the back row reads."""

from collections.abc import Sequence

import numpy as np
import pydeck as pdk

from mkmap.crimes.query import Selection
from mkmap.drawing.palette import Ground, ink
from mkmap.map import cells, tiles
from mkmap.map.mercator import TILE, pixels, places
from mkmap.map.names import Label
from mkmap.map.room import Box, Room, box_at, size_of
from mkmap.words import number


def are_cells(zoom: float) -> bool:
    """Whether a view shows cells, as the map of the first page does; nearer, circles have room at their map points."""
    return zoom < tiles.CLOSE + 0.5


def layers(selection: Selection, ground: Ground, zoom: float, names: Sequence[Label], size: float) -> list[pdk.Layer]:
    """The cells, and their numbers where no name lies over them; `size` is that of both, in pixels."""
    drawn, of_names = _drawn(selection, ground, int(zoom)), _room_of(names, zoom)
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
        data=[
            {name: cell[name] for name in ("p", "n", "c")}
            for cell in drawn
            if not of_names.covered(_box(cell["n"], cell["p"], zoom, size))
        ],
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


def _room_of(names: Sequence[Label], zoom: float) -> Room:
    room = Room()
    for name in names:
        room.keep(_box(name.text, (name.longitude, name.latitude), zoom, name.size))
    return room


def _box(text: str, place: Sequence[float], zoom: float, size: float) -> Box:
    (x, y), (wide, high) = pixels(place, zoom), size_of(text, size)
    return box_at(x, y, wide, high, around=0)

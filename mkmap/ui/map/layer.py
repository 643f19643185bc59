"""Describe one layer to the map library."""

from functools import cache

import pydeck as pdk

from mkmap.map.tiles import DEEPEST, SIZE

SETTLED = 80  # milliseconds without a new tile, until what is missing is asked for: a view that goes on needs others


def layer(kind: str, **properties: object) -> pdk.Layer:
    """With names as a browser has them: pydeck puts them together letter by letter, each time anew."""
    return pdk.Layer(kind, **{_name(name): value for name, value in properties.items()})


@cache
def _name(name: str) -> str:
    first, *rest = name.lstrip("_").split("_")
    return "_" * name.startswith("_") + first + "".join(part.capitalize() for part in rest)


def word(text: str) -> str:
    """A text that pydeck hands on as it is: it takes one without quotation marks for an expression."""
    return f"'{text}'"


def tile_layer(name: str, data: str, *, size: int = SIZE, nearest: int = DEEPEST, **properties: object) -> pdk.Layer:
    """A layer that loads what is in view, for the zoom of the view."""
    return layer("TileLayer", id=name, data=data, tile_size=size, max_zoom=nearest, debounce_time=SETTLED, **properties)

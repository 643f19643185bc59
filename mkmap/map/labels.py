"""Place the names of wards on a hall's map, each within its ward."""

import textwrap

import geopandas
import numpy as np
import shapely

from mkmap.map.mercator import degrees

SIZE = 11  # pixels
LINE, NARROW = 14, 9  # characters: longer names are broken
CHARACTER, HEIGHT = 7.6, 16  # pixels that a character and a line take, measured on the map's font
INSIDE = 0.8  # of a name: what may lie over its ward's border


def with_room(wards: geopandas.GeoDataFrame, zoom: float, size: float) -> list[dict]:
    """n: the name, broken into lines; p: [longitude, latitude]: of those that lie within their own ward at a zoom."""
    labels = []
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        place = _middle(shape)
        broken = (textwrap.fill(name, line) for line in (LINE, NARROW))
        text = next((text for text in broken if _is_inside(shape, place, half(text, size), zoom)), None)
        labels += [{"n": text, "p": place}] if text else []
    return labels


def _is_inside(shape: shapely.Geometry, place: list[float], half: np.ndarray, zoom: float) -> bool:
    """Whether most of a box around a place, of pixels, is the shape's."""
    reach = degrees(half, place[1], zoom)
    box = shapely.box(*(place - reach), *(place + reach))
    return bool(shapely.intersection(shape, box).area >= INSIDE * box.area)


def _middle(shape: shapely.Geometry) -> list[float]:
    """The middle of the largest circle that fits in, never outside the ward."""
    longitude, latitude = shapely.maximum_inscribed_circle(shape, tolerance=0.001).coords[0]
    return [round(longitude, 4), round(latitude, 4)]


def half(text: str, size: float) -> np.ndarray:
    """From the middle of a name of a size to its sides, in pixels."""
    lines = text.split("\n")
    return np.array([max(map(len, lines)) * CHARACTER, len(lines) * HEIGHT]) / 2 * size / SIZE

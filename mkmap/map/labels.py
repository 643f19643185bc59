"""Place ward names so that they can be read: near the middle of their ward, and not on top of each other."""

import textwrap

import geopandas
import numpy as np
import shapely

from mkmap.map.mercator import degrees, pixels

SIZE = 11  # pixels
LINE, NARROW = 14, 9  # characters: longer names are broken
CHARACTER, HEIGHT = 7.6, 16  # pixels that a character and a line take, measured on the map's font
INSIDE = 0.8  # of a name: what may lie over its ward's border
REACH = 44  # pixels: no name moves further from its ward's middle


def ward_labels(wards: geopandas.GeoDataFrame, zoom: float) -> list[dict]:
    """n: the name, broken into lines; p: [longitude, latitude]; o: its shift in pixels at any zoom, [east, south].

    The small wards come first: they have the least room. `zoom`: that of the whole area's view.
    """
    ordered = wards.iloc[np.argsort(shapely.area(wards.geometry.to_numpy()))]
    placed: list[np.ndarray] = []
    labels = []
    for name, shape in zip(ordered["name"], ordered.geometry, strict=True):
        place = _middle(shape)
        text = textwrap.fill(name, LINE)
        offset = _free(pixels(place, zoom), _box(text), placed)
        labels.append({"n": text, "p": place, "o": offset})
    return labels


def with_room(wards: geopandas.GeoDataFrame, zoom: float, size: float) -> list[dict]:
    """n and p as above, of names of another size: those that lie within their own ward at a zoom, none moved."""
    labels = []
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        place = _middle(shape)
        broken = (textwrap.fill(name, line) for line in (LINE, NARROW))
        text = next((text for text in broken if _is_inside(shape, place, _box(text) * size / SIZE, zoom)), None)
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


def _box(text: str) -> np.ndarray:
    lines = text.split("\n")
    return np.array([max(map(len, lines)) * CHARACTER, len(lines) * HEIGHT]) / 2


def _free(middle: np.ndarray, half: np.ndarray, placed: list[np.ndarray]) -> list[int]:
    """The nearest shift at which a box covers least of those already placed; it is added to them."""
    steps = np.arange(-REACH, REACH + 1, 4)
    shifts = np.array([(east, south) for east in steps for south in steps])
    shifts = shifts[np.argsort(np.hypot(*shifts.T), kind="stable")]
    covered = np.zeros(len(shifts))
    for other in placed:
        apart = np.abs(middle + shifts - other[:2])
        covered += np.clip(half + other[2:] - apart, 0, None).prod(axis=1)
    best = shifts[np.argmin(covered)]
    placed.append(np.concatenate([middle + best, half]))
    return [int(best[0]), int(best[1])]

"""Size the circles of a map, one a map point: its area is its count, on the screen and on paper."""

import math

import numpy as np

from mkmap.crimes.query import Selection
from mkmap.map.cells import LAST_ZOOM, bounds
from mkmap.map.mercator import fitting_zoom, pixels
from mkmap.words import _, number

SMALLEST, LARGEST = 4.0, 28.0  # pixels: radius of a single crime where there is room, and of the fullest point
UNCROWDED = 1500  # map points: with more, all marks are smaller, or a town is one blot
COVERED = 0.15  # of the wards' rectangle: what all circles together cover at most, or they are one blot
LEAST = 2.2  # pixels: of a smaller circle nobody sees the colour, so that the smallest counts of a crowded map look alike
SMALLEST_IN_A_WARD = 6.0  # pixels: chosen wards fill the map, and there is more room


def radius_of_one(selection: Selection) -> float:
    """Pixels: the radius of a mark for one crime, so that areas are in proportion and the largest still fits the map."""
    _points, crimes = selection.counts("point")
    smallest = SMALLEST_IN_A_WARD if selection.filters.wards else SMALLEST
    crowded = min(1.0, math.sqrt(UNCROWDED / max(len(crimes), 1)))
    room = math.sqrt(COVERED * _square_pixels(selection) / (math.pi * max(selection.total, 1)))
    return min(smallest * crowded, LARGEST / math.sqrt(crimes.max(initial=1)), room)


def radii(selection: Selection, crimes: np.ndarray) -> np.ndarray:
    """Pixels."""
    drawn: np.ndarray = np.maximum(radius_of_one(selection) * crimes**0.5, LEAST)
    return drawn


def _square_pixels(selection: Selection) -> float:
    """How large the chosen wards are on a map that shows circles and, where it can, all of them."""
    west, south, east, north = bounds(selection)
    zoom = max(LAST_ZOOM + 1.0, fitting_zoom((west, south, east, north)))
    wide, high = pixels((east, south), zoom) - pixels((west, north), zoom)
    return float(wide * high)


def sizes(selection: Selection) -> list[tuple[int, float]]:
    """For the legend: counts and the diameters, in pixels, of their marks; none where there are no marks."""
    _points, crimes = selection.counts("point")
    if not len(crimes):
        return []
    fullest = int(crimes.max())
    steps = sorted({1, max(1, round(fullest / 4)), fullest})
    return list(zip(steps, (2 * radii(selection, np.array(steps))).tolist(), strict=True))


def size_words(selection: Selection) -> str:
    if not selection.total:
        return ""
    return _("The area of a circle is the number of crimes at one map point: here up to {most}.").format(
        most=number(sizes(selection)[-1][0])
    )

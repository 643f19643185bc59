"""Place all names of an area at a zoom once: the first who asks does the work, and the others are given the same."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock

import numpy as np

from mkmap.crimes.query import AreaCrimes
from mkmap.map import names, point_names
from mkmap.map.cells import LAST_ZOOM, REACH, of_points
from mkmap.map.mercator import TILE, moved, pixels, tile_of
from mkmap.map.names import Label, Place
from mkmap.map.room import Box, Room, lines_of
from mkmap.map.tiles import SIZE, Tile, flat
from mkmap.places.ground.kinds import Name
from mkmap.places.ground.store import Ground

KEPT = 48  # zooms of areas, each once for every size of screen that opens at it
ZOOMS_OF_A_TILE = (SIZE // TILE).bit_length() - 1  # by which a tile's number is less than the zoom for which it is made
# Of a cell's number: of a digit, and of a line, in pixels; and how far from the middle it may stand, in parts of the cell's reach.
DIGIT, LINE = 7.5, 10.0
A_NUMBER = "000"
# Down first: above stand residents' diamonds.
SHIFTS = np.array([(east, south) for south in (0, 0.3, 0.6, -0.3, -0.6) for east in (0, 0.25, -0.25)])
Shift = tuple[float, float]  # pixels east and south
_one_at_a_time = Lock()  # a browser asks for a dozen tiles of a zoom at once


class PlacedNames:
    """The names that have room at a zoom, by the column and row of the tile in which they stand."""

    def __init__(self, labels: list[Label], zoom: int, scale: float):
        self.scale, self._reach = scale, REACH * 2.0 ** (scale - zoom)
        self._tiles: dict[tuple[int, int], list[Label]] = defaultdict(list)
        self._room = Room()
        self._beside: dict[tuple[float, float, int], Place | None] = {}  # cells are the same whatever is counted
        for label in labels:
            self._tiles[tile_of((label.longitude, label.latitude), zoom - ZOOMS_OF_A_TILE)].append(label)
            if zoom <= LAST_ZOOM:
                self._keep(label)

    def _keep(self, label: Label) -> None:
        at = np.tile(pixels((label.longitude, label.latitude), self.scale), 2)
        for line in lines_of(label.text, label.size):
            self._room.keep(Box(*(line + at)))

    def at(self, tile: Tile) -> list[Label]:
        return self._tiles.get((tile.x, tile.y), [])

    def beside(self, middle: Place, number: str) -> Place | None:
        """Where in its cell a number can be read, as near to the middle as no name is; None where there is no such place."""
        asked = (middle[0], middle[1], len(number))
        if asked not in self._beside:
            shift = self._shift(pixels(middle, self.scale), number)
            self._beside[asked] = None if shift is None else moved(middle, shift[1], self.scale, shift[0])
        return self._beside[asked]

    def _shift(self, at: np.ndarray, number: str) -> np.ndarray | None:
        box = _box(DIGIT * len(number), LINE)
        return next((shift for shift in SHIFTS * self._reach if self._is_free(box, at + shift)), None)

    def clear(self, middle: Place, shifts: Sequence[Shift], box: np.ndarray) -> Shift:
        """The first of some shifts from a cell's middle by which a mark lies over no name and not over the number, else the first.

        `box`: how far the mark reaches west, north, east and south, in pixels.
        """
        at = pixels(middle, self.scale)
        number = self._shift(at, A_NUMBER)
        under = _box(DIGIT * len(A_NUMBER), LINE) + np.tile(number, 2) if number is not None else None
        for shift in shifts:
            beside = under is None or not Box(*under).covers(Box(*(box + np.tile(shift, 2))))
            if beside and self._is_free(box, at + shift):
                return shift
        return shifts[0]

    def _is_free(self, box: np.ndarray, at: np.ndarray) -> bool:
        return not self._room.covered(Box(*(box + np.tile(at, 2))))


def _box(wide: float, high: float) -> np.ndarray:
    return np.array([-wide, -high, wide, high]) / 2


def placed_names(area: AreaCrimes, ground: Ground, zoom: int, opens_at: float | None = None) -> PlacedNames:
    """`opens_at`: the zoom of the view that a map opens with."""
    with _one_at_a_time:
        return _placed(area, ground, zoom, names.farthest(zoom, opens_at))


def enlarged(area: AreaCrimes, ground: Ground, zoom: float, times: float) -> list[Label]:
    """The names that have room in a view whose letters are so many times as large as usual: it is looked at from farther away."""
    placed = names.labels(area.wards, _names(area, ground), round(zoom), of_points(area, int(zoom))[0], zoom - math.log2(times))
    return [replace(label, size=label.size * times) for label in placed]


@lru_cache(maxsize=KEPT)
def _placed(area: AreaCrimes, ground: Ground, zoom: int, scale: float) -> PlacedNames:
    marks = of_points(area, zoom)[0] if zoom <= LAST_ZOOM else flat(area)
    return PlacedNames(names.labels(area.wards, _names(area, ground), zoom, marks, scale), zoom, scale)


@lru_cache(maxsize=4)
def _names(area: AreaCrimes, ground: Ground) -> list[Name]:
    return names.of_whom(ground.drawn.names, point_names.of_points(area.points))


@lru_cache(maxsize=4)
def letters(area: AreaCrimes, ground: Ground) -> tuple[str, ...]:
    """Every letter of the names: a browser that is told draws them once, not anew for each tile."""
    texts = [*area.wards["name"], *(name.text for name in _names(area, ground))]
    return tuple(sorted(set("".join(texts))))

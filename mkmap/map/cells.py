"""Gather crimes into hexagons of one width on the screen, where a map shows too much for circles."""

import math
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from mkmap.crimes.query import AreaCrimes, Selection
from mkmap.drawing.palette import Colour, Ground, ink
from mkmap.map.mercator import TILE, fitting_zoom, places, square_metres
from mkmap.map.tiles import DECIMALS, Tile, feature, flat
from mkmap.words import _, number

LAST_ZOOM = 12  # that of a tile before tiles.CLOSE; nearer than this, circles have room at their map points
REACH = 30.0  # pixels at a whole zoom, from the middle of a cell to its corners: a number of four digits has room
WIDTH, ROW = REACH * 3**0.5, REACH * 1.5  # pixels between the middles of cells in a row, and between rows
CORNERS = REACH * np.array([[np.sin(turn), np.cos(turn)] for turn in np.radians(np.arange(0, 361, 60))])
AREA = 1.5 * 3**0.5 * REACH**2  # square pixels
OPAQUE = 225  # of 255: roads and names stay to be seen through a cell
LETTER, LETTER_OF_LONG, LONG = 13, 11, 5  # pixels; from 1,000 on a number would touch the next one
OPENING = (610, 465)  # pixels: what is looked at fills so much of a laptop's map
NEARER = 2  # zooms, from a cell to what is in it
PARTS = (0.02, 0.1, 0.25, 0.5)  # of the fullest cell: where classes begin
Place = Sequence[float]  # longitude, latitude
Beside = Callable[[Place, str], Place | None]
STEPS = [step * 10.0**power for power in range(-3, 6) for step in (1, 2, 5)]  # the numbers at which a class may begin
BETWEEN = [math.sqrt(low * high) for low, high in pairwise(STEPS)]


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a map at one zoom that have a crime, from north to south."""

    middles: np.ndarray  # in the square of the world, as mercator.flat_points
    crimes: np.ndarray
    density: np.ndarray  # crimes per square kilometre


@lru_cache(maxsize=64)
def cells(selection: Selection, zoom: int) -> Cells:
    """What the filters leave, in the cells of a whole zoom."""
    (points,), crimes = selection.counts("point")
    middles, cell, area = of_points(selection.area, zoom)
    counted = np.bincount(cell[points], weights=crimes, minlength=len(middles)).astype("int64")
    filled = np.flatnonzero(counted)
    return Cells(middles[filled], counted[filled], counted[filled] / area[filled])


@lru_cache(maxsize=64)  # zooms of areas
def of_points(area: AreaCrimes, zoom: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The middles of the cells in which an area's map points lie, each point's cell among them, and their square kilometres."""
    middles, cell = gathered(flat(area), zoom)
    return middles, cell, AREA * square_metres(middles, zoom) / 1e6


def gathered(places: np.ndarray, zoom: int) -> tuple[np.ndarray, np.ndarray]:
    """The middles of the cells in which places (as tiles.flat) lie, from north to south, and each place's cell among them."""
    across = TILE * 2.0**zoom  # pixels
    middles, cell = np.unique(_middles(places * across), axis=0, return_inverse=True)
    return middles[:, ::-1] / across, cell.ravel()


def _middles(pixels: np.ndarray) -> np.ndarray:
    """South and east of the middle of each place's cell: the nearer of the even rows' nearest, and of the odd rows'."""
    lattice, shift = np.array([WIDTH, 2 * ROW]), np.array([WIDTH / 2, ROW])
    even, odd = np.round(pixels / lattice) * lattice, np.round((pixels - shift) / lattice) * lattice + shift
    is_even = np.hypot(*(pixels - even).T) <= np.hypot(*(pixels - odd).T)
    nearest: np.ndarray = np.where(is_even[:, None], even, odd)[:, ::-1]
    return nearest.round(3)


@lru_cache(maxsize=64)
def edges(selection: Selection) -> list[float]:
    """Crimes per square kilometre at which each class begins, lowest first; they hold at every zoom.

    Parts of the fullest cell's in a view of the chosen wards, or of all, in round numbers: what stands out is what has most.
    """
    made = cells(selection, min(LAST_ZOOM, round(fitting_zoom(bounds(selection), *OPENING))))
    if not len(made.crimes):
        return []
    of_one_crime = (made.density / made.crimes).max()
    rounded = {_round(part * made.density.max()) for part in PARTS}
    return [0.0, *sorted(edge for edge in rounded if edge > of_one_crime)]


def bounds(selection: Selection) -> list[float]:
    """West, south, east and north of the chosen wards, or of all."""
    of_wards = selection.area.ward_bounds
    every = np.array([of_wards[code] for code in selection.filters.wards or of_wards])
    around: list[float] = np.hstack([every[:, :2].min(axis=0), every[:, 2:].max(axis=0)]).tolist()
    return around


def _round(value: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, 50 …, by ratio."""
    return STEPS[bisect(BETWEEN, value)]


def seen(colour: Colour, ground: Ground) -> Colour:
    """A cell's colour with the ground that shines through."""
    red, green, blue = (
        round((OPAQUE * part + (255 - OPAQUE) * under) / 255) for part, under in zip(colour, ground.halo, strict=True)
    )
    return red, green, blue


def legend(selection: Selection, ground: Ground) -> list[tuple[Colour, str]]:
    """The colour of each class and its crimes per square kilometre, lowest first."""
    begin = [number(low, None if low >= 1 or not low else 1) for low in edges(selection)]
    texts = [f"{low}–{high}" for low, high in pairwise(begin)]
    return list(zip(ground.cells, [*texts, *(_("{low} or more").format(low=low) for low in begin[-1:])], strict=False))


def features(
    selection: Selection, tile: Tile, ground: Ground, *, beside: Beside = lambda middle, _number: middle
) -> list[dict]:
    """GeoJSON of the cells whose middles lie in a tile.

    Of each its shape, with f: its colour; t: its words; m: its middle; z: the zoom of a nearer view. Then its number, as n,
    `beside` the names that lie over the cell; where it has no room it is told when the cell is touched.
    """
    made = cells(selection, tile.zoom)
    inside = tile.holds(made.middles)
    shades = np.searchsorted(edges(selection), made.density[inside], side="right") - 1
    corners = CORNERS / (TILE * 2.0**tile.zoom)
    middles = places(made.middles[inside]).round(DECIMALS).tolist()
    shapes = places(made.middles[inside, None] + corners).round(DECIMALS).tolist()
    drawn = list(zip(shapes, middles, shades.tolist(), map(number, made.crimes[inside].tolist()), strict=True))
    inks = [ink(seen(colour, ground)) for colour in ground.cells]
    words = _("{n} in this cell: tap it to come closer")
    return [
        *(
            feature("Polygon", [shape], f=[*ground.cells[shade], OPAQUE], t=words.format(n=n), m=middle, z=tile.zoom + NEARER)
            for shape, middle, shade, n in drawn
        ),
        *(
            feature(
                "Point",
                list(place),
                n=n,
                c=inks[shade],
                s=LETTER if len(n) < LONG else LETTER_OF_LONG,
            )
            for _shape, middle, shade, n in drawn
            if (place := beside(middle, n))
        ),
    ]

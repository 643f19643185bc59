"""Decide which names a map shows at a zoom, and where: a ward's in its ward, others where there is room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import geopandas as gpd
import numpy as np
import shapely

from mkmap.map.mercator import degrees, pixels
from mkmap.map.room import Box, Room, box_at, broken, size_of
from mkmap.places.ground.kinds import NAMES, Name

NEAREST = 16  # a zoom: nearer ones have the names of this one, and more room
TIGHTEST = 0.5  # zooms: tiles of one are shown from half a zoom farther away
WARD = "ward"
WARD_SIZES = (12, 10.5, 9, 8)  # pixels at the tightest: a ward's name grows with its ward, up to the next zoom
WARD_LINES = (15, 10)  # characters of a line
SIZES = {
    "town": 13,
    "suburb": 11,
    "village": 11,
    "station": 10.5,
    "main road": 10.5,
    "park": 10.5,
    "lake": 10.5,
    "street": 10.5,
}
PLACES = 15  # along and across a ward, where its name is tried
NUMBER = (18.0, 12.0)  # pixels: of a cell
FINE = 0.001  # degrees: how exactly the middle of a ward is found


Place = Sequence[float]  # longitude, latitude


@dataclass(frozen=True)
class Label:
    """A name in its lines, where its middle stands, and its size in pixels; a ward's where it has least room."""

    text: str
    kind: str
    longitude: float
    latitude: float
    size: float


def labels(wards: gpd.GeoDataFrame, names: Iterable[Name], zoom: int, numbers: Sequence[Place] = ()) -> list[Label]:
    """What has room at a zoom: the wards' names first, then others in their order.

    `numbers`: where the map may write one (longitude, latitude): over as few as possible a ward's name lies, which is above
    the cells; the others are below.
    """
    room, scale = Room(), zoom - TIGHTEST
    of_wards = list(_ward_labels(wards, scale, _written(numbers, scale)))
    for label in of_wards:
        room.keep(box_of(label, scale))
    shown = (name for name in names if NAMES[name.kind] <= zoom)
    others = (Label(broken(name.text), name.kind, name.longitude, name.latitude, SIZES[name.kind]) for name in shown)
    return [*of_wards, *(label for label in others if room.take(box_of(label, scale)))]


def _written(numbers: Iterable[Place], scale: float) -> Room:
    room = Room()
    for place in numbers:
        room.keep(box_of_number(place, scale))
    return room


def box_of_number(place: Place, scale: float) -> Box:
    (x, y), (wide, high) = pixels(place, scale), NUMBER
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def box_of(label: Label, scale: float) -> Box:
    x, y = pixels((label.longitude, label.latitude), scale)
    return box_at(x, y, *size_of(label.text, label.size, bold=label.kind == WARD))


def _ward_labels(wards: gpd.GeoDataFrame, scale: float, numbers: Room) -> Iterator[Label]:
    """Each ward's name where it has room, else where it lies over the fewest numbers: without names a map says less."""
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        shapely.prepare(shape)
        covered: list[tuple[int, Label]] = []
        for label in _in_ward(name, shape, scale):
            covered.append((numbers.covered(box_of(label, scale)), label))
            if not covered[-1][0]:
                break
        if covered:
            yield min(covered, key=lambda choice: choice[0])[1]


def _in_ward(name: str, shape: shapely.Geometry, scale: float) -> Iterator[Label]:
    """A ward's name wherever all of it lies in the ward, the largest first."""
    places, (west, south, east, north) = _places(shape), shape.bounds
    for size, line in product(WARD_SIZES, WARD_LINES):
        text = broken(name, line)
        reach = degrees(np.array(size_of(text, size, bold=True)) / 2, places[0][1], scale)
        if (2 * reach > (east - west, north - south)).any():  # from afar, that of most wards
            continue
        inside = shapely.contains(shape, shapely.box(*(places - reach).T, *(places + reach).T))
        yield from (Label(text, WARD, longitude, latitude, size) for longitude, latitude in places[inside].round(5).tolist())


@lru_cache(maxsize=1000)  # wards: each zoom asks again
def _places(shape: shapely.Geometry) -> np.ndarray:
    """Where a ward's name is tried: in the middle of its widest part, then anywhere in it, the nearest to that first."""
    middle = np.array(shapely.maximum_inscribed_circle(shape, tolerance=FINE).coords[0])
    west, south, east, north = shape.bounds
    steps = np.linspace(0, 1, PLACES + 2)[1:-1]
    anywhere = np.array([(west + x * (east - west), south + y * (north - south)) for x in steps for y in steps])
    inside = anywhere[shapely.contains_xy(shape, anywhere)]
    return np.vstack([middle[None], inside[np.argsort(np.hypot(*(inside - middle).T), kind="stable")]])


def of_whom(ground: Sequence[Name], points: Sequence[Name]) -> list[Name]:
    """The ground's names, and for what it has none of those of the police's points, in the order in which they get room."""
    known = {name.kind for name in ground}
    return sorted(
        [*ground, *(name for name in points if name.kind not in known)], key=lambda name: list(NAMES).index(name.kind)
    )

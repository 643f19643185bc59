"""Decide which names a map shows at a zoom, and where: a ward's in its ward, others where there is room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from mkmap.map.mercator import degrees, pixels
from mkmap.map.room import Room, box_at, broken, size_of
from mkmap.places.ground.kinds import NAMES, Name

NEAREST = 16  # a zoom: nearer ones have the names of this one, and more room
TIGHTEST = 0.5  # zooms: tiles of one are shown from half a zoom farther away
WARD = "ward"
WARD_SIZES = (11, 9.5, 8)  # pixels at the tightest: a ward's name grows with its ward, up to the next zoom
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
PLACES = 11  # along and across a ward, where its name is tried
FINE = 0.001  # degrees: how exactly the middle of a ward is found


@dataclass(frozen=True)
class Label:
    """A name in its lines, where its middle stands, and its size in pixels; a ward's where it has least room."""

    text: str
    kind: str
    longitude: float
    latitude: float
    size: float


def labels(wards: gpd.GeoDataFrame, names: Iterable[Name], zoom: int) -> list[Label]:
    """What has room at a zoom: the wards' names first, then others in their order."""
    room, scale = Room(), zoom - TIGHTEST
    of_wards = [label for label in _ward_labels(wards, scale) if _takes(room, label, scale)]
    shown = (name for name in names if NAMES[name.kind] <= zoom)
    others = (Label(broken(name.text), name.kind, name.longitude, name.latitude, SIZES[name.kind]) for name in shown)
    return [*of_wards, *(label for label in others if _takes(room, label, scale))]


def _takes(room: Room, label: Label, scale: float) -> bool:
    x, y = pixels((label.longitude, label.latitude), scale)
    return room.take(box_at(x, y, *size_of(label.text, label.size, bold=label.kind == WARD)))


def _ward_labels(wards: gpd.GeoDataFrame, scale: float) -> Iterator[Label]:
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        if label := _in_ward(name, shape, scale):
            yield label


def _in_ward(name: str, shape: shapely.Geometry, scale: float) -> Label | None:
    """A ward's name where all of it lies in the ward, as large as it can; None where it never does."""
    places = _places(shape)
    for size in WARD_SIZES:
        for line in WARD_LINES:
            text = broken(name, line)
            half = np.array(size_of(text, size, bold=True)) / 2
            reach = degrees(half, places[0][1], scale)
            boxes = shapely.box(*(places - reach).T, *(places + reach).T)
            if (inside := np.flatnonzero(shapely.contains(shape, boxes))).size:
                longitude, latitude = places[inside[0]].round(5).tolist()
                return Label(text, WARD, longitude, latitude, size)
    return None


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

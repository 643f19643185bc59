"""Name a map point by its place, and find the ward it lies in.

police.uk publishes six decimals, so a point's place fits in one 64-bit integer without loss.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike

from mkmap.places.grid import LATITUDE_STEP, PER_DEGREE

Bounds = Sequence[float]  # west, south, east, north, in degrees


def point_id(longitude: ArrayLike, latitude: ArrayLike) -> np.ndarray:
    """The ids (int64) of points in degrees, WGS 84.

    Raises ValueError where a coordinate is missing or not on the globe.
    """
    x, y = np.asarray(longitude, float), np.asarray(latitude, float)
    if not (np.all(np.abs(x) <= 180) and np.all(np.abs(y) <= 90)):
        raise ValueError("a point without a place on the globe has no id")
    north, east = np.round((y + 90) * PER_DEGREE), np.round((x + 180) * PER_DEGREE)
    ids: np.ndarray = north.astype(np.int64) * LATITUDE_STEP + east.astype(np.int64)
    return ids


def longitude_latitude(point: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The longitudes and latitudes, in degrees, that `point_id` was given, to six decimals."""
    north, east = np.divmod(np.asarray(point, np.int64), LATITUDE_STEP)
    return (east - 180_000_000) / PER_DEGREE, (north - 90_000_000) / PER_DEGREE


def assign(points: ArrayLike, wards: Mapping[str, Iterable[Any]]) -> np.ndarray:
    """The ward code of each point id, None outside every ward; shape as `points`, dtype object.

    `wards` has the columns code and geometry (WGS 84). A point on a shared border gets the first of its wards by code.
    """
    longitude, latitude = longitude_latitude(points)
    codes = np.full(longitude.shape, None, dtype=object)
    by_code = sorted(zip(wards["code"], wards["geometry"], strict=True), key=itemgetter(0))
    for code, polygon in reversed(by_code):  # the first by code is written last
        codes[_within(polygon, longitude, latitude)] = code
    return codes


def in_box(points: ArrayLike, bounds: Bounds) -> np.ndarray:
    """Which point ids lie in `bounds`."""
    return _boxed(*longitude_latitude(points), bounds)


def _within(polygon: shapely.Geometry, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """The places in the arrays of the points that a polygon holds or touches."""
    near = np.flatnonzero(_boxed(longitude, latitude, polygon.bounds))
    shapely.prepare(polygon)
    inside: np.ndarray = near[shapely.intersects_xy(polygon, longitude[near], latitude[near])]
    return inside


def _boxed(longitude: np.ndarray, latitude: np.ndarray, bounds: Bounds) -> np.ndarray:
    west, south, east, north = bounds
    boxed: np.ndarray = (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
    return boxed

"""Lay places flat as a map does: where they stand in its pixels, and how near a view comes (Web Mercator)."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

EQUATOR = 40_075_016.686  # metres: its length (WGS 84)
METRES_A_DEGREE = EQUATOR / 360  # north, and east at the equator
TILE = 512  # pixels: the width of the whole world at zoom 0
WIDTH, HEIGHT = 580, 380  # pixels: what a view is fitted to where the browser has not said how large its map is
PHONE_WIDTH = 340


def pixels(place: Sequence[float], zoom: float) -> np.ndarray:
    """Where a place (longitude, latitude) stands, east and south."""
    longitude, latitude = place
    world, stretched = _world(zoom), math.atanh(math.sin(math.radians(latitude)))
    return np.array([longitude / 360 * world, -stretched / (2 * math.pi) * world])


def moved(place: Sequence[float], south: float, zoom: float, east: float = 0.0) -> tuple[float, float]:
    """The longitude and latitude so many pixels beside a place."""
    if not (south or east):
        return place[0], place[1]
    longitude, latitude = places((pixels(place, zoom) + np.array([east, south])) / _world(zoom) + 0.5).round(5).tolist()
    return longitude, latitude


def flat_points(points: pd.DataFrame) -> np.ndarray:
    """Where points (longitude, latitude) stand in the square of the whole world: a row each, 0 to 1 from its west and its north."""
    return flat_places(points[["longitude", "latitude"]].to_numpy())


def flat_places(places: np.ndarray) -> np.ndarray:
    """Where places stand in that square; the last axis holds the longitude and latitude of each."""
    longitude, latitude = np.moveaxis(places, -1, 0)
    stretched = np.arctanh(np.sin(np.radians(latitude)))
    return np.stack([longitude / 360, -stretched / (2 * np.pi)], axis=-1) + 0.5


def places(flat: np.ndarray) -> np.ndarray:
    """The longitude and latitude of places in that square; the last axis holds each."""
    east, south = np.moveaxis(flat - 0.5, -1, 0)
    return np.stack([east * 360, np.degrees(np.arcsin(np.tanh(-south * 2 * np.pi)))], axis=-1)


def square_metres(flat: np.ndarray, zoom: float) -> np.ndarray:
    """The area on the ground of one pixel at places in that square."""
    latitude = np.radians(places(flat)[..., 1])
    metres: np.ndarray = EQUATOR * np.cos(latitude) / _world(zoom)
    return metres**2


def tile_of(place: Sequence[float], zoom: int) -> tuple[int, int]:
    """The column and the row of the tile in which a place lies."""
    east, south = pixels(place, zoom).tolist()
    return math.floor(east / TILE + 2**zoom / 2), math.floor(south / TILE + 2**zoom / 2)


def metres_of_a_pixel(latitude: float, zoom: float) -> float:
    return EQUATOR * float(np.cos(np.radians(latitude))) / _world(zoom)


def _world(zoom: float) -> float:
    """The width of the whole world in pixels."""
    return TILE * float(2**zoom)


def fitting_zoom(bounds: Sequence[float], width: int = WIDTH, height: int = HEIGHT) -> float:
    """The zoom at which bounds (west, south, east, north, in degrees) fill a map of `width` by `height` pixels."""
    west, south, east, north = bounds
    wide, high = pixels((east, south), 0) - pixels((west, north), 0)
    return round(float(np.log2(min(width / wide, height / high))), 2)

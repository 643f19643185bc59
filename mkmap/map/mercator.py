"""Lay places flat as a map does: where they stand in its pixels, and how near a view comes (Web Mercator)."""

from collections.abc import Sequence

import numpy as np

TILE = 512  # pixels: the width of the whole world at zoom 0
WIDTH, HEIGHT = 580, 380  # pixels: what a view is fitted to; the server doesn't know the window
PHONE_WIDTH = 340


def pixels(place: Sequence[float], zoom: float) -> np.ndarray:
    """Where a place (longitude, latitude) stands, east and south."""
    longitude, latitude = place
    stretched = float(np.arctanh(np.sin(np.radians(latitude))))
    return np.array([longitude / 360, -stretched / (2 * np.pi)]) * _world(zoom)


def degrees(size: np.ndarray, latitude: float, zoom: float) -> np.ndarray:
    """A width and a height of so many pixels, as degrees east and north."""
    reach: np.ndarray = size * 360 / _world(zoom) * np.array([1, np.cos(np.radians(latitude))])
    return reach


def _world(zoom: float) -> float:
    """The width of the whole world in pixels."""
    return TILE * float(2**zoom)


def fitting_zoom(bounds: Sequence[float], width: int = WIDTH) -> float:
    """The zoom at which bounds (west, south, east, north, in degrees) fill a map of `width` pixels."""
    west, south, east, north = bounds
    wide, high = pixels((east, south), 0) - pixels((west, north), 0)
    return round(float(np.log2(min(width / wide, HEIGHT / high))), 2)

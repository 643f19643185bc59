"""Tell in words what a map of the whole area shows, for those who do not see it."""

import math

import numpy as np

from mkmap.crimes.query import AreaCrimes, Selection
from mkmap.map.cells import LAST_ZOOM, cells
from mkmap.map.mercator import fitting_zoom
from mkmap.map.tiles import flat
from mkmap.words import ngettext, number


def told(selection: Selection) -> str:
    """How many cells there are, and in which ward the fullest lies; empty where nothing was recorded."""
    made = cells(selection, min(LAST_ZOOM, math.ceil(fitting_zoom(_bounds(selection.area)))))
    if not len(made.crimes):
        return ""
    fullest = int(made.crimes.argmax())
    words = {"ward": _ward(selection, made.middles[fullest]), "most": number(int(made.crimes[fullest]))}
    return ngettext(
        "It has one cell, in {ward}.", "It has {n} cells. The fullest, in {ward}, has {most} of these crimes.", len(made.crimes)
    ).format(n=number(len(made.crimes)), **words)


def _bounds(area: AreaCrimes) -> tuple[float, float, float, float]:
    wests, souths, easts, norths = zip(*area.ward_bounds.values(), strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _ward(selection: Selection, middle: np.ndarray) -> str:
    """That of the map point next to a place, of those that have a crime."""
    area = selection.area
    (points,), _crimes = selection.counts("point")
    nearest = points[((flat(area)[points] - middle) ** 2).sum(axis=1).argmin()]
    return area.ward_names[area.points["ward"].iat[int(nearest)]]

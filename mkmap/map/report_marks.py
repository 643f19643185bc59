"""Turn published reports into marks of their own shape and colour: diamonds above the police's circles and cells."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from mkmap.map.cells import LAST_ZOOM, NEARER, gathered
from mkmap.map.mercator import flat_points, places
from mkmap.map.placed_names import Shift
from mkmap.map.tiles import DECIMALS, Tile, feature
from mkmap.month import Month
from mkmap.reports.report import kind_word
from mkmap.words import _, number

Clear = Callable[[Sequence[float], Sequence[Shift], np.ndarray], Shift]

SIZE = 28.0  # pixels of the picture, half of which is the diamond: a thumb hits what is at least 24 wide
STEP = 14  # pixels between the diamonds of one point
IN_A_ROW = 5
ABOVE = 13  # pixels: the police's circle at the same point stays to be seen
# The number in the middle of a cell, too; beside it where a name lies there.
BESIDE_A_NUMBER: tuple[Shift, ...] = ((0, -17), (0, 17), (-14, -13), (14, -13), (-14, 13), (14, 13))
ALONE, NUMBERED = (
    np.array([-8, -8, 8, 8]),
    np.array([-8, -8, 24, 8]),
)  # pixels: how far a diamond reaches, and one with a number
SINGLE = 15  # zoom from which each report has its own diamond


def features(
    chosen: pd.DataFrame, ward_names: dict[str, str], tile: Tile, *, clear: Clear = lambda _middle, shifts, _box: shifts[0]
) -> list[dict]:
    """GeoJSON of the reports in a tile: one diamond a cell, or a map point, or a report, as the zoom has room.

    o: its shift in pixels, [east, south]; t: the words of its tooltip. Of one report k: its id. Of several n: their number;
    m: their middle, and z: the zoom of a nearer view. `clear` chooses the shift in a cell.
    """
    flat = flat_points(chosen)
    if tile.zoom >= SINGLE:
        return _singles(chosen.iloc[tile.holds(flat)], ward_names)
    if tile.zoom <= LAST_ZOOM:
        middles, group = gathered(flat, tile.zoom)
    else:
        middles, group = np.unique(flat, axis=0, return_inverse=True)
    return _groups(chosen, ward_names, middles, group.ravel(), tile, clear)


def _groups(
    chosen: pd.DataFrame, ward_names: dict[str, str], middles: np.ndarray, group: np.ndarray, tile: Tile, clear: Clear
) -> list[dict]:
    """One diamond for what lies together, with a number where that is more than one."""
    drawn, counts = tile.holds(middles), np.bincount(group, minlength=len(middles))
    first = np.unique(group, return_index=True)[1]
    shifts = BESIDE_A_NUMBER if tile.zoom <= LAST_ZOOM else ((0, -ABOVE),)
    single = _words(chosen.iloc[first[drawn]], ward_names)
    together = _("{n} reports by residents: tap to come closer")
    marks = chosen["mark"].to_numpy()[first[drawn]].tolist()
    near = tile.zoom + NEARER if tile.zoom <= LAST_ZOOM else SINGLE + 1
    places_of = places(middles[drawn]).round(DECIMALS).tolist()
    return [
        feature("Point", place, o=clear(place, shifts, ALONE), t=words, k=mark)
        if count == 1
        else feature(
            "Point",
            place,
            o=clear(place, shifts, NUMBERED),
            t=together.format(n=number(count)),
            n=number(count),
            m=place,
            z=near,
        )
        for place, count, words, mark in zip(places_of, counts[drawn].tolist(), single, marks, strict=True)
    ]


def _singles(chosen: pd.DataFrame, ward_names: dict[str, str]) -> list[dict]:
    """A diamond each, side by side above their point."""
    chosen = chosen.sort_values(["longitude", "latitude", "month", "mark"])
    place = chosen.groupby(["longitude", "latitude"], sort=False)["mark"]
    order, together = place.cumcount(), place.transform("size")
    east = (STEP * (order % IN_A_ROW - (together.clip(upper=IN_A_ROW) - 1) / 2)).round(1)
    south = -ABOVE - STEP * (order // IN_A_ROW)
    coordinates = chosen[["longitude", "latitude"]].to_numpy().round(DECIMALS).tolist()
    return [
        feature("Point", place, o=[across, up], t=words, k=mark)
        for place, across, up, words, mark in zip(
            coordinates, east.tolist(), south.tolist(), _words(chosen, ward_names), chosen["mark"].tolist(), strict=True
        )
    ]


def words(row: pd.Series, ward_names: dict[str, str]) -> str:
    """What is said of one report: whose words it is comes first."""
    return _words(row.to_frame().T, ward_names)[0]


def _words(chosen: pd.DataFrame, ward_names: dict[str, str]) -> list[str]:
    first, what = _("Reported by a resident"), _("{kind}, {month}")
    months = {month: Month.parse(month).name for month in set(chosen["month"])}
    return [
        "\n".join([first, f"{street}, {ward_names.get(ward, '')}", what.format(kind=kind_word(kind), month=months[month])])
        for street, ward, kind, month in zip(chosen["street"], chosen["ward"], chosen["kind"], chosen["month"], strict=True)
    ]

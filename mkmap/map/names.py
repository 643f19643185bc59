"""Decide which names a map shows at a zoom, and where: a ward's in its ward, others where there is room."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from mkmap.map import ward_names
from mkmap.map.cells import LAST_ZOOM
from mkmap.map.mercator import TILE, flat_places, moved, pixels
from mkmap.map.room import NUMBER, Box, Room, box_at, broken, size_of
from mkmap.map.shared_names import together
from mkmap.map.ward_names import A_CIRCLE, A_NUMBER, Mark
from mkmap.places.ground.kinds import NAMES, Name

FARTHEST = 7  # a zoom: from there a county is seen
NEAREST = 16  # a zoom: nearer ones have the names of this one, and more room
TIGHTEST = 0.5  # zooms: tiles of one are shown from half a zoom farther away
OPENINGS = 20  # steps of a zoom
ASIDE = (0, 6, -6, 12, -12, 18, -18)  # pixels south of its place: where a name is tried beside the numbers of cells
WARD = "ward"
WARDS = "wards"  # of one place, which have no room for their names: that of the place
SIZES = {
    "town": 12,
    "suburb": 11,
    "village": 11,
    "station": 11,
    "main road": 11,
    "park": 11,
    "lake": 11,
    "street": 11,
}
SETTLEMENTS = ("town", "suburb", "village")  # which a ward may be called after
AFAR = (*SETTLEMENTS, "station")  # from where a ward and its station are one place
OF_POINTS = ("station", "main road", "street")  # near by stand under or over the circle at their place
SIDES, BESIDE = (1, -1), 5  # south, north; pixels from the place
LARGEST = 14  # pixels: to which names grow with the map

NONE = np.zeros((0, 2))
Place = Sequence[float]  # longitude, latitude


@dataclass(frozen=True)
class Label:
    """A name in its lines, where its middle stands, and its size in pixels where it has least room."""

    text: str
    kind: str
    longitude: float
    latitude: float
    size: float


def opening(zoom: float) -> float:
    """The zoom of a view that a map opens with, in steps: browsers of about the same size ask for the same names."""
    return math.floor(zoom * OPENINGS) / OPENINGS


def farthest(zoom: int, opens_at: float | None = None) -> float:
    """From where the names of a zoom are looked at: from the view that a map opens with, where that is one of this zoom."""
    least = zoom - TIGHTEST
    return opens_at if opens_at and least <= opens_at < zoom + TIGHTEST else least


def labels(
    wards: gpd.GeoDataFrame, names: Iterable[Name], zoom: int, marks: np.ndarray = NONE, scale: float | None = None
) -> list[Label]:
    """What has room at a zoom, looked at from `scale`: the wards' names first, then others in their order.

    `marks`: where the map may have some (as mercator.flat_points), numbers of cells or circles: a ward's name lies over as few
    as possible, and over numbers no other.
    """
    scale = farthest(zoom) if scale is None else scale
    room, of_numbers = Room(), Room()
    numbers, mark = (marks, A_NUMBER) if zoom <= LAST_ZOOM else (NONE, A_CIRCLE)
    of_wards = list(_of_wards(wards, scale, marks, mark))
    for label in of_wards:
        room.keep(box_of(label, scale))
    for x, y in ((numbers - 0.5) * TILE * 2.0**scale).tolist():
        of_numbers.keep(box_at(x, y, *NUMBER, around=0))
    written = {label.text.replace("\n", " ") for label in of_wards}
    once = AFAR if len(numbers) else SETTLEMENTS
    shown = [name for name in names if NAMES[name.kind] <= zoom and not (name.kind in once and name.text in written)]
    above = "town" if any(name.kind == "town" for name in shown) or 2 * len(of_wards) > len(wards) else "station"
    at = (flat_places(np.array([name[2:] for name in shown], float).reshape(-1, 2)) - 0.5) * TILE * 2.0**scale
    others = (_beside(name, x, y, room, of_numbers, scale, above) for name, (x, y) in zip(shown, at.tolist(), strict=True))
    return [*of_wards, *filter(None, others)]


def _beside(name: Name, x: float, y: float, room: Room, numbers: Room, scale: float, above: str) -> Label | None:
    """A name at its place, or as near as no number is; those of a kind by which people know where they are may lie `above` some."""
    text, size = broken(name.text), SIZES[name.kind]
    wide, high = size_of(text, size)
    tried = ASIDE if numbers else [side * (high / 2 + BESIDE) for side in SIDES] if name.kind in OF_POINTS else (0,)
    boxes = {south: box_at(x, y + south, wide, high) for south in tried}
    covered = {south: numbers.covered(box) for south, box in boxes.items() if not room.covered(box)}
    if not covered or (min(covered.values()) and name.kind != above):
        return None
    south = min(covered, key=covered.__getitem__)
    room.keep(boxes[south])
    return Label(text, name.kind, *moved((name.longitude, name.latitude), south, scale), size)


def _of_wards(wards: gpd.GeoDataFrame, scale: float, marks: np.ndarray, mark: Mark) -> Iterator[Label]:
    nameless = []
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        if placed := ward_names.placed(name, shape, scale, marks, mark):
            yield Label(placed.text, WARD, placed.longitude, placed.latitude, placed.size)
        else:
            nameless.append((name, shape))
    for name, shape in together(nameless):
        if placed := ward_names.placed(name, shape, scale, marks, mark):
            yield Label(placed.text, WARDS, placed.longitude, placed.latitude, placed.size)


def box_of(label: Label, scale: float) -> Box:
    x, y = pixels((label.longitude, label.latitude), scale)
    return box_at(x, y, *size_of(label.text, label.size))


def of_whom(ground: Sequence[Name], points: Sequence[Name]) -> list[Name]:
    """The ground's names, and for what it has none of those of the police's points, in the order in which they get room."""
    known = {name.kind for name in ground}
    return sorted(
        [*ground, *(name for name in points if name.kind not in known)], key=lambda name: list(NAMES).index(name.kind)
    )

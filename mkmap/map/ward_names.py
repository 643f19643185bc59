"""Find where in its ward a name stands: all of it inside, broken as it fits, as large as it may be, over few numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import NamedTuple

import numpy as np
import shapely

from mkmap.map.mercator import TILE, flat_places, places
from mkmap.map.room import NUMBER, lines_of, size_of

SIZES = (12.0, 11.0, 10.0, 9.0)  # pixels: larger shouts, smaller cannot be read on a laptop
LINES, PARTS = 4, 10  # at most: of a name, and of what its lines are made
STEPS = 64  # along the longer side of a ward: how exactly places for its name are tried
TRIED = 24  # of the best places of each size and breaking: most are inside, for the steps have said so
FINE = 0.001  # degrees: how exactly the middle of a ward is found
# What a place costs, in pixels of a name's size.
A_LINE, ASIDE = 0.4, 1.5  # one more line; as far from the middle as can be
BELOW = 10.0  # pixels: what is smaller costs thrice


class Mark(NamedTuple):
    """What had better not lie under or over a name."""

    wide: float  # pixels
    high: float
    cost: float  # in pixels of a name's size


A_NUMBER, A_CIRCLE = Mark(*NUMBER, 5.0), Mark(8, 8, 0.4)


@dataclass(frozen=True)
class Placed:
    """A name in its lines, its middle and its size in pixels."""

    text: str
    longitude: float
    latitude: float
    size: float


def placed(name: str, shape: shapely.Geometry, scale: float, marks: np.ndarray, of_mark: Mark) -> Placed | None:
    """The best place for a ward's name at a zoom; None where it has no room in its ward.

    `marks`: where some may stand, as mercator.flat_points.
    """
    west, south, east, north = shape.bounds
    north_west, south_east = flat_places(np.array([(west, north), (east, south)])) * TILE * 2.0**scale
    ways = [(cost, text, size) for cost, text, size in _ways(name) if (size_of(text, size) < south_east - north_west).all()]
    if not ways:
        return None
    shapely.prepare(shape)
    steps, best, least = _Steps.of(shape, scale, marks, of_mark), None, np.inf
    for cost, text, size in ways:
        if cost < least and (there := steps.best(lines_of(text, size))) and cost + there[0] < least:
            least, best = cost + there[0], Placed(text, *there[1:], size)
    return best


def _ways(name: str) -> Iterator[tuple[float, str, float]]:
    """What each size and breaking of a name costs, with them."""
    for size, (lines, text) in product(SIZES, enumerate(broken(name))):
        yield SIZES[0] - size + 2 * max(0.0, BELOW - size) + A_LINE * lines, text, size


def broken(name: str) -> list[str]:
    """A name in one line, in two, in three …: each as narrow as it can be, a line never ends with its `&`."""
    parts = re.findall(r"(?:(?:&|and) )?\S+?(?:-(?=\w)|\s+|$)", name)
    parts = [*parts[: PARTS - 1], "".join(parts[PARTS - 1 :])] if len(parts) > PARTS else parts
    return [_narrowest(parts, lines) for lines in range(1, min(LINES, len(parts)) + 1)]


def _narrowest(parts: Sequence[str], lines: int) -> str:
    ways = ([0, *ends, len(parts)] for ends in combinations(range(1, len(parts)), lines - 1))
    texts = ("\n".join("".join(parts[begin:end]).strip() for begin, end in pairwise(way)) for way in ways)
    return min(texts, key=lambda text: size_of(text, 1.0))


@dataclass(frozen=True)
class _Steps:
    """A ward in steps: rows from north to south of columns from west to east; sums of what lies north and west of each."""

    shape: shapely.Geometry
    pixels: float  # of the whole world, from west to east
    corner: np.ndarray  # of the first row and column, as mercator.flat_points
    step: float  # pixels
    inside: np.ndarray  # sums
    covered: np.ndarray  # sums: what it costs to cover the marks
    aside: np.ndarray  # from the ward's middle, 0 to 1

    @classmethod
    def of(cls, shape: shapely.Geometry, scale: float, marks: np.ndarray, of_mark: Mark) -> "_Steps":
        west, south, east, north = shape.bounds
        corner, end = flat_places(np.array([(west, north), (east, south)]))
        step = (end - corner).max() / STEPS
        columns, rows = ((end - corner) // step + 2).astype(int)
        flat = corner + step * np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1)
        middle = flat_places(np.array(shapely.maximum_inscribed_circle(shape, tolerance=FINE).coords[0]))
        aside = np.hypot(*np.moveaxis(flat - middle, -1, 0))
        inside = shapely.contains_xy(shape, *np.moveaxis(places(flat), -1, 0))
        pixels = TILE * 2.0**scale
        covered = _covered((marks - corner) / step, inside.shape, np.array(of_mark[:2]) / 2 / (step * pixels)) * of_mark.cost
        return cls(shape, pixels, corner, step * pixels, _sums(inside), _sums(covered), aside / aside.max())

    def best(self, lines: np.ndarray) -> tuple[float, float, float] | None:
        """What the best place costs, and its longitude and latitude.

        `lines`: west, north, east and south of each line from the middle of all, in pixels.
        """
        in_steps = np.stack([np.floor(lines[:, :2] / self.step), np.ceil(lines[:, 2:] / self.step)], axis=1).astype(int)
        reach = in_steps[:, 1].max(axis=0)
        if (2 * reach >= np.array(self.shape_in_steps)).any():
            return None
        fits = np.logical_and.reduce([self._in_boxes(self.inside, box, reach) == _steps(box) for box in in_steps])
        rows, columns = np.nonzero(fits)
        covered = sum(self._in_boxes(self.covered, box, reach)[rows, columns] for box in in_steps)
        costs = covered + ASIDE * self.aside[rows + reach[1], columns + reach[0]]
        order = np.argsort(costs, kind="stable")[:TRIED]
        for cost, at in zip(costs[order].tolist(), (np.column_stack([columns, rows])[order] + reach) * self.step, strict=True):
            corners = places(self.corner + (at + lines.reshape(-1, 2, 2)) / self.pixels)
            if shapely.contains(self.shape, shapely.box(*corners.reshape(-1, 4).T)).all():
                return cost, *places(self.corner + at / self.pixels).round(5).tolist()
        return None

    @property
    def shape_in_steps(self) -> tuple[int, int]:
        rows, columns = self.inside.shape
        return columns - 1, rows - 1

    def _in_boxes(self, sums: np.ndarray, box: np.ndarray, reach: np.ndarray) -> np.ndarray:
        """The sums in a box around each step that lies as far as `reach` from the sides."""
        (west, north), (east, south) = box
        columns, rows = np.array(self.shape_in_steps) - 2 * reach
        along, across = (
            [slice(start, start + count) for start in (first + far, last + far + 1)]
            for first, last, far, count in ((north, south, reach[1], rows), (west, east, reach[0], columns))
        )
        (top, bottom), (left, right) = along, across
        in_boxes: np.ndarray = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return in_boxes


def _steps(box: np.ndarray) -> int:
    wide, high = box[1] - box[0] + 1
    return int(wide * high)


def _covered(marks: np.ndarray, shape: tuple[int, int], reach: np.ndarray) -> np.ndarray:
    """How much of a mark lies on each step; `marks`, and how far they reach, in steps."""
    covered = np.zeros(shape)
    near = ((marks > -reach) & (marks < np.array(shape[::-1]) + reach)).all(axis=1)
    boxes = np.hstack([marks[near] - reach, marks[near] + reach]).round().astype(int).clip(0)
    for west, north, east, south in boxes.tolist():
        part = covered[north : south + 1, west : east + 1]
        part += 1 / max(part.size, 1)
    return covered


def _sums(of_steps: np.ndarray) -> np.ndarray:
    sums: np.ndarray = np.pad(of_steps.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    return sums

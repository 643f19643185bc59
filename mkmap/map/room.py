"""Find room for names on a map: none over another, the weightiest first, each as large as it may be."""

import textwrap
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

LINE = 15  # characters: longer names are broken where they have a blank
NAMES = 20_000  # that are kept as they are broken and measured: each zoom asks again
LEADING = 1.1  # of its size: the height of a line
BETWEEN = 3.0  # pixels: around each name
NUMBER = (26.0, 13.0)  # pixels: of a cell's number of three digits
CELL = 64  # pixels: boxes are looked for in squares of this size

FONT = "Source Sans, sans-serif"  # the page's own, so that a name is as wide on every device
# Parts of its size that a letter takes in that font, half bold.
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’()-/ "), frozenset("mwMWQOGDÖ@%&")
_NARROW_WIDTH, _USUAL_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH, _SQUARE_WIDTH = 0.35, 0.55, 0.62, 0.82, 1.0


class Box(NamedTuple):
    """West, north, east and south in pixels of a zoom."""

    west: float
    north: float
    east: float
    south: float

    def covers(self, other: "Box") -> bool:
        return self.west < other.east and other.west < self.east and self.north < other.south and other.north < self.south


@lru_cache(maxsize=NAMES)
def broken(text: str, line: int = LINE) -> str:
    return textwrap.fill(text, line, break_long_words=False, break_on_hyphens=False)


def size_of(text: str, size: float) -> tuple[float, float]:
    """The width and height of a text of one or more lines, in pixels."""
    wide, lines = _measured(text)
    return wide * size, (1 + (lines - 1) * LEADING) * size


@lru_cache(maxsize=NAMES)
def _measured(text: str) -> tuple[float, int]:
    """The width of the widest line, in parts of the size, and the number of lines."""
    lines = text.split("\n")
    return max(sum(map(_width, line)) for line in lines), len(lines)


def lines_of(text: str, size: float) -> np.ndarray:
    """West, north, east and south of each line from the middle of all, in pixels."""
    lines = text.split("\n")
    half = np.array([size_of(line, size) for line in lines]) / 2
    middles = np.array([(0, LEADING * size * (line - (len(lines) - 1) / 2)) for line in range(len(lines))])
    return np.hstack([middles - half, middles + half])


def box_at(x: float, y: float, wide: float, high: float, around: float = BETWEEN) -> Box:
    return Box(x - wide / 2 - around, y - high / 2 - around, x + wide / 2 + around, y + high / 2 + around)


class Room:
    """What of a map is taken."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._taken)

    def keep(self, box: Box) -> None:
        """Let nothing lie there."""
        for cell in _cells(box):
            self._taken[cell].append(box)

    def covered(self, box: Box) -> int:
        """Over how many boxes it would lie."""
        return len({other for cell in _cells(box) for other in self._taken.get(cell, ()) if box.covers(other)})

    def take(self, box: Box) -> bool:
        """Take a box, if nothing is there."""
        if self.covered(box):
            return False
        self.keep(box)
        return True


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    columns = range(int(box.west // CELL), int(box.east // CELL) + 1)
    return product(columns, range(int(box.north // CELL), int(box.south // CELL) + 1))


def _width(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_WIDTH
    if ord(letter) > 0x2E80:  # the scripts whose letters are squares
        return _SQUARE_WIDTH
    if letter in _WIDE:
        return _WIDE_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _USUAL_WIDTH

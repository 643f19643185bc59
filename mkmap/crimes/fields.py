"""Find a row with more fields than its header: DuckDB passes over an empty last one, though a comma moved all of them."""

import csv
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

CHUNK = 2**20
COMMA = ord(",")


def misfit(file: Path, fields: int, rows: int) -> int | None:
    """The line on which a row begins that has not as many fields as the header has; None where every row fits.

    `rows` were read from the file, without the header. Counting commas settles it, but for files with commas in cells.
    """
    if _commas(file) == (fields - 1) * (rows + 1):
        return None
    with file.open("rb") as opened:
        odd = [line for line in opened if line.count(b",") != fields - 1]
    if all(found == fields for _line, found in _lengths(line.decode(errors="replace") for line in odd)):
        return None
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        return next((line for line, found in _lengths(opened) if found != fields), None)


def _commas(file: Path) -> int:
    with file.open("rb") as opened:
        chunks = iter(partial(opened.read, CHUNK), b"")
        return sum(int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == COMMA)) for chunk in chunks)


def _lengths(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Of each row: the line on which it begins, and how many fields it has; blank lines are none."""
    before, reader = 0, csv.reader(lines)
    for row in reader:
        if row:
            yield before + 1, len(row)
        before = reader.line_num

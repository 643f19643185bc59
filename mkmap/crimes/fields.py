"""Find a row with more fields than its header: DuckDB passes over an empty last one, though a comma moved all of them."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

csv.field_size_limit(2**20)  # bytes: as much as DuckDB takes for a row


def misfit(file: Path, commas: int, fields: int, rows: int) -> int | None:
    """The line on which a row begins that has not as many fields as the header has; None where every row fits.

    `commas` are in the file, and `rows` were read from it, without the header. These settle it, but for files with commas
    in cells.
    """
    if commas == (fields - 1) * (rows + 1):
        return None
    with file.open("rb") as opened:
        odd = [line for line in opened if line.count(b",") != fields - 1]
    if all(found == fields for _line, found in _lengths(line.decode(errors="replace") for line in odd)):
        return None
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        return next((line for line, found in _lengths(opened) if found != fields), None)


def _lengths(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Of each row: the line on which it begins, and how many fields it has; blank lines are none."""
    before, reader = 0, csv.reader(lines)
    for row in reader:
        if row:
            yield before + 1, len(row)
        before = reader.line_num

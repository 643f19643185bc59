"""Read a table of texts out of what spreadsheets and statistics offices write: any separator, lines above and below it."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mkmap.errors import BadInput, Code

MOST_BYTES = 100_000_000  # every LSOA of England and Wales with a hundred columns stays below it
FIRST_ROW = 1  # as a spreadsheet counts
SEPARATORS = ",;\t|"
_LOOKED_AT = 200_000  # signs, to find the separator in
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # begin Excel's “Unicode text”
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")  # signs that steer machines: of an archive or a picture
_COUNT = re.compile(r"(?!(?:19|20)\d\d$)[\d,.]+")  # not a year, which may be the name of a column
TOTAL = re.compile(r"\b(?:sub)?totals?\b", re.IGNORECASE)

Row = list[str]
IsCode = Callable[[str], bool]


@dataclass(frozen=True)
class Table:
    """`rows`: texts without blanks around; the index is the row's number in a spreadsheet. `notes`: the lines above the header."""

    rows: pd.DataFrame
    notes: tuple[tuple[str, ...], ...]


def read(file: Path, source: str, is_code: IsCode) -> Table:
    """The table of a file; `is_code`: what each of its rows has somewhere.

    Raises BadInput for a file that is missing, too large or no table.
    """
    if not file.is_file():
        raise BadInput(Code.NO_SUCH_FILE, source=source)
    if file.stat().st_size > MOST_BYTES:
        raise BadInput(Code.FILE_TOO_LARGE, source=source, limit=MOST_BYTES // 1_000_000)
    try:
        text = _decoded(file.read_bytes())
        if _NO_TEXT.search(text):
            raise BadInput(Code.NOT_A_CSV, source=source)
        lines = _lines(text, _separator(text, is_code))
    except (OSError, UnicodeError, csv.Error):
        raise BadInput(Code.NOT_A_CSV, source=source) from None
    if not any(map(_width, lines)):
        raise BadInput(Code.NOT_A_CSV, source=source)
    return _table(lines, is_code, source)


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16")
    if content[1:400:2].count(0) > len(content[:400]) // 4:
        return content.decode("utf-16-le")
    # Codes and numbers are ASCII: a name in an older encoding must not stop a good file.
    return content.decode("utf-8-sig", errors="replace")


def _separator(text: str, is_code: IsCode) -> str:
    """The one with which most lines have a code beside something else."""
    start = text[:_LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: sum(_has_code(line, is_code) for line in _begun(start, separator)))


def _begun(text: str, separator: str) -> Iterator[Row]:
    """The lines at the beginning of a text, of which the last is cut."""
    for line in text.splitlines():
        yield [cell.strip(' "') for cell in line.split(separator)]


def _has_code(line: Row, is_code: IsCode) -> bool:
    return len(line) > 1 and any(map(is_code, line))


def _lines(text: str, separator: str) -> list[Row]:
    return [
        [cell.strip() for cell in line]
        for line in csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True)
    ]


def _width(line: Row) -> int:
    """The cells up to the last that is not empty."""
    return max((at for at, cell in enumerate(line, 1) if cell), default=0)


def _table(lines: list[Row], is_code: IsCode, source: str) -> Table:
    first = next((at for at, line in enumerate(lines) if _has_code(line, is_code)), None)
    header = _header(lines, first) if first is not None else next(at for at, line in enumerate(lines) if _width(line))
    if header is None:
        raise BadInput(Code.CSV_WITHOUT_HEADER, source=source)
    last = max((at for at, line in enumerate(lines) if _has_code(line, is_code)), default=len(lines) - 1)
    width = _width(lines[header])
    rows = {at: line for at, line in enumerate(lines) if at > header and _width(line) and not _is_around(line, at > last)}
    if any(_width(line) > width for line in rows.values()):  # it is not cut short
        raise BadInput(Code.NOT_A_CSV, source=source)
    if not rows:
        raise BadInput(Code.CSV_EMPTY, source=source)
    cells = [(line + [""] * width)[:width] for line in rows.values()]
    frame = pd.DataFrame(cells, index=[at + FIRST_ROW for at in rows], columns=_each_once(lines[header][:width]), dtype=object)
    return Table(frame, tuple(tuple(line) for line in lines[:header] if _width(line)))


def _each_once(names: Row) -> Row:
    """The names of columns; one that stands there again has its place behind it."""
    return [f"{name} ({at})" if name in names[:at] else name for at, name in enumerate(names)]


def _header(lines: list[Row], first: int) -> int | None:
    """The nearest line above the first code that is as wide as it and has no number; a total may stand between them."""
    for at in range(first - 1, -1, -1):
        if _width(lines[at]) >= _width(lines[first]) and not any(map(_COUNT.fullmatch, lines[at])):
            return at
    return None


def _is_around(line: Row, is_below: bool) -> bool:
    """Whether a line below the last code is no row of the table but a note on it, or its total."""
    filled = [cell for cell in line if cell]
    return is_below and (len(filled) == 1 or not line[0] or any(map(TOTAL.search, filled)))

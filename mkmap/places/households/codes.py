"""Find the ONS codes that the rows of a table are named by."""

import re
from pathlib import Path

import pandas as pd

from mkmap.errors import BadInput, Code
from mkmap.places.households import tables
from mkmap.places.households.tables import TOTAL, Table
from mkmap.places.ons_codes import Kind, kind_of

WARD = re.compile(r"[EW]05\d{6}|S13\d{6}|N08\d{6}", re.ASCII)
LSOA = re.compile(r"[EW]01\d{6}", re.ASCII)
# Nomis writes "E05009406 : Bletchley East" and "ward2022:E05009406", too.
_WRITTEN = re.compile(r"(?:\w+\s*:\s*)?([EWSN]\d{8})(?:\s*:.*)?", re.ASCII | re.IGNORECASE)


def read(file: Path, source: str) -> Table:
    """The table of a file; raises as `tables.read` does."""
    return tables.read(file, source, lambda text: bool(WARD.fullmatch(plain(text)) or LSOA.fullmatch(plain(text))))


def plain(text: str) -> str:
    """The code that a cell consists of, without what stands around it; the text where it is none."""
    written = _WRITTEN.fullmatch(text)
    return written[1].upper() if written else text


def column(rows: pd.DataFrame, pattern: re.Pattern) -> str | None:
    """The column that holds codes of a kind: the one with most of them, if these are more than half of its rows without larger areas."""
    counts = {str(name): int(_are(rows[name], pattern).sum()) for name in rows.columns}
    most, best = max(((count, name) for name, count in counts.items()), key=lambda pair: pair[0], default=(0, None))
    return best if best is not None and most * 2 > len(rows) - int(rows[best].map(_is_of_larger).sum()) else None


def _is_of_larger(text: str) -> bool:
    return kind_of(plain(text)) not in (None, Kind.WARD, Kind.LSOA)


def kept(rows: pd.DataFrame, name: str, pattern: re.Pattern, source: str) -> pd.DataFrame:
    """The rows with their code plain: without those of larger areas, and of a total above them all.

    Raises BadInput with the row for the first text that is not a code.
    """
    rows = rows.assign(**{name: rows[name].map(plain)})
    are = _are(rows[name], pattern)
    others = rows[~are & ~rows[name].map(lambda text: bool(kind_of(text)))]
    first = rows.index[are].min()
    for row, cells in others.iterrows():
        if row > first or not any(map(TOTAL.search, cells)):
            raise BadInput(Code.NOT_A_CODE, source=source, row=row, text=cells[name][:40])
    return rows[are]


def check_each_once(codes: pd.Series, source: str) -> None:
    """Raise BadInput with the row for the first code that stands there twice."""
    for row, code in codes[codes.duplicated()].head(1).items():
        raise BadInput(Code.CODE_TWICE, source=source, row=row, code=code)


def _are(column: pd.Series, pattern: re.Pattern) -> pd.Series:
    return column.map(lambda text: bool(pattern.fullmatch(plain(text))))

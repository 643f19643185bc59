"""Read a CSV whose rows are named by ONS codes of wards or of LSOAs."""

import re
import warnings
from pathlib import Path

import pandas as pd

from mkmap.errors import BadInput, Code

WARD = re.compile(r"[EW]05\d{6}|S13\d{6}|N08\d{6}", re.ASCII)
LSOA = re.compile(r"[EW]01\d{6}", re.ASCII)
MOST_BYTES = 100_000_000  # every LSOA of England and Wales with a hundred columns stays below it
FIRST_ROW = 2  # as a spreadsheet counts: the header is row 1


def read(file: Path, source: str) -> pd.DataFrame:
    """The rows of a CSV as text without blanks around it; the index is the row's number in a spreadsheet.

    Raises BadInput for a file that is missing, too large or not a CSV.
    """
    if not file.is_file():
        raise BadInput(Code.NO_SUCH_FILE, source=source)
    if file.stat().st_size > MOST_BYTES:
        raise BadInput(Code.FILE_TOO_LARGE, source=source, limit=MOST_BYTES // 1_000_000)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # a row with more cells than the header is not cut short
            rows = _table(file)
    except (ValueError, OSError, pd.errors.ParserWarning):
        raise BadInput(Code.NOT_A_CSV, source=source) from None
    rows = rows.fillna("").apply(lambda column: column.str.strip())
    rows.index += FIRST_ROW
    rows = rows[(rows != "").any(axis=1)]
    if rows.empty:
        raise BadInput(Code.CSV_EMPTY, source=source)
    return rows


def _table(file: Path) -> pd.DataFrame:
    # Codes and numbers are ASCII: a name in an older encoding must not stop a good file.
    return pd.read_csv(
        file, dtype=str, keep_default_na=False, encoding="utf-8-sig", encoding_errors="replace",
        compression=None,  # else what the file is called would say how it is packed, and unpack it without a limit
        skip_blank_lines=False, index_col=False,
    )  # fmt: skip


def column(rows: pd.DataFrame, pattern: re.Pattern) -> str | None:
    """The column that holds codes of a kind: the one with most of them, if that is more than half of its rows."""
    counts = {str(name): int(rows[name].map(lambda text: bool(pattern.fullmatch(text))).sum()) for name in rows.columns}
    most, best = max(((count, name) for name, count in counts.items()), key=lambda pair: pair[0], default=(0, None))
    return best if most * 2 > len(rows) else None


def check(codes: pd.Series, pattern: re.Pattern, source: str) -> None:
    """Raise BadInput with the row for the first text that is not a code, and for the first code that stands there twice."""
    for row, text in codes[~codes.map(lambda text: bool(pattern.fullmatch(text)))].head(1).items():
        raise BadInput(Code.NOT_A_CODE, source=source, row=row, text=text[:40])
    for row, code in codes[codes.duplicated()].head(1).items():
        raise BadInput(Code.CODE_TWICE, source=source, row=row, code=code)

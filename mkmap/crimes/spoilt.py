"""Notice in a month's rows what was done to a file on its way here: Excel's rewriting, pasting, a wrong name."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from mkmap.crimes.transport_police import TRANSPORT_POLICE
from mkmap.errors import BadInput, Code
from mkmap.force_names import FORCES
from mkmap.month import Month

REPEATED_AT_MOST = 0.06  # of the rows with a Crime ID; Derbyshire's real files repeat 0.034 of them
OF_OTHERS_AT_MOST = 0.05  # of a force's rows; in the real files none is
FEW = 40  # rows: so many can repeat each other by chance

_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+?\d+|\d{15,}|#[A-Z/0#]*[!?]?", re.ASCII | re.IGNORECASE)  # 1.23457E+63, #NUM!
_MONTH = re.compile(  # Jan-25, January 2025, janv.-25, 01/01/2025, 2025-01-01, 1.1.2025, 2025/01, 2025-1, 202501, 45658
    r"[^\W\d_]{3,9}\.?[- /]\d{2,4}|\d{1,2}[- /][^\W\d_]{3,9}\.?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*|\d{4}[-/]\d{1,2}[-/]\d{1,2}.*"
    r"|\d{1,2}[./-]\d{4}|\d{4}[/.]\d{1,2}|\d{4}-\d|20\d{4}|4\d{4}"
)


def check_ids(rows: pa.Table, source: str) -> None:
    """Raise BadInput where Crime IDs are not those that police.uk gave, or stand there again and again."""
    odd = rows["odd_id"].drop_null()
    if numbers := [text for text in odd.to_pylist() if _NUMBER.fullmatch(text)]:
        raise BadInput(Code.IDS_REWRITTEN, source=source, count=len(numbers), example=numbers[0])


def check_repeats(rows: pa.Table, source: str) -> None:
    """Raise BadInput where the rows of a file stand there more than once."""
    ids = rows["crime_id"].drop_null()
    crimes = pc.count_distinct(ids).as_py()
    if len(ids) - crimes > max(len(ids) * REPEATED_AT_MOST, FEW):
        raise BadInput(Code.ROWS_REPEATED, source=source, rows=len(ids), crimes=crimes)
    if (
        "point" in rows.column_names
        and len(ids) < len(rows) / 2
        and (times := _times_over(rows.select(["point", "crime_type", "street"])))
    ):
        raise BadInput(Code.ROWS_PASTED, source=source, times=times)


def _times_over(rows: pa.Table) -> int:
    """How often the same rows stand there, one block after the other; 0 where they do not."""
    for times in (5, 4, 3, 2):
        block, rest = divmod(len(rows), times)
        if block > FEW and not rest and rows.slice(0, len(rows) - block).equals(rows.slice(block)):
            return times
    return 0


def check_months(rows: pa.Table, month: Month, source: str) -> None:
    """Raise BadInput where rows are of another month than the file's name says."""
    by_month = {entry["values"]: entry["counts"] for entry in rows["month"].value_counts().to_pylist()}
    of_another = len(rows) - by_month.pop(str(month), 0)
    rewritten = {text: count for text, count in by_month.items() if text and _MONTH.fullmatch(text)}
    if (count := sum(rewritten.values())) > len(rows) / 2:  # Excel rewrites all; a row by itself is a wrong one
        example = next(iter(rewritten))
        raise BadInput(Code.MONTHS_REWRITTEN, source=source, count=count, example=example)
    if of_another:
        raise BadInput(Code.ROWS_OF_ANOTHER_MONTH, source=source, count=of_another, month=month)


def check_force(rows: pa.Table, force: str, source: str) -> None:
    """Raise BadInput where a file's rows fall within another force than its name says."""
    own = FORCES.get(force)
    by_name = {entry["values"]: entry["counts"] for entry in rows["falls_within"].value_counts().to_pylist()}
    others = {name: count for name, count in by_name.items() if name != own and name in FORCES.values()}
    trains = others.pop(TRANSPORT_POLICE, 0)  # stand in what the API gives of an area, and are of no area's force
    if trains > len(rows) / 2:
        others[TRANSPORT_POLICE] = trains
    if own and sum(others.values()) > len(rows) * OF_OTHERS_AT_MOST:
        other = max(others, key=lambda name: others[name])
        raise BadInput(
            Code.ROWS_OF_ANOTHER_FORCE, source=source, force=own, count=sum(others.values()), rows=len(rows), other=other
        )

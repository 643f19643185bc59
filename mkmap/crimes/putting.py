"""Check a month whole, and put it into the store where nothing speaks against it."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mkmap.crimes import spoilt
from mkmap.crimes.layouts import STREET, FileKind
from mkmap.crimes.months import Months
from mkmap.crimes.newer import Age, age
from mkmap.crimes.stored import Stored, StoredMonth, StoredOutcomes, Vouched
from mkmap.crimes.wholeness.profile import profile_of
from mkmap.errors import BadInput, Code
from mkmap.month import Month
from mkmap.places.point_table import column, numbers

UNUSABLE_AT_MOST = 0.5  # of a month's rows; beyond it the file is not what it says it is
FALL_AT_MOST = 0.6  # of a stored month's rows: police.uk republishes months, and never with so many crimes fewer
FEW_VALUES = ("month", "crime_type", "outcome", "street", "lsoa_code", "district", "falls_within")  # stored as dictionaries

WithPoints = tuple[StoredMonth | StoredOutcomes, pa.Table | None]  # and a month's map points: point, street


def put(
    months: Months,
    kind: FileKind,
    rows: pa.Table,
    described: StoredMonth | StoredOutcomes,
    source: str | None = None,
    vouched: Vouched | None = None,
) -> WithPoints:
    """Check a month and put it into the store; `source` is what a refusal calls its file.

    Raises BadInput when it cannot be used, or when what is stored is better and nobody has `vouched` for this one.
    """
    source = source or described.source
    counted = _counted(kind, rows, described)
    _check(kind, counted, rows, source)
    known = months.known(described)
    if known and not vouched and _is_worth_keeping(known):
        _check_against(months, known, kind, counted, rows, source)
    rows = rows.select([*kind.stored_columns])  # what is only checked is not stored
    file = months.temporary(".parquet")
    statistics = ["point"] if kind.has_points else False
    pq.write_table(rows, file, compression="snappy", use_dictionary=FEW_VALUES, write_statistics=statistics)
    if isinstance(counted, StoredMonth):
        return months.put(file, counted, profile_of(rows, counted.month, counted.force), vouched), _points(rows)
    return months.put(file, counted, vouched=vouched), None


def _is_worth_keeping(known: StoredMonth | StoredOutcomes) -> bool:
    """Any month may take the place of a stub."""
    return isinstance(known, StoredOutcomes) or known.is_whole


def _counted(kind: FileKind, rows: pa.Table, described: Stored) -> Stored:
    rejected = len(rows) - rows["rejected"].null_count
    counts = {"rows": len(rows), "rejected": rejected}
    if kind.has_points:
        counts["no_location"] = rows["point"].null_count - rejected
    return replace(described, **counts)


def _check(kind: FileKind, counted: StoredMonth | StoredOutcomes, rows: pa.Table, source: str) -> None:
    """Raise BadInput for a month that cannot be used."""
    if not counted.rows:
        raise BadInput(kind.is_empty, source=source)
    if counted.month > Month.of(counted.fetched_at):
        raise BadInput(Code.MONTH_TO_COME, source=source, month=counted.month)
    spoilt.check_months(rows, counted.month, source)
    spoilt.check_ids(rows, source)
    if counted.rejected > counted.rows * UNUSABLE_AT_MOST:
        raise BadInput(Code.ROWS_UNUSABLE, source=source, rejected=counted.rejected, rows=counted.rows)


def _check_against(
    months: Months,
    known: StoredMonth | StoredOutcomes,
    kind: FileKind,
    counted: StoredMonth | StoredOutcomes,
    rows: pa.Table,
    source: str,
) -> None:
    """Raise BadInput for a month that is worse than the one that is stored."""
    if counted.rows < known.rows * (1 - FALL_AT_MOST):
        raise BadInput(Code.MONTH_SHRANK, source=source, month=counted.month, rows=counted.rows, known=known.rows)
    before = _outcomes_of(months, known) if kind is STREET else None
    if age(rows, counted.release, before, known.release) is Age.OLDER:
        raise BadInput(Code.RELEASE_OLDER, source=source, month=counted.month)


def _outcomes_of(months: Months, known: StoredMonth | StoredOutcomes) -> pa.Table | None:
    """What became of a stored month's crimes; None where its file is damaged: any other is better then."""
    try:
        with pq.ParquetFile(months.folder / known.file) as opened:
            return opened.read(columns=["crime_id", "outcome"])
    except (OSError, pa.ArrowException):
        return None


def _points(rows: pa.Table) -> pa.Table:
    """The map points of a month: point, street."""
    placed = rows.select(["point", "street"]).filter(rows["point"].is_valid())
    __, first = np.unique(numbers(placed["point"]), return_index=True)
    return placed.take(column(first))

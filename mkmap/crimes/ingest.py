"""Check a month of crimes whole, and commit it whole or not at all."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mkmap.crimes.archive import Member
from mkmap.crimes.parse import Parser
from mkmap.crimes.store import Crimes, Months, Scope, StoredMonth
from mkmap.errors import BadInput
from mkmap.month import Month
from mkmap.places.point_table import column, numbers
from mkmap.places.store import Places
from mkmap.words import _, number

if TYPE_CHECKING:
    import pandas as pd

WORKERS = 2  # each with a parser of its own
BATCH = 12  # files that a parser reads at once
UNUSABLE_AT_MOST = 0.5  # of a month's rows; beyond it the file is not what it says it is
FALL_AT_MOST = 0.6  # of a stored month's rows: police.uk republishes months, and never with so many crimes fewer
FEW_VALUES = ("month", "crime_type", "outcome", "street", "lsoa_code", "district", "falls_within")  # stored as dictionaries

Progress = Callable[[int, int, str], None]
Stored = tuple[StoredMonth, pa.Table]  # and its map points: point, street


def ingest_archive(
    crimes: Crimes, places: Places, members: Iterable[Member], *, at: datetime, progress: Progress
) -> list[StoredMonth]:
    """Store every street file of an archive as a whole force month, all or none.

    Of two files for one force and month the later one in `members` wins.

    Raises BadInput with the file and, where it is known, the row.
    """
    wanted = list({(m.month, m.force): m for m in members if m.kind == "street"}.values())
    batches = [wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH)]
    stored: list[Stored] = []
    with crimes.changing() as months, ExitStack() as stack:
        parsers: SimpleQueue[Parser] = SimpleQueue()
        for _worker in range(WORKERS):
            parsers.put(stack.enter_context(Parser(months.folder)))
        pool = stack.enter_context(ThreadPoolExecutor(WORKERS))
        for batch in pool.map(lambda batch: _store_files(months, parsers, batch, at), batches):
            stored += batch
            progress(len(stored), len(wanted), f"{batch[-1][0].month} {batch[-1][0].force}")
        _add_points(places, stored)
    return [month for month, _points in stored]


def ingest_frame(
    crimes: Crimes,
    places: Places,
    frame: "pd.DataFrame",
    *,
    month: Month,
    force: str,
    scope: Scope,
    source: str,
    at: datetime,
) -> StoredMonth:
    """Store one month given as a frame with the archive's columns, all text, None where empty.

    Raises BadInput when the month cannot be used; the stored one is kept then.
    """
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = _put(months, parser.frame(frame), StoredMonth(month, force, scope, "", 0, 0, 0, source, at))
        _add_points(places, [stored])
    return stored[0]


def ingest_months(
    crimes: Crimes, places: Places, frame: "pd.DataFrame", *, force: str, source: str, at: datetime
) -> list[StoredMonth]:
    """Store every month of a frame as `ingest_frame` stores one; all or none."""
    frame = frame.sort_values("Month", kind="stable")
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = [
            _put(months, rows, StoredMonth(Month.parse(month), force, "force", "", 0, 0, 0, source, at))
            for month, rows in parser.frame_by_month(frame).items()
        ]
        _add_points(places, stored)
    return [month for month, _points in stored]


def _store_files(months: Months, parsers: SimpleQueue[Parser], batch: list[Member], at: datetime) -> list[Stored]:
    parser = parsers.get()
    try:
        tables = parser.csvs(batch)
    finally:
        parsers.put(parser)
    return [
        _put(months, rows, StoredMonth(member.month, member.force, "force", "", 0, 0, 0, member.origin, at), member.source)
        for rows, member in zip(tables, batch, strict=True)
    ]


def _put(months: Months, rows: pa.Table, described: StoredMonth, given: str | None = None) -> Stored:
    """Check a month whole and put it into the store; `given` is what a refusal calls its file.

    Raises BadInput when it cannot be used.
    """
    given = given or described.source
    counted = _checked(rows, described, given)
    known = months.stored(described.month, described.force, described.scope)
    if known and counted.rows < known.rows * (1 - FALL_AT_MOST):
        raise BadInput(
            _("{month} has {rows} rows, but {known} are stored. Nothing was changed; the stored month is kept.").format(
                month=described.month.name, rows=number(counted.rows), known=number(known.rows)
            ),
            source=given,
        )
    file = months.temporary(".parquet")
    pq.write_table(rows, file, compression="snappy", use_dictionary=FEW_VALUES, write_statistics=["point"])
    return months.put(file, counted), _points(rows)


def _checked(rows: pa.Table, described: StoredMonth, given: str) -> StoredMonth:
    """The month with its rows counted, if it can be used."""
    rejected = len(rows) - rows["rejected"].null_count
    by_month = {found["values"]: found["counts"] for found in rows["month"].value_counts().to_pylist()}
    of_month = by_month.get(str(described.month), 0)
    for wrong, why in (
        (len(rows) == 0, _("there is no crime in it. Nothing was changed.")),
        (described.month > Month.of(described.fetched_at), _("{month} has not come yet. Nothing was changed.")),
        (of_month < len(rows), _("{count} rows are of another month than {month}. Nothing was changed.")),
        (rejected > len(rows) * UNUSABLE_AT_MOST, _("{rejected} of {rows} rows cannot be used. Nothing was changed.")),
    ):
        if wrong:
            words = {"count": number(len(rows) - of_month), "month": described.month.name, "rejected": number(rejected)}
            raise BadInput(why.format(rows=number(len(rows)), **words), source=given)
    return replace(described, rows=len(rows), no_location=rows["point"].null_count - rejected, rejected=rejected)


def _points(rows: pa.Table) -> pa.Table:
    """The map points of a month: point, street."""
    placed = rows.select(["point", "street"]).filter(rows["point"].is_valid())
    __, first = np.unique(numbers(placed["point"]), return_index=True)
    return placed.take(column(first))


def _add_points(places: Places, stored: list[Stored]) -> None:
    """Make every map point of the new months known before a manifest names the months; the newest month names a street."""
    if stored:
        places.add_points(pa.concat_tables([points for _month, points in sorted(stored, key=lambda entry: entry[0].month)]))

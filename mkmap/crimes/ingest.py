"""Check a month of crimes, or of outcomes, whole, and commit it whole or not at all."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mkmap.crimes.archive import Member
from mkmap.crimes.layouts import FILE_KINDS, OUTCOMES, STREET, FileKind
from mkmap.crimes.month_profile import profile_of
from mkmap.crimes.months import Months
from mkmap.crimes.parse import Parser
from mkmap.crimes.store import Crimes
from mkmap.crimes.stored import Scope, StoredMonth, StoredOutcomes
from mkmap.errors import BadInput, Code
from mkmap.month import Month
from mkmap.places.point_table import column, numbers
from mkmap.places.store import Places
from mkmap.police.fetching import Progress
from mkmap.words import ngettext, number

if TYPE_CHECKING:
    import pandas as pd

WORKERS = 2  # each with a parser of its own
BATCH = 12  # files that a parser reads at once
UNUSABLE_AT_MOST = 0.5  # of a month's rows; beyond it the file is not what it says it is
FALL_AT_MOST = 0.6  # of a stored month's rows: police.uk republishes months, and never with so many crimes fewer
FEW_VALUES = ("month", "crime_type", "outcome", "street", "lsoa_code", "district", "falls_within")  # stored as dictionaries

Stored = StoredMonth | StoredOutcomes
WithPoints = tuple[Stored, pa.Table | None]  # and a month's map points: point, street


@dataclass(frozen=True)
class Imported:
    """What an import has stored, as it was judged; and what was judged besides.

    `refused`: not whole, and a whole one was stored, which is kept. `rejudged`: months that were stored before, and are whole or
    not whole only now that others stand beside them.
    """

    months: list[StoredMonth]
    outcomes: list[StoredOutcomes]
    refused: list[StoredMonth]
    rejudged: list[StoredMonth]

    @property
    def outcomes_in_words(self) -> str:
        """A sentence about the outcomes files; empty where there was none."""
        files, rows = len(self.outcomes), sum(month.rows for month in self.outcomes)
        sentence = ngettext(
            "{n} outcomes file stored: {rows} rows, of which {rejected} were rejected.",
            "{n} outcomes files stored: {rows} rows, of which {rejected} were rejected.",
            files,
        ).format(n=number(files), rows=number(rows), rejected=number(sum(month.rejected for month in self.outcomes)))
        return sentence if files else ""


def ingest_archive(crimes: Crimes, places: Places, members: Iterable[Member], *, at: datetime, progress: Progress) -> Imported:
    """Store every street file of an archive as a whole force month, and every outcomes file beside them, all or none.

    Of two files of a kind for one force and month the later one in `members` wins.

    Raises BadInput with the file and, where it is known, the row.
    """
    wanted = list({(member.kind, member.month, member.force): member for member in members}.values())
    stored: list[WithPoints] = []
    with crimes.changing() as months, ExitStack() as stack:
        parsers: SimpleQueue[Parser] = SimpleQueue()
        for _worker in range(WORKERS):
            parsers.put(stack.enter_context(Parser(months.folder)))
        pool = stack.enter_context(ThreadPoolExecutor(WORKERS))
        for batch in pool.map(lambda batch: _store_files(months, parsers, batch, at), _batches(wanted)):
            stored += batch
            progress(len(stored), len(wanted), "".join(f"{month.month} {month.force}" for month, _points in batch[-1:]))
        if not stored:
            raise BadInput(Code.NO_OUTCOMES, source=wanted[0].source)
        _add_points(places, stored)
    return _imported(stored, months)


def _imported(stored: list[WithPoints], months: Months) -> Imported:
    """Once the change has ended: what was put in is judged then."""
    refused = {month.key for month in months.refused}
    put = [month for month, _points in stored if isinstance(month, StoredMonth) and month.key not in refused]
    return Imported(
        [months.known(month) or month for month in put],
        [month for month, _points in stored if isinstance(month, StoredOutcomes)],
        months.refused,
        months.rejudged,
    )


def _batches(wanted: list[Member]) -> Iterator[list[Member]]:
    """Files that are read at once: they are of one kind."""
    for kind in FILE_KINDS:
        of_kind = [member for member in wanted if member.kind is kind]
        yield from (of_kind[first : first + BATCH] for first in range(0, len(of_kind), BATCH))


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
    """Store one month given as a frame with the archive's columns, all text, None where empty; it comes back judged.

    One that is not whole takes no whole one's place.

    Raises BadInput when the month cannot be used; the stored one is kept then.
    """
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = _put(months, STREET, parser.frame(frame), StoredMonth.described(month, force, source, at, scope))
        _add_points(places, [stored])
    done = _imported([stored], months)
    return (done.months or done.refused)[0]


def ingest_months(
    crimes: Crimes,
    places: Places,
    frame: "pd.DataFrame",
    *,
    force: str,
    source: str,
    at: datetime,
    outcomes: "pd.DataFrame | None" = None,
) -> list[StoredMonth]:
    """Store every month of a frame as `ingest_frame` stores one, and every month of a frame of outcomes; all or none."""
    frames = {STREET: frame} | ({OUTCOMES: outcomes} if outcomes is not None else {})
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = [
            _put(months, kind, rows, kind.stored.described(Month.parse(month), force, source, at))
            for kind, of_kind in frames.items()
            for month, rows in parser.frame_by_month(_by_month(of_kind), kind).items()
        ]
        _add_points(places, stored)
    return _imported(stored, months).months


def _by_month(frame: "pd.DataFrame") -> "pd.DataFrame":
    return frame if frame["Month"].is_monotonic_increasing else frame.sort_values("Month", kind="stable")


def _store_files(months: Months, parsers: SimpleQueue[Parser], batch: list[Member], at: datetime) -> list[WithPoints]:
    parser = parsers.get()
    try:
        tables = parser.csvs(batch)
    finally:
        parsers.put(parser)
    return [
        _put(months, member.kind, rows, _described(member, at), member.source)
        for rows, member in zip(tables, batch, strict=True)
        if not (member.kind.may_be_empty and _tells_nothing(rows))
    ]


def _described(member: Member, at: datetime) -> Stored:
    return member.kind.stored.described(member.month, member.force, member.origin, at)


def _tells_nothing(rows: pa.Table) -> bool:
    """Whether no row of a file can be used."""
    return bool(rows["rejected"].null_count == 0)


def _put(months: Months, kind: FileKind, rows: pa.Table, described: Stored, source: str | None = None) -> WithPoints:
    """Check a month whole and put it into the store; `source` is what a refusal calls its file.

    Raises BadInput when it cannot be used.
    """
    source = source or described.source
    counted = _counted(kind, rows, described)
    _check(counted, rows, source)
    known = months.known(described)
    if isinstance(known, StoredMonth) and not known.is_whole:
        known = None  # any month may take the place of a stub
    if known and counted.rows < known.rows * (1 - FALL_AT_MOST):
        raise BadInput(Code.MONTH_SHRANK, source=source, month=described.month, rows=counted.rows, known=known.rows)
    file = months.temporary(".parquet")
    statistics = ["point"] if kind.has_points else False
    pq.write_table(rows, file, compression="snappy", use_dictionary=FEW_VALUES, write_statistics=statistics)
    if isinstance(counted, StoredMonth):
        return months.put(file, counted, profile_of(rows, counted.month, counted.force)), _points(rows)
    return months.put(file, counted), None


def _counted(kind: FileKind, rows: pa.Table, described: Stored) -> Stored:
    rejected = len(rows) - rows["rejected"].null_count
    counts = {"rows": len(rows), "rejected": rejected}
    if kind.has_points:
        counts["no_location"] = rows["point"].null_count - rejected
    return replace(described, **counts)


def _check(counted: Stored, rows: pa.Table, source: str) -> None:
    """Raise BadInput for a month that cannot be used."""
    by_month = {month["values"]: month["counts"] for month in rows["month"].value_counts().to_pylist()}
    of_another = counted.rows - by_month.get(str(counted.month), 0)
    if not counted.rows:
        raise BadInput(Code.NO_CRIMES, source=source)
    if counted.month > Month.of(counted.fetched_at):
        raise BadInput(Code.MONTH_TO_COME, source=source, month=counted.month)
    if of_another:
        raise BadInput(Code.ROWS_OF_ANOTHER_MONTH, source=source, count=of_another, month=counted.month)
    if counted.rejected > counted.rows * UNUSABLE_AT_MOST:
        raise BadInput(Code.ROWS_UNUSABLE, source=source, rejected=counted.rejected, rows=counted.rows)


def _points(rows: pa.Table) -> pa.Table:
    """The map points of a month: point, street."""
    placed = rows.select(["point", "street"]).filter(rows["point"].is_valid())
    __, first = np.unique(numbers(placed["point"]), return_index=True)
    return placed.take(column(first))


def _add_points(places: Places, stored: list[WithPoints]) -> None:
    """Make every map point of the new months known before a manifest names the months; the newest month names a street."""
    dated = [(month.month, points) for month, points in stored if points is not None]
    if dated:
        places.add_points(pa.concat_tables([points for _month, points in sorted(dated, key=lambda entry: entry[0])]))

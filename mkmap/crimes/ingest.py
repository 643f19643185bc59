"""Check a month of crimes, or of outcomes, whole, and commit it whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
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
from mkmap.crimes.layouts import LAYOUTS, OUTCOMES
from mkmap.crimes.parse import Parser
from mkmap.crimes.store import Crimes, Months, Scope, StoredMonth, StoredOutcomes
from mkmap.errors import BadInput
from mkmap.month import Month
from mkmap.places.point_table import column, numbers
from mkmap.places.store import Places
from mkmap.words import _, ngettext, number

if TYPE_CHECKING:
    import pandas as pd

WORKERS = 2  # each with a parser of its own
BATCH = 12  # files that a parser reads at once
UNUSABLE_AT_MOST = 0.5  # of a month's rows; beyond it the file is not what it says it is
FALL_AT_MOST = 0.6  # of a stored month's rows: police.uk republishes months, and never with so many crimes fewer
FEW_VALUES = ("month", "crime_type", "outcome", "street", "lsoa_code", "district", "falls_within")  # stored as dictionaries

Progress = Callable[[int, int, str], None]
Stored = tuple[StoredMonth | StoredOutcomes, pa.Table | None]  # and a month's map points: point, street


@dataclass(frozen=True)
class Imported:
    """What an import has stored."""

    months: list[StoredMonth]
    outcomes: list[StoredOutcomes]

    @property
    def outcomes_in_words(self) -> str:
        """A sentence about the outcomes files; empty where there was none."""
        files, rows = len(self.outcomes), sum(one.rows for one in self.outcomes)
        sentence = ngettext(
            "{n} outcomes file stored: {rows} rows, of which {rejected} were rejected.",
            "{n} outcomes files stored: {rows} rows, of which {rejected} were rejected.",
            files,
        ).format(n=number(files), rows=number(rows), rejected=number(sum(one.rejected for one in self.outcomes)))
        return sentence if files else ""


def ingest_archive(crimes: Crimes, places: Places, members: Iterable[Member], *, at: datetime, progress: Progress) -> Imported:
    """Store every street file of an archive as a whole force month, and every outcomes file beside them, all or none.

    Of two files of a kind for one force and month the later one in `members` wins.

    Raises BadInput with the file and, where it is known, the row.
    """
    wanted = list({(m.kind, m.month, m.force): m for m in members if m.kind in LAYOUTS}.values())
    stored: list[Stored] = []
    with crimes.changing() as months, ExitStack() as stack:
        parsers: SimpleQueue[Parser] = SimpleQueue()
        for _worker in range(WORKERS):
            parsers.put(stack.enter_context(Parser(months.folder)))
        pool = stack.enter_context(ThreadPoolExecutor(WORKERS))
        for batch in pool.map(lambda batch: _store_files(months, parsers, batch, at), _batches(wanted)):
            stored += batch
            progress(len(stored), len(wanted), "".join(f"{one.month} {one.force}" for one, _points in batch[-1:]))
        if not stored:
            raise BadInput(_("there is no outcome in it. Nothing was changed."), source=wanted[0].source)
        _add_points(places, stored)
    return _imported(stored)


def _imported(stored: list[Stored]) -> Imported:
    return Imported(
        [one for one, _points in stored if isinstance(one, StoredMonth)],
        [one for one, _points in stored if isinstance(one, StoredOutcomes)],
    )


def _batches(wanted: list[Member]) -> Iterator[list[Member]]:
    """Files that are read at once: they are of one kind."""
    for kind in LAYOUTS:
        of_kind = [member for member in wanted if member.kind == kind]
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
    """Store one month given as a frame with the archive's columns, all text, None where empty.

    Raises BadInput when the month cannot be used; the stored one is kept then.
    """
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = _put(months, parser.frame(frame), _month(month, force, source, at, scope))
        _add_points(places, [stored])
    return stored[0]


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
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = [
            _put(months, rows, _month(Month.parse(month), force, source, at))
            for month, rows in parser.frame_by_month(_by_month(frame)).items()
        ]
        if outcomes is not None:
            for month, rows in parser.frame_by_month(_by_month(outcomes), OUTCOMES).items():
                _put(months, rows, _outcomes(Month.parse(month), force, source, at))
        _add_points(places, stored)
    return _imported(stored).months


def _by_month(frame: "pd.DataFrame") -> "pd.DataFrame":
    return frame if frame["Month"].is_monotonic_increasing else frame.sort_values("Month", kind="stable")


def _month(month: Month, force: str, source: str, at: datetime, scope: Scope = "force") -> StoredMonth:
    return StoredMonth(month, force, scope, "", 0, 0, 0, source, at)


def _outcomes(month: Month, force: str, source: str, at: datetime) -> StoredOutcomes:
    return StoredOutcomes(month, force, "", 0, 0, source, at)


def _store_files(months: Months, parsers: SimpleQueue[Parser], batch: list[Member], at: datetime) -> list[Stored]:
    parser = parsers.get()
    try:
        tables = parser.csvs(batch)
    finally:
        parsers.put(parser)
    described = {"street": _month, "outcomes": _outcomes}
    return [
        _put(months, rows, described[member.kind](member.month, member.force, member.origin, at), member.source)
        for rows, member in zip(tables, batch, strict=True)
        if not _tells_nothing(member, rows)
    ]


def _tells_nothing(member: Member, rows: pa.Table) -> bool:
    """Whether an outcomes file names no crime: some forces publish none, and the archive of all forces is not wrong for that."""
    return member.kind == "outcomes" and rows["rejected"].null_count == 0


def _put(months: Months, rows: pa.Table, described: StoredMonth | StoredOutcomes, given: str | None = None) -> Stored:
    """Check a month whole and put it into the store; `given` is what a refusal calls its file.

    Raises BadInput when it cannot be used.
    """
    given = given or described.source
    counted = _checked(rows, described, given)
    known = months.known(described)
    if known and counted.rows < known.rows * (1 - FALL_AT_MOST):
        raise BadInput(
            _("{month} has {rows} rows, but {known} are stored. Nothing was changed; the stored month is kept.").format(
                month=described.month.name, rows=number(counted.rows), known=number(known.rows)
            ),
            source=given,
        )
    file = months.temporary(".parquet")
    has_points = isinstance(described, StoredMonth)
    pq.write_table(
        rows, file, compression="snappy", use_dictionary=FEW_VALUES, write_statistics=["point"] if has_points else False
    )
    return months.put(file, counted), _points(rows) if has_points else None


def _checked(rows: pa.Table, described: StoredMonth | StoredOutcomes, given: str) -> StoredMonth | StoredOutcomes:
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
    if isinstance(described, StoredOutcomes):
        return replace(described, rows=len(rows), rejected=rejected)
    return replace(described, rows=len(rows), no_location=rows["point"].null_count - rejected, rejected=rejected)


def _points(rows: pa.Table) -> pa.Table:
    """The map points of a month: point, street."""
    placed = rows.select(["point", "street"]).filter(rows["point"].is_valid())
    __, first = np.unique(numbers(placed["point"]), return_index=True)
    return placed.take(column(first))


def _add_points(places: Places, stored: list[Stored]) -> None:
    """Make every map point of the new months known before a manifest names the months; the newest month names a street."""
    found = [(month.month, points) for month, points in stored if points is not None]
    if found:
        places.add_points(pa.concat_tables([points for _month, points in sorted(found, key=lambda entry: entry[0])]))

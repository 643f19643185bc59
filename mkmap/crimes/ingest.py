"""Check a month of crimes whole, and commit it whole or not at all.

DuckDB reads the rows once, straight from CSV to Parquet; what is checked is then the Parquet file, before it is named.
A row that cannot be used stays in the file with the reason, and is counted; a month that cannot be used changes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from mkmap.crimes.archive import Member
from mkmap.crimes.store import Crimes, Months, Scope, StoredMonth
from mkmap.errors import BadInput
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.words import _, number

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
WORKERS = 2  # each with a DuckDB of its own, on one thread
MEMORY = "350MB"  # for each DuckDB; the whole import stays under 1.5 GB
BATCH = 8  # files that DuckDB reads at once: half the time of one by one
LONGEST_CELL = 2**20  # bytes; the longest real row has under 400
UNUSABLE_AT_MOST = 0.5  # of a month's rows; beyond it the file is not what it says it is
FALL_AT_MOST = 0.6  # of a stored month's rows: police.uk republishes months, and never with so many crimes fewer

# Great Britain, Northern Ireland and their waters, in degrees; swapped coordinates fall outside.
UNITED_KINGDOM = "longitude BETWEEN -9 AND 2.5 AND latitude BETWEEN 49 AND 61.5"
POINT = "CAST(round((latitude + 90) * 1e6) AS BIGINT) * 1000000000 + CAST(round((longitude + 180) * 1e6) AS BIGINT)"  # as places.points

Progress = Callable[[int, int, str], None]


def ingest_archive(
    crimes: Crimes, places: Places, members: Iterable[Member], *, at: datetime, progress: Progress
) -> list[StoredMonth]:
    """Store every street file of an archive as a whole force month, all or none.

    Of two files for one force and month the later one in `members` wins.

    Raises BadInput with the file and, where it is known, the row.
    """
    wanted = list({(m.month, m.force): m for m in members if m.kind == "street"}.values())
    batches = [wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH)]
    with crimes.changing() as months, ThreadPoolExecutor(WORKERS) as pool:
        stored: list[StoredMonth] = []
        for batch in pool.map(lambda batch: _store_archive(months, batch, at), batches):
            stored += batch
            progress(len(stored), len(wanted), f"{batch[-1].month} {batch[-1].force}")
        _add_points(crimes, places, stored)
    return stored


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
    described = StoredMonth(month, force, scope, "", 0, 0, 0, source, at)
    return _ingest_frame(crimes, places, frame, f"'{month}'", [described])[0]


def ingest_months(crimes: Crimes, places: Places, frame: "pd.DataFrame", *, force: str, source: str, at: datetime) -> list[StoredMonth]:
    """Store every month of a frame as `ingest_frame` stores one, all or none, for little more than the time of one."""
    months = map(Month.parse, frame["Month"].unique())
    described = [StoredMonth(month, force, "force", "", 0, 0, 0, source, at) for month in months]
    return _ingest_frame(crimes, places, frame, '"Month"', described)


def _ingest_frame(crimes: Crimes, places: Places, frame: "pd.DataFrame", member: str, described: list[StoredMonth]) -> list[StoredMonth]:
    with crimes.changing() as months, _scratch(months) as folder, _database() as database:
        database.register("given", frame)
        columns = ", ".join(f'"{name}"::VARCHAR AS "{name}"' for name in COLUMNS)  # a column without a value has no type yet
        _write(database, f"(SELECT {columns}, {member} || '.csv' AS filename FROM given)", folder)
        stored = [_put(database, months, folder, str(month.month), month) for month in described]
        _add_points(crimes, places, stored)
    return stored


def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"memory_limit": MEMORY, "threads": 1})


def _scratch(months: Months) -> TemporaryDirectory:
    return TemporaryDirectory(dir=months.folder, prefix="new-")


def _store_archive(months: Months, batch: list[Member], at: datetime) -> list[StoredMonth]:
    """Unpack a few members, read them together, and put each into the store."""
    with _scratch(months) as folder, _database() as database:
        by_header = defaultdict(list)
        for place, member in enumerate(batch):
            csv = Path(folder) / f"{place}.csv"
            member.extract(csv)
            by_header[_header(csv, member.source)].append(str(csv))
        try:
            for header, files in by_header.items():
                _write(database, _read_csv(files, header), folder)
        except duckdb.Error as error:
            raise _bad_row(error, batch) from None
        described = (StoredMonth(m.month, m.force, "force", "", 0, 0, 0, m.source, at) for m in batch)
        return [_put(database, months, folder, str(place), month) for place, month in enumerate(described)]


def _header(csv: Path, source: str) -> tuple[str, ...]:
    """The columns of a street file: they may stand in any order, and unknown ones are passed over."""
    with csv.open(encoding="utf-8-sig", errors="replace") as opened:
        header = opened.readline(LONGEST_CELL).rstrip("\r\n").replace('"', "").split(",")
    missing = [column for column in COLUMNS if column not in header]
    if missing or len(set(header)) < len(header):
        raise BadInput(
            _("this is not a street-level file of police.uk: the column {column} is missing or there twice. Nothing was imported.").format(
                column=missing[0] if missing else max(header, key=header.count)
            ),
            source=source,
            row=1,
        )
    return tuple(header)


def _read_csv(files: list[str], header: tuple[str, ...]) -> str:
    columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in header)
    return (
        f"read_csv([{', '.join(map(_quoted, files))}], header = true, columns = {{{columns}}}, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', strict_mode = true, max_line_size = {LONGEST_CELL}, filename = true)"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write(database: duckdb.DuckDBPyConnection, rows: str, folder: str) -> None:
    """Write the rows of `<n>.csv` to `member=<n>/data_0.parquet` in `folder`, rejected ones with their reason."""
    database.execute(f"""
        COPY (
            SELECT member, month, crime_id, crime_type, outcome, street, lsoa_code, district, falls_within, rejected,
                CASE WHEN rejected IS NOT NULL THEN concat_ws(', ', given_longitude, given_latitude) END AS rejected_place,
                CASE WHEN rejected IS NULL THEN {POINT} END AS point
            FROM (
                SELECT *, CASE
                    WHEN coalesce(crime_type, '') = '' THEN 'no crime type'
                    WHEN given_longitude IS NULL AND given_latitude IS NULL THEN NULL
                    WHEN longitude IS NULL OR latitude IS NULL THEN 'coordinates are not numbers'
                    WHEN NOT ({UNITED_KINGDOM}) THEN 'coordinates outside the United Kingdom'
                END AS rejected
                FROM (
                    SELECT
                        parse_filename(filename, true) AS member,
                        "Month" AS month,
                        try(unhex("Crime ID")) AS crime_id,
                        "Crime type" AS crime_type,
                        "Last outcome category" AS outcome,
                        "Location" AS street,
                        "LSOA code" AS lsoa_code,
                        left("LSOA name", -5) AS district,
                        "Falls within" AS falls_within,
                        "Longitude" AS given_longitude,
                        "Latitude" AS given_latitude,
                        try_cast("Longitude" AS DOUBLE) AS longitude,
                        try_cast("Latitude" AS DOUBLE) AS latitude
                    FROM {rows}
                )
            )
        ) TO {_quoted(folder)} (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (member), OVERWRITE_OR_IGNORE)
    """)


def _bad_row(error: duckdb.Error, batch: list[Member]) -> BadInput:
    line, file = re.search(r"Line: (\d+)", str(error)), re.search(r"(\d+)\.csv", str(error))
    return BadInput(
        _("this row is not a row of police.uk's street-level files. Nothing was imported."),
        source=batch[int(file[1])].source if file else ", ".join(member.source for member in batch),
        row=int(line[1]) if line else None,
    )


def _put(database: duckdb.DuckDBPyConnection, months: Months, folder: str, member: str, described: StoredMonth) -> StoredMonth:
    """Check a written month whole and put it into the store.

    Raises BadInput when it cannot be used.
    """
    file = Path(folder) / f"member={member}" / "data_0.parquet"
    counted = _counted(database, file, described)
    known = months.stored(described.month, described.force, described.scope)
    if known and counted.rows < known.rows * (1 - FALL_AT_MOST):
        raise BadInput(
            _("{month} has {rows} rows, but {known} are stored. Nothing was changed; the stored month is kept.").format(
                month=described.month.name, rows=number(counted.rows), known=number(known.rows)
            ),
            source=described.source,
        )
    return months.put(file, counted)


def _counted(database: duckdb.DuckDBPyConnection, file: Path, described: StoredMonth) -> StoredMonth:
    rows, other_months, no_location, rejected = (
        database.execute(
            "SELECT count(*), count(*) FILTER (month IS DISTINCT FROM ?), count(*) FILTER (point IS NULL AND rejected IS NULL), "
            "count(rejected) FROM read_parquet(?)",
            [str(described.month), str(file)],
        ).fetchall()[0]
        if file.exists()
        else (0, 0, 0, 0)
    )
    for wrong, why in (
        (rows == 0, _("there is no crime in it. Nothing was changed.")),
        (other_months, _("{count} rows are of another month than {month}. Nothing was changed.")),
        (rejected > rows * UNUSABLE_AT_MOST, _("{rejected} of {rows} rows cannot be used. Nothing was changed.")),
    ):
        if wrong:
            raise BadInput(
                why.format(count=number(other_months), month=described.month.name, rejected=number(rejected), rows=number(rows)),
                source=described.source,
            )
    return replace(described, rows=rows, no_location=no_location, rejected=rejected)


def _add_points(crimes: Crimes, places: Places, stored: list[StoredMonth]) -> None:
    """Make every map point of the new months known before a manifest names them."""
    with _database() as database:
        files = [str(crimes.path(month)) for month in stored]
        found = database.execute("SELECT point, max(street) AS street FROM read_parquet(?) WHERE point IS NOT NULL GROUP BY point", [files])
        places.add_points(found.df())

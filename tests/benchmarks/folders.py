"""Make the archives and the data folders that are measured: of the real months where they are at hand, else of invented ones."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import requests

from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.database.connection import opened as reports_opened
from mkmap.dataset import invented_crimes
from mkmap.dataset import invented_town as town
from mkmap.month import Month
from mkmap.places.households.load import load_households
from mkmap.places.load import load_wards
from mkmap.places.points import longitude_latitude
from mkmap.places.store import Households, Places, WardSet
from mkmap.places.streets import street_name
from mkmap.reports.report import KINDS, Report, Response, State
from mkmap.reports.report import Place as ReportPlace
from mkmap.reports.store.filling import fill
from mkmap.settings import PROJECT

SHARED = PROJECT.parent / "shared" / "data"
REAL = SHARED.is_dir()
CACHE = Path(tempfile.gettempdir()) / "mkmap-benchmarks" / ("real" if REAL else "invented")
FORCE, AREA = "thames-valley", "E06000042"
AT = datetime(2026, 11, 15, tzinfo=UTC)
LAST = Month(2025, 6)
SOME_MONTHS = 36  # of the one force: twelve months can be chosen in many ways
MANY_ROWS = 18_000_000
REPORTS = 5_000
FORCES, ROWS = 40, 8_000  # of the invented archive; the real quarter has 41 forces and 973,410 rows
QUARTER = [Month(2025, 1), Month(2025, 2), Month(2025, 3)]


def archive() -> Path:
    """A quarter of England and Wales, or 960,000 invented rows of 40 forces."""
    return SHARED / "police-uk" / "england-and-wales-2025-q1.zip" if REAL else _kept("quarter.zip", _write_archive)


def wards_only() -> Path:
    """A data folder with the area's wards and their households, and no crime."""
    return _kept("wards", _load_wards)


def of_the_force() -> Path:
    """The months of the area's force that the archive of that force has."""

    def make(home: Path) -> None:
        shutil.copytree(wards_only(), home)
        with opened([_force_archive()], force=FORCE) as members:
            ingest_archive(Crimes(home), Places(home), members, at=AT, progress=lambda *_step: None)

    return _kept("force", make)


def _force_archive() -> str:
    return str(SHARED / "police-uk" / "thames-valley.zip" if REAL else _kept("force.zip", _write_force))


def ward_codes(home: Path) -> list[str]:
    """The codes of the wards that are in force in the last month, by name."""
    places = Places(home)
    return list(places.wards(places.ward_set(LAST))["code"])


def some_months() -> Path:
    """`SOME_MONTHS` of the area's force, one after the other."""
    return _kept("some-months", lambda home: _repeat(home, _last_months(SOME_MONTHS), only=FORCE))


def many_rows() -> Path:
    """`MANY_ROWS` and a little more, of many forces."""

    def make(home: Path) -> None:
        stored = pd.DataFrame([(month.force, month.rows) for month in Crimes(_base()).months()], columns=["force", "rows"])
        a_month = stored.groupby("force")["rows"].mean().sum()
        _repeat(home, _last_months(int(MANY_ROWS / a_month) + 2))

    return _kept("many-rows", make)


def with_reports() -> Path:
    """The same as `some_months`, and `REPORTS` published reports in the last twelve of them, at named points of the wards."""
    return _kept("with-reports", _add_reports)


def copied(home: Path, to: Path) -> Path:
    """A copy of a data folder, to be written in."""
    return Path(shutil.copytree(home, to / "home"))


def _add_reports(home: Path) -> None:
    shutil.copytree(some_months(), home)
    area = points_of(home)
    rng = np.random.default_rng(1967)
    chosen = area.iloc[rng.integers(0, len(area), REPORTS)]
    kinds, months = rng.choice(KINDS, REPORTS), rng.integers(0, 12, REPORTS)
    fill(
        reports_opened(home),
        [
            Report(
                id=number, mark=rng.bytes(8).hex(), state=State.PUBLISHED, received_at=AT, kind=str(kind), month=LAST + -int(back),
                place=ReportPlace(float(row.longitude), float(row.latitude), street_name(row.street)),
                told_police=True, response=Response.CAME, text="", flags=(), version=2, decided_at=AT,
            )
            for number, (row, kind, back) in enumerate(zip(chosen.itertuples(), kinds, months, strict=True), start=1)
        ],
        str(LAST),
    )  # fmt: skip


def points_of(home: Path) -> pd.DataFrame:
    """The named points inside the wards: longitude, latitude, street."""
    places = Places(home)
    table = pd.read_parquet(places.points_file())
    table["longitude"], table["latitude"] = longitude_latitude(table["point"])
    inside = table[places.ward_set(LAST).name].notna() & table["street"].map(street_name).astype(bool)
    return table[inside]


def rows_stored(home: Path) -> int:
    return sum(month.rows for month in Crimes(home).months())


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """What was made by an earlier run, or is made now; half of it is never kept."""
    made = CACHE / name
    if not made.exists():
        print(f"  making {made} …", flush=True)
        unfinished = CACHE / f"unfinished-{name}"
        shutil.rmtree(unfinished, ignore_errors=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        make(unfinished)
        unfinished.rename(made)
    return made


def _last_months(count: int) -> list[Month]:
    return list((LAST + (1 - count)).to(LAST))


def _load_wards(home: Path) -> None:
    places = Places(home)
    if not REAL:
        wards = WardSet("invented", date(2014, 5, 22), None, len(town.WARDS), "invented")
        places.add_wards(wards, town.wards())
        places.add_households({wards.name: Households(town.households(), town.HOUSEHOLDS_YEAR, "invented")})
        return
    with requests.Session() as session:
        file = SHARED / "wards" / "milton-keynes-wards-2014-full.geojson"
        load_wards(places, str(file), start=date(2014, 5, 22), area=AREA, session=session)
        counts = SHARED / "census" / "mk_ward_households2021_population2020_bestfit.csv"
        load_households(Places(home), str(counts), year=2021, lookup=None, session=session)


def _base() -> Path:
    """The months that the others are made of, of the force and of all others."""

    def make(home: Path) -> None:
        shutil.copytree(wards_only(), home)
        inputs = [str(archive()), _force_archive()]
        with opened(inputs, force=FORCE) as members:
            ingest_archive(Crimes(home), Places(home), members, at=AT, progress=lambda *_step: None)

    return _kept("base", make)


def _repeat(home: Path, months: list[Month], only: str | None = None) -> None:
    """Store the months of each force again and again, until each of `months` has one; whatever month it was."""
    base = Crimes(_base())
    shutil.copytree(_base() / "places", home / "places")
    with Crimes(home).changing() as changing:
        for force in sorted({month.force for month in base.months() if only in (None, month.force)}):
            own = [month for month in base.months() if month.force == force]
            for month, source in zip(months, islice(cycle(own), len(months)), strict=True):
                file = changing.temporary(".parquet")
                _write_month(base.path(source), month, file)
                changing.put(
                    file,
                    StoredMonth(month, force, "force", "", source.rows, source.no_location, source.rejected, "repeated", AT),
                )


def _write_month(source: Path, month: Month, file: Path) -> None:
    rows = pq.read_table(source, partitioning=None)
    rows = rows.set_column(rows.column_names.index("month"), "month", pa.repeat(pa.scalar(str(month)), len(rows)))
    pq.write_table(rows, file, compression="snappy", use_dictionary=["month", "crime_type", "outcome", "street"])


def _write_archive(file: Path) -> None:
    rows = cycle(_cut(invented_crimes.frames(AT.date())[0], ROWS))
    _write_zip(
        file,
        (
            (month, f"invented-{ascii_lowercase[number // 26]}{ascii_lowercase[number % 26]}", next(rows))
            for number in range(FORCES)
            for month in QUARTER
        ),
    )


def _write_force(file: Path) -> None:
    months = (crimes for _month, crimes in invented_crimes.frames(AT.date())[0].groupby("Month", sort=False))
    _write_zip(
        file, ((month, FORCE, crimes) for month, crimes in zip(_last_months(invented_crimes.MONTHS - 1), months, strict=True))
    )


def _cut(frame: pd.DataFrame, rows: int) -> list[pd.DataFrame]:
    return [frame.iloc[start : start + rows] for start in range(0, len(frame) - rows, rows)]


def _write_zip(file: Path, members: Iterator[tuple[Month, str, pd.DataFrame]]) -> None:
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as packed:
        for month, force, crimes in members:
            name = f"{month}/{month}-{force}-street.csv"
            packed.writestr(name, crimes.assign(Month=str(month)).to_csv(index=False))

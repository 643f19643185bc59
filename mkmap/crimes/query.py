"""Ask the stored months: how many crimes, where, when, of which type.

The area is counted once, with Ibis on DuckDB, into one row a month, map point and crime type; everything on a page is a sum
of those rows, so that a filter costs milliseconds however many months are stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd

from mkmap.crimes.parquet import Asked, crimes_table, readable, table, usable
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import Places, WardSet
from mkmap.places.streets import streets

if TYPE_CHECKING:
    import shapely
    from geopandas import GeoDataFrame

AROUND = 0.027  # degrees east and north; more than a mile at this latitude: the radius of police.uk's own answers
CELL = ["month", "point", "crime_type", "ward", "crimes"]
ROW = [
    "month", "crime_type", "street", "longitude", "latitude",
    "ward_code", "lsoa_code", "last_outcome", "crime_id", "falls_within",
]  # fmt: skip
POINTS = {"point": "int64", "longitude": "float64", "latitude": "float64", "street": "string"}


@dataclass(frozen=True, eq=False)
class AreaCrimes:
    """The counted crimes of an area and a mile around it."""

    ward_set: WardSet
    wards: "GeoDataFrame"  # code, name, geometry (WGS 84), by name
    stored: dict[Month, StoredMonth]
    cells: pd.DataFrame  # month (Month's text), point, crime_type, ward (code; NA outside the area), crimes: number ≥ 1
    unplaced: pd.DataFrame  # month, crime_type, crimes: of the whole force, without a location
    points: pd.DataFrame  # index point; longitude, latitude (WGS 84), street, ward
    types: tuple[str, ...]

    @cached_property
    def ward_names(self) -> dict[str, str]:
        """Code → name, by name."""
        return dict(zip(self.wards["code"], self.wards["name"], strict=True))

    @cached_property
    def streets(self) -> pd.DataFrame:
        """The streets that can be looked up, as `places.streets.streets` gives them."""
        return streets(self.points, self.ward_names)

    @cached_property
    def ward_bounds(self) -> dict[str, tuple[float, float, float, float]]:
        """Code → west, south, east, north in degrees."""
        return dict(zip(self.wards["code"], self.wards.bounds.itertuples(index=False, name=None), strict=True))

    @cached_property
    def outline(self) -> "shapely.Geometry":
        return self.wards.union_all()

    def select(self, filters: Filters) -> "Selection":
        return Selection(self, filters)

    @property
    def latest(self) -> Month | None:
        return max(self.stored, default=None)

    def missing(self, months: list[Month]) -> list[Month]:
        """Those months of a list that lie between the stored ones, but are not stored."""
        return [
            month for month in months if self.stored and min(self.stored) < month < self.latest and month not in self.stored
        ]

    def unpublished(self, months: list[Month]) -> list[Month]:
        return [month for month in months if not self.stored or month > self.latest]


@dataclass(frozen=True, eq=False)
class Selection:
    """What the filters leave of an area's crimes; each count is a sum over the same rows."""

    area: AreaCrimes
    filters: Filters

    @cached_property
    def near(self) -> pd.DataFrame:
        """Rows of the chosen months and types, also outside the wards."""
        return self._in_time(self.area.cells)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Rows of the chosen months, types and wards."""
        wards = self.near["ward"]
        return self.near[_among(wards, self.filters.wards or wards.cat.categories)]

    @cached_property
    def total(self) -> int:
        return int(self.cells["crimes"].sum())

    @cached_property
    def unplaced(self) -> int:
        """Crimes of the whole force without a location, in the chosen months and types."""
        return int(self._in_time(self.area.unplaced)["crimes"].sum())

    @cached_property
    def months(self) -> list[Month]:
        """The chosen months that are stored."""
        return [month for month in self.filters.months if month in self.area.stored]

    def by(self, *columns: str) -> pd.Series:
        """Counts by columns of the rows (`month`, `ward`, `crime_type`, `point`); only groups with a crime."""
        if columns not in self._sums:
            self._sums[columns] = self.cells.groupby(list(columns), observed=True, sort=True)["crimes"].sum()
        return self._sums[columns]

    @cached_property
    def _sums(self) -> dict[tuple[str, ...], pd.Series]:
        return {}

    def _in_time(self, rows: pd.DataFrame) -> pd.DataFrame:
        chosen = _among(rows["month"], [str(month) for month in self.filters.months])
        if self.filters.types:
            chosen &= _among(rows["crime_type"], self.filters.types)
        return rows[chosen]


def _among(column: pd.Series, values: Iterable[str]) -> np.ndarray:
    """`isin` of a column of categories, each of which is compared once."""
    wanted = column.cat.categories.isin(list(values))
    return np.append(wanted, False)[column.cat.codes.to_numpy()]  # the code of a missing value is -1


def area_crimes(crimes: Crimes, places: Places, ward_set: WardSet, force: str) -> AreaCrimes:
    """Count the area of a ward set from what is stored now; kept until the store changes.

    Raises Damaged where a stored file is missing or cannot be read.
    """
    with readable(crimes):
        return _counted(Asked.now(crimes, places, ward_set, force))


@lru_cache(maxsize=4)
def _counted(key: Asked) -> AreaCrimes:
    stored = key.crimes.of_force(key.force)  # before the points: they are committed before the months that need them
    wards = key.places.wards(key.ward_set)
    database = ibis.duckdb.connect()
    near = _points_near(database, key.places, key.ward_set.name, wards.total_bounds)
    rows = usable(crimes_table(database, [key.crimes.path(month) for month in stored.values()]), key.force)
    placed = _categories(_count(rows.semi_join(near, "point"), "month", "point", "crime_type"))
    unplaced = _categories(_count(rows.filter(rows.point.isnull()), "month", "crime_type"))
    points = near.execute().set_index("point").sort_index()
    placed["ward"] = placed["point"].map(points["ward"]).astype("category")
    types = tuple(sorted({*placed["crime_type"].cat.categories, *unplaced["crime_type"].cat.categories}))
    return AreaCrimes(key.ward_set, wards, stored, placed[CELL], unplaced, points, types)


def _points_near(database: ibis.BaseBackend, places: Places, ward_set: str, bounds: Sequence[float]) -> ibis.Table:
    """The map points of the area and a mile around it: point, longitude, latitude, street, ward."""
    west, south, east, north = bounds
    file = places.points_file()
    points = table(database, [file] if file else [], POINTS | {ward_set: "string"})
    near = points.longitude.between(west - AROUND, east + AROUND) & points.latitude.between(south - AROUND, north + AROUND)
    return points.filter(near).select("point", "longitude", "latitude", "street", ward=ward_set)


def _count(rows: ibis.Table, *columns: str) -> ibis.Table:
    return rows.group_by(*columns).agg(crimes=ibis._.count()).order_by(*columns)


def _categories(counts: ibis.Table) -> pd.DataFrame:
    return counts.execute().astype({"month": "category", "crime_type": "category"})


def rows_of(crimes: Crimes, places: Places, ward_set: WardSet, force: str, filters: Filters) -> pd.DataFrame:
    """Every chosen crime of the area, a row a crime, as the police published it.

    Columns: month, crime_type, street, longitude, latitude, ward_code, lsoa_code, last_outcome, crime_id, falls_within.
    """
    stored = crimes.of_force(force)
    files = [str(crimes.path(stored[month])) for month in filters.months if month in stored]
    points_file: Path | None = places.points_file()
    if not files or points_file is None:
        return pd.DataFrame(columns=ROW)
    with readable(crimes):
        return _rows(files, points_file, ward_set, force, filters)


def _rows(files: list[str], points_file: Path, ward_set: WardSet, force: str, filters: Filters) -> pd.DataFrame:
    database = ibis.duckdb.connect()
    points = database.read_parquet(str(points_file), table_name="points")
    points = points.select("point", "longitude", "latitude", name="street", ward_code=ward_set.name).filter(
        ibis._.ward_code.notnull()
    )
    rows = usable(database.read_parquet(files, table_name="crimes"), force).inner_join(points, "point")
    if filters.wards:
        rows = rows.filter(rows.ward_code.isin(filters.wards))
    if filters.types:
        rows = rows.filter(rows.crime_type.isin(filters.types))
    rows = rows.mutate(street=rows.name, last_outcome=rows.outcome)
    found = rows.order_by("month", "crime_type", "point").select(ROW).execute()
    return found.assign(crime_id=found["crime_id"].map(bytes.hex, na_action="ignore"))

"""Ask the stored months: how many crimes, where, when, of which type.

The area is counted once, with DuckDB, into one row a month, map point and crime type; everything on a page is a sum
of those rows, so that a filter costs milliseconds however many months are stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mkmap.crimes.parquet import add_crimes, add_points, queried
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
# The map points of the area and a mile around it.
NEAR = """
    CREATE TABLE near AS SELECT * FROM points WHERE longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ?
"""
PLACED = """
    SELECT month, point, crime_type, count(*) AS crimes FROM crimes SEMI JOIN near USING (point)
    GROUP BY ALL ORDER BY month, point, crime_type
"""
UNPLACED = """
    SELECT month, crime_type, count(*) AS crimes FROM crimes WHERE point IS NULL GROUP BY ALL ORDER BY month, crime_type
"""
ROWS = """
    SELECT month, crime_type, points.street, longitude, latitude, ward AS ward_code, lsoa_code, outcome AS last_outcome, crime_id,
        falls_within
    FROM crimes JOIN points USING (point)
    WHERE ward IS NOT NULL
        AND (len($wards) = 0 OR list_contains($wards, ward)) AND (len($types) = 0 OR list_contains($types, crime_type))
    ORDER BY month, crime_type, point
"""


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
        if not self.stored:
            return []
        first, last = min(self.stored), max(self.stored)
        return [month for month in months if first < month < last and month not in self.stored]

    def unpublished(self, months: list[Month]) -> list[Month]:
        """Those months of a list that are later than every stored one."""
        return [month for month in months if not self.stored or month > max(self.stored)]


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
    wanted = np.append(column.cat.categories.isin(list(values)), False)
    chosen: np.ndarray = wanted[column.cat.codes.to_numpy()]  # the code of a missing value is -1
    return chosen


@lru_cache(maxsize=4)
def area_crimes(crimes: Crimes, places: Places, ward_set: WardSet, force: str) -> AreaCrimes:
    """Count the area of a ward set in what is stored; kept for stores as they stand.

    The stores must know the points of the months: `places` is no older than `crimes`.
    Raises Damaged where a stored file is missing or cannot be read.
    """
    stored, wards = crimes.of_force(force), places.wards(ward_set)
    with queried(crimes) as database:
        add_crimes(database, crimes, list(stored.values()), force)
        add_points(database, places, ward_set)
        west, south, east, north = map(float, wards.total_bounds)
        database.execute(NEAR, [west - AROUND, east + AROUND, south - AROUND, north + AROUND])
        placed = _categories(database.sql(PLACED).df())
        unplaced = _categories(database.sql(UNPLACED).df())
        points = database.table("near").to_arrow_table().to_pandas().set_index("point").sort_index()
    placed["ward"] = placed["point"].map(points["ward"]).astype("category")
    types = tuple(sorted({*placed["crime_type"].cat.categories, *unplaced["crime_type"].cat.categories}))
    return AreaCrimes(ward_set, wards, stored, placed[CELL], unplaced, points, types)


def _categories(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.astype({"month": "category", "crime_type": "category"})


def rows_of(crimes: Crimes, places: Places, ward_set: WardSet, force: str, filters: Filters) -> pd.DataFrame:
    """Every chosen crime of the area, a row a crime, as the police published it.

    Columns: month, crime_type, street, longitude, latitude, ward_code, lsoa_code, last_outcome, crime_id, falls_within.
    """
    stored = crimes.of_force(force)
    months = [stored[month] for month in filters.months if month in stored]
    if not months:
        return pd.DataFrame(columns=ROW)
    with queried(crimes) as database:
        add_crimes(database, crimes, months, force)
        add_points(database, places, ward_set)
        rows = (
            database.sql(ROWS, params={"wards": list(filters.wards), "types": list(filters.types)}).to_arrow_table().to_pandas()
        )
    return rows.assign(crime_id=rows["crime_id"].map(bytes.hex, na_action="ignore"))

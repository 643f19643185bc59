"""Ask the stored months: how many crimes, where, when, of which type.

The area is counted once, with DuckDB, into one row a month, map point and crime type; everything on a page is a sum
of those rows, so that a filter costs milliseconds however many months are stored.
"""

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mkmap.crimes.parquet import add_crimes, add_points, check_points, queried
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import Places, WardSet
from mkmap.places.streets import streets, whole_streets

if TYPE_CHECKING:
    import shapely
    from geopandas import GeoDataFrame

Counts = tuple[tuple[np.ndarray, ...], np.ndarray]  # as Selection.counts gives them

AROUND = 0.027  # degrees east and north; more than a mile at this latitude: the radius of police.uk's own answers
SUMMED = ("month", "ward", "crime_type")  # columns with few labels: their sums are kept
SELECTIONS = 64  # of an area that are kept
CELL = ["month", "point", "crime_type", "ward", "crimes"]
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
    not_whole: frozenset[Month] = frozenset()  # stored, and counted nowhere

    @cached_property
    def ward_names(self) -> dict[str, str]:
        """Code → name, by name."""
        return dict(zip(self.wards["code"], self.wards["name"], strict=True))

    @cached_property
    def streets(self) -> pd.DataFrame:
        """The streets that can be looked up, as `places.streets.streets` gives them."""
        return streets(self.points, self.ward_names)

    @cached_property
    def whole_streets(self) -> dict[str, tuple[float, float]]:
        """The streets that can be looked for, each whole: its label and where its middle is (longitude, latitude)."""
        rows = whole_streets(self.points, self.ward_names)
        return dict(zip(rows["label"], zip(rows["longitude"], rows["latitude"], strict=True), strict=True))

    @cached_property
    def ward_bounds(self) -> dict[str, tuple[float, float, float, float]]:
        """Code → west, south, east, north in degrees."""
        return dict(zip(self.wards["code"], self.wards.bounds.itertuples(index=False, name=None), strict=True))

    @cached_property
    def borders(self) -> "shapely.Geometry":
        """The lines around all wards; one that two wards share stands there once, and is drawn once."""
        import shapely

        return shapely.line_merge(shapely.union_all(self.wards.boundary.to_numpy()))

    @cached_property
    def shapes(self) -> dict[str, dict]:
        """Code → the ward's geometry, as GeoJSON has it."""
        return {code: shape.__geo_interface__ for code, shape in zip(self.wards["code"], self.wards.geometry, strict=True)}

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all wards, in degrees."""
        west, south, east, north = self.wards.total_bounds.tolist()
        return west, south, east, north

    @cached_property
    def outline(self) -> "shapely.Geometry":
        return self.wards.union_all()

    @cached_property
    def labels(self) -> dict[str, pd.Index]:
        """What the rows can be counted by: column → its labels, in order."""
        categories = {column: self.cells[column].cat.categories.rename(column) for column in ("month", "crime_type", "ward")}
        return {**categories, "point": self.points.index}

    @cached_property
    def places(self) -> dict[str, dict[str, int]]:
        """Column → where each of its labels stands among them."""
        return {column: {label: place for place, label in enumerate(labels)} for column, labels in self.labels.items()}

    @cached_property
    def codes(self) -> dict[str, np.ndarray]:
        """Column → the place of each row's label among the column's; -1 where it has none."""
        codes = {column: self.cells[column].cat.codes.to_numpy("int64") for column in ("month", "crime_type", "ward")}
        return {**codes, "point": self.points.index.get_indexer(self.cells["point"])}

    @cached_property
    def unplaced_rows(self) -> list[tuple[str, str, int]]:
        """Month, crime type and crimes of each row of the unplaced: few, so that a loop is faster than a frame."""
        columns = (self.unplaced[column].tolist() for column in ("month", "crime_type", "crimes"))
        return list(zip(*columns, strict=True))

    @cached_property
    def crimes(self) -> np.ndarray:
        """The crimes of each row."""
        crimes: np.ndarray = self.cells["crimes"].to_numpy()
        return crimes

    @cached_property
    def select(self) -> Callable[[Filters], "Selection"]:
        """What filters leave; kept, so that who asks the same again has it counted."""
        return lru_cache(maxsize=SELECTIONS)(partial(Selection, self))

    @cached_property
    def summed(self) -> np.ndarray:
        """The crimes of the wards, summed by the labels of `SUMMED`."""
        inside = self.codes["ward"] >= 0
        sizes = [len(self.labels[column]) for column in SUMMED]
        cells = np.ravel_multi_index([self.codes[column][inside] for column in SUMMED], sizes)
        return np.bincount(cells, self.crimes[inside], math.prod(sizes)).astype("int64").reshape(sizes)

    def place_of_month(self, month: Month) -> int:
        """Where it stands among the months of the rows, or would."""
        return bisect_left(list(self.places["month"]), str(month))

    @property
    def latest(self) -> Month | None:
        return max(self.stored, default=None)

    @cached_property
    def known(self) -> tuple[Month, Month] | None:
        """The first and the last month of which anything is stored, whole or not."""
        months = self.stored.keys() | self.not_whole
        return (min(months), max(months)) if months else None

    def missing(self, months: list[Month]) -> list[Month]:
        """Those months of a list that lie between the stored ones, but are not stored."""
        if self.known is None:
            return []
        first, last = self.known
        return [month for month in months if first < month < last and month not in self.stored and month not in self.not_whole]

    def partial(self, months: list[Month]) -> list[Month]:
        """Those months of a list that are stored, but not whole."""
        return [month for month in months if month in self.not_whole]

    def unpublished(self, months: list[Month]) -> list[Month]:
        """Those months of a list that are later than every stored one."""
        return [month for month in months if self.known is None or month > self.known[1]]


@dataclass(frozen=True, eq=False)
class Selection:
    """What the filters leave of an area's crimes; each count is a sum over the same rows."""

    area: AreaCrimes
    filters: Filters

    @cached_property
    def total(self) -> int:
        return int(self._summed.sum())

    @cached_property
    def unplaced(self) -> int:
        """Crimes of the whole force without a location, in the chosen months and types."""
        months, types = {*map(str, self.filters.months)}, {*(self.filters.types or self.area.types)}
        return sum(crimes for month, crime_type, crimes in self.area.unplaced_rows if month in months and crime_type in types)

    @cached_property
    def months(self) -> list[Month]:
        """The chosen months that are stored."""
        return [month for month in self.filters.months if month in self.area.stored]

    def near(self, points: pd.Index) -> int:
        """Crimes of the chosen months and types at some map points, also outside the chosen wards."""
        rows = self._rows_in_time
        there = np.zeros(len(self.area.points), bool)
        there[self.area.points.index.get_indexer(points)] = True
        return int(self.area.crimes[rows][there[self.area.codes["point"][rows]]].sum())

    def counts(self, *columns: str) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        """Each group of the chosen rows that has a crime: its place in the labels of each column, and its crimes.

        The columns are of `area.labels`; groups are in the order of the labels.
        """
        if columns not in self._counts:
            self._counts[columns] = self._of_points(columns) if "point" in columns else self._of_labels(columns)
        return self._counts[columns]

    def _of_points(self, columns: tuple[str, ...]) -> Counts:
        rows, sizes = self._rows, [len(self.area.labels[column]) for column in columns]
        keys = np.ravel_multi_index([self.area.codes[column][rows] for column in columns], sizes)
        crimes = np.bincount(keys, weights=self.area.crimes[rows]).astype("int64")
        groups = np.flatnonzero(crimes)
        return np.unravel_index(groups, sizes), crimes[groups]

    def _of_labels(self, columns: tuple[str, ...]) -> Counts:
        """The same without a look at every row."""
        kept = [column for column in SUMMED if column in columns]
        crimes = self._summed.sum(axis=tuple(axis for axis, column in enumerate(SUMMED) if column not in columns))
        crimes = crimes.transpose([kept.index(column) for column in columns])
        groups = np.nonzero(crimes)
        return tuple(self._places[column][group] for column, group in zip(columns, groups, strict=True)), crimes[groups]

    def counted_by(self, column: str) -> dict[str, int]:
        """The crimes of each label of a column that has one."""
        (places,), crimes = self.counts(column)
        labels = list(self.area.places[column])
        return {labels[place]: count for place, count in zip(places.tolist(), crimes.tolist(), strict=True)}

    def by(self, *columns: str) -> pd.Series:
        """The same as a series by the labels of the columns."""
        places, crimes = self.counts(*columns)
        labels = [self.area.labels[column].take(place) for column, place in zip(columns, places, strict=True)]
        index = labels[0] if len(columns) == 1 else pd.MultiIndex.from_arrays(labels, names=columns)
        return pd.Series(crimes, index, name="crimes")

    @cached_property
    def _counts(self) -> dict[tuple[str, ...], Counts]:
        return {}

    @cached_property
    def _summed(self) -> np.ndarray:
        """What the filters leave of the area's sums."""
        chosen: np.ndarray = self.area.summed[np.ix_(*(self._places[column] for column in SUMMED))]
        return chosen

    @cached_property
    def _places(self) -> dict[str, np.ndarray]:
        """Column → where those of its labels stand that the filters leave, in order."""
        filters, among = self.filters, self.area.place_of_month
        return {
            "month": np.arange(among(filters.first), among(filters.last + 1)),
            "ward": self._places_of("ward", filters.wards),
            "crime_type": self._places_of("crime_type", filters.types),
        }

    def _places_of(self, column: str, values: tuple[str, ...]) -> np.ndarray:
        """No value means all."""
        places = self.area.places[column]
        return np.array(sorted(places[value] for value in values or places if value in places), int)

    @cached_property
    def _rows_in_time(self) -> np.ndarray:
        """Which rows of the area are of the chosen months and types, also outside its wards."""
        filters, codes = self.filters, self.area.codes
        months = [self.area.place_of_month(month) for month in (filters.first, filters.last + 1)]
        start, end = codes["month"].searchsorted(months)  # rows are in the order of their months
        if not filters.types:
            return np.arange(start, end)
        rows: np.ndarray = np.flatnonzero(self._is_chosen("crime_type")[codes["crime_type"][start:end]]) + start
        return rows

    @cached_property
    def _rows(self) -> np.ndarray:
        """Those of them that are of the chosen wards."""
        rows: np.ndarray = self._rows_in_time[self._is_chosen("ward")[self.area.codes["ward"][self._rows_in_time]]]
        return rows

    def _is_chosen(self, column: str) -> np.ndarray:
        """Of each label, whether the filters leave it; and at the end False: the place of a missing label is -1."""
        is_chosen = np.zeros(len(self.area.labels[column]) + 1, bool)
        is_chosen[self._places[column]] = True
        return is_chosen


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
        check_points(database, list(stored.values()))
        west, south, east, north = map(float, wards.total_bounds)
        database.execute(NEAR, [west - AROUND, east + AROUND, south - AROUND, north + AROUND])
        placed = _categories(database.sql(PLACED).df())
        unplaced = _categories(database.sql(UNPLACED).df())
        points = database.table("near").to_arrow_table().to_pandas().set_index("point").sort_index()
    placed["ward"] = placed["point"].map(points["ward"]).astype("category")
    types = tuple(sorted({*placed["crime_type"].cat.categories, *unplaced["crime_type"].cat.categories}))
    return AreaCrimes(ward_set, wards, stored, placed[CELL], unplaced, points, types, frozenset(crimes.not_whole(force)))


def _categories(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.astype({"month": "category", "crime_type": "category"})

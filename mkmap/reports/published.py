"""The published reports as the map's filters see them: point, month and type, with the ward they lie in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from mkmap.database.connection import Store
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.points import assign, point_id
from mkmap.places.store import Places, WardSet
from mkmap.reports.report import police_type
from mkmap.reports.store import showing

COLUMNS = ["mark", "kind", "crime_type", "month", "longitude", "latitude", "street", "ward"]


@dataclass(frozen=True, eq=False)
class Published:
    """A row a report: mark, kind, crime_type (police.uk's), month (Month's text), longitude, latitude (WGS 84), street, ward (code)."""

    marks: pd.DataFrame
    version: str

    def select(self, filters: Filters) -> pd.DataFrame:
        """The reports of the chosen months, wards and types; an attempted burglary is a burglary there."""
        here = self._of(filters)
        return here[here["month"].between(str(filters.first), str(filters.last))]

    def newer(self, filters: Filters) -> pd.DataFrame:
        """Those of the chosen wards and types whose month is after the chosen ones."""
        here = self._of(filters)
        return here[here["month"] > str(filters.last)]

    def _of(self, filters: Filters) -> pd.DataFrame:
        return self._of_the_chosen(filters.wards, filters.types)

    @cached_property
    def _of_the_chosen(self) -> Callable[[tuple[str, ...], tuple[str, ...]], pd.DataFrame]:
        """Kept by wards and types: a page and its map ask for the same."""
        return lru_cache(maxsize=64)(self._chosen)

    def _chosen(self, wards: tuple[str, ...], types: tuple[str, ...]) -> pd.DataFrame:
        marks = self.marks
        if wards:
            marks = marks[marks["ward"].isin(wards)]
        return marks[marks["crime_type"].isin(types)] if types else marks


def published(store: Store, places: Places, ward_set: WardSet) -> Published:
    """What is public now, by a ward set; kept until a decision changes it.

    Raises NotKept where the reports' database does not answer.
    """
    return _read(store, showing.version(store), places, ward_set)


@lru_cache(maxsize=8)
def _read(store: Store, version: str, places: Places, ward_set: WardSet) -> Published:
    published = showing.published(store)
    marks = pd.DataFrame(
        {
            "mark": _texts(mark.mark for mark in published),
            "kind": _texts(mark.kind for mark in published),
            "crime_type": _texts(police_type(mark.kind) for mark in published),
            "month": _texts(str(mark.month) for mark in published),
            "longitude": pd.array([mark.place.longitude for mark in published], "float64"),
            "latitude": pd.array([mark.place.latitude for mark in published], "float64"),
            "street": _texts(mark.place.street for mark in published),
        }
    )
    marks["ward"] = assign(point_id(marks["longitude"], marks["latitude"]), places.wards(ward_set))
    return Published(marks.loc[marks["ward"].notna(), COLUMNS], version)


def _texts(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """A column of text, also where there is no row."""
    return pd.array(list(values), dtype="str")


def last_month(marks: pd.DataFrame) -> Month:
    return Month.parse(marks["month"].max())

"""The published reports as the map's filters see them: point, month and type, with the ward they lie in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
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
        return self._rows(filters, lambda months: (str(filters.first) <= months) & (months <= str(filters.last)))

    def newer(self, filters: Filters) -> pd.DataFrame:
        """Those of the chosen wards and types whose month is after the chosen ones."""
        return self._rows(filters, lambda months: months > str(filters.last))

    def _rows(self, filters: Filters, of_months: Callable[[np.ndarray], np.ndarray]) -> pd.DataFrame:
        if self.marks.empty:
            return self.marks
        chosen = of_months(self._texts["month"])
        for column, values in (("ward", filters.wards), ("crime_type", filters.types)):
            if values:
                chosen &= np.isin(self._texts[column], values)
        return self.marks.iloc[np.flatnonzero(chosen)]

    @cached_property
    def _texts(self) -> dict[str, np.ndarray]:
        """Columns as arrays, which are compared many times faster."""
        return {name: self.marks[name].to_numpy(str) for name in ("month", "ward", "crime_type")}


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
